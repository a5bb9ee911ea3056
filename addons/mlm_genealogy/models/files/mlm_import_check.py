from odoo import models
from odoo.exceptions import UserError

from ...importing import columns
from ...importing.lines import Lines
from ...importing.relations import Relations

#: lines between two looks at the progress
_CHUNK = 5000


class MlmImport(models.Model):
    """The dry run: every bad line, with its remedy; nothing of the network is written."""

    _inherit = "mlm.import"

    def _check_file(self):
        self._keep_result(*self._examine())

    def _keep_result(self, rows, problems):
        placed = sum(row["placement"] is not None for row in rows)
        self._store_result(len(rows), problems, placed_count=placed)

    def _examine(self):
        """Read the file and look for everything that stands against importing it.

        :return: ``(rows, problems)``: what `_enrol` needs of each line, and
            ``{"line", "column", "value", "message", "severity"}`` of each problem
        :raise UserError: the file is no file of distributors
        """
        self.ensure_one()
        report = self.env["mlm.import.progress"]._report
        report(self, "reading", 0)
        try:
            found = self._read_table(self._get_content(), columns.TABLE)
        except UserError as error:
            raise UserError(
                self.env._("%(file)s: %(problem)s", file=self.name, problem=error.args[0])
            ) from None
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
