# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, models

PAGE = 50
_CHOICES = {
    "group": ("level", "generation", "leg"),
    "kind": ("distributor", "preferred", "customer"),
    "activity": ("active", "inactive"),
}
#: What nobody is told of people whom they may not know by name.
_UNNAMED = ("code", "position", "city", "own_pv", "own_cv", "branch_pv", "branch_cv")


class MlmPortalReport(models.AbstractModel):
    """The downline of the reader, with the names that the reader may know.

    Who is named says `mlm.distributor._get_known_condition`. All others are rows without
    name, code, position, city and volume, which counts in the totals only.
    """

    _name = "mlm.portal.report"
    _description = "Downline Report in the Portal"

    @api.model
    def _clean(self, params):
        """Return what the reader asks, of the values that make sense.

        :param dict params: text from the address
        """
        asked = {
            name: params.get(name) if params.get(name) in known else ""
            for name, known in _CHOICES.items()
        }
        for name in ("level_from", "level_to"):
            text = params.get(name) or ""
            asked[name] = int(text) if text.isdecimal() and len(text) < 6 else ""
        try:
            asked["on"] = str(date.fromisoformat(params.get("on") or ""))
        except ValueError:
            asked["on"] = ""
        asked["group"] = asked["group"] or "level"
        return asked

    @api.model
    def _ask(self, distributor, asked):
        """Return the `Question` of the reader, on the reader's own network only.

        :param distributor: the reader's own enrolment, as sudo record
        :param dict asked: what `_clean` returned
        """
        env = distributor.env
        tree = env["mlm.tree"]
        if asked["group"] == "leg":
            tree = distributor.position_ids.sorted("id")[:1].tree_id
        wizard = env["mlm.downline.wizard"].new(
            {"company_id": distributor.company_id.id, "at_date": asked["on"] or False}
        )
        return env["mlm.downline.report"]._ask(
            distributor,
            tree,
            asked["group"] if tree or asked["group"] != "leg" else "level",
            {
                "kinds": [asked["kind"]] if asked["kind"] else None,
                "activity": asked["activity"] or None,
                "level_from": asked["level_from"] or None,
                "level_to": asked["level_to"] or None,
            },
            wizard._get_moment(),
        )

    @api.model
    def _get(self, distributor, asked, page=1):
        """Return totals and one page of rows as plain values."""
        question = self._ask(distributor, asked)
        report = distributor.env["mlm.downline.report"]
        totals = report._downline_totals(*question.asked)
        people = totals["all"]["people"]
        page = max(1, min(page, -(-people // PAGE)))
        rows = [
            row
            for chunk in report._downline_report(
                *question.asked, limit=PAGE, offset=PAGE * (page - 1)
            )
            for row in chunk
        ]
        self._hide(distributor, question, rows)
        largest = max([line["people"] for line in totals["groups"]] or [1])
        for line in totals["groups"]:
            line["label"] = report._get_group_label(question, line["group"])
            line["percent"] = max(1, 100 * line["people"] // largest)
        for row in rows:
            row["group_label"] = report._get_group_label(question, row[question.group_by])
        return {
            "people": people,
            "group_name": dict(report._get_group_names())[question.group_by],
            "notes": report._get_notes(question),
            "columns": [
                column
                for column in report._get_columns(question)
                if column["name"] not in ("code", "name", question.group_by, "position")
            ],
            "total_columns": report._get_total_columns(question),
            "totals": totals,
            "rows": rows,
            "placed": bool(distributor.position_ids),
        }

    @api.model
    def _hide(self, distributor, question, rows):
        """Take from the rows, in place, what the reader may not know.

        Who was below on an earlier day and is not today stays unnamed: consent is given to
        those who are above.
        """
        hidden = {
            "customer": self.env._("a customer"),
            "preferred": self.env._("somebody else"),
            "distributor": self.env._("somebody else"),
        }
        people = {row[key] for row in rows for key in ("distributor_id", "sponsor_id")}
        if question.at:
            people = distributor._get_still_below(people, question.tree)
        known = distributor._get_known_ids(people)
        for row in rows:
            row["named"] = row["distributor_id"] in known
            if not row["named"]:
                row.update({name: None for name in _UNNAMED if name in row})
                row["name"] = hidden[row["kind"]]
            if row["sponsor_id"] == distributor.id:
                row["sponsor"] = self.env._("You")
            elif row["sponsor_id"] not in known:
                row["sponsor"] = self.env._("somebody else")
        return rows

    @api.model
    def _write_xlsx(self, distributor, asked):
        """Return name and open file of the workbook."""
        question = self._ask(distributor, asked)
        report = distributor.env["mlm.downline.report"]
        file = report._write_xlsx(question, lambda rows: self._hide(distributor, question, rows))
        return report._get_file_name(question, "xlsx"), file

    @api.model
    def _get_pdf(self, distributor, asked):
        """Return name and bytes of the document."""
        question = self._ask(distributor, asked)
        report = distributor.env["mlm.downline.report"]
        content = report._get_pdf(question, lambda rows: self._hide(distributor, question, rows))
        return report._get_file_name(question, "pdf"), content
