from odoo import models
from odoo.exceptions import UserError

from ..importing import columns, reader
from ..importing.lines import Lines
from ..importing.relations import Relations

#: lines between two looks at the progress
_CHUNK = 5000


class MlmImport(models.Model):
    """The dry run: every bad line, with its remedy; nothing of the network is written."""

    _inherit = "mlm.import"

    def _check_file(self):
        self._store_result(*self._examine())

    def _store_result(self, rows, problems):
        """Keep what was found, and say whether the file may be imported."""
        # sudo: the result is written by the work only
        record = self.sudo()
        record.problem_ids.unlink()
        self.env["mlm.import.problem"].sudo().create(
            [{**problem, "import_id": self.id} for problem in problems]
        )
        lines = {
            severity: {one["line"] for one in problems if one["severity"] == severity}
            for severity in ("error", "warning")
        }
        record.write(
            {
                "state": "bad" if lines["error"] else "good",
                "row_count": len(rows),
                "bad_count": len(lines["error"]),
                "warning_count": len(lines["warning"] - lines["error"]),
                "placed_count": sum(row["placement"] is not None for row in rows),
            }
        )

    def _examine(self):
        """Read the file and look for everything that stands against importing it.

        :return: ``(rows, problems)``: what `_enrol` needs of each line, and
            ``{"line", "column", "value", "message", "severity"}`` of each problem
        :raise UserError: the file is no file of distributors
        """
        self.ensure_one()
        report = self.env["mlm.import.progress"]._report
        report(self, "reading", 0)
        found = self._read_lines()
        lines = Lines(self)
        rows = []
        for index, (number, cells) in enumerate(found):
            if index % _CHUNK == 0:
                report(self, "checking", 0.5 * index / len(found))
            rows.append(lines.examine(number, cells))
        found.clear()
        report(self, "checking", 0.5)
        relations = Relations(self, rows, lines.add)
        relations.examine()
        problems = sorted(lines.problems, key=lambda one: one["line"])
        return rows, problems

    def _read_lines(self):
        try:
            found = list(reader.read(self._get_content()))
        except reader.FileProblem as problem:
            raise UserError(self._get_file_message(problem)) from None
        if not found:
            raise UserError(self.env._("The file has headings and no line below them."))
        return found

    def _get_file_message(self, problem):
        if problem.code == "headings":
            names = ", ".join(columns.heading(key, self.env.lang) for key in problem.detail)
            return self.env._(
                "The first line must hold the headings of the columns. These are missing:"
                " %s. Download the template to see them all.",
                names,
            )
        if problem.code == "empty":
            return self.env._("The file is empty.")
        return self.env._(
            "This file can be read neither as CSV nor as XLSX. Save it as one of them in"
            " your spreadsheet program, and upload it again."
        )

    def _get_document_vals(self, kind):
        """Return the fields of a contact that say what its document is.

        :param str kind: key of `columns.DOCUMENT_TYPES`, or False when the file does not say
        """
        return {}
