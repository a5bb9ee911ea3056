from odoo import models

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.formats import Formats

from ..models.position.mlm_position import LEG_SLOTS


class MlmDownlineReport(models.AbstractModel):
    """Title, columns and groups of the report, in the words of the reader."""

    _inherit = "mlm.downline.report"

    def _get_title(self, question):
        return self.env._("Downline of %s", question.root.display_name)

    def _get_subtitle(self, question):
        """Return lines that say what was asked."""
        day = Formats(self.env).day(self._get_day(question))
        tree = question.tree.display_name or self.env._("Sponsor tree")
        moment = self.env._("as of %s", day)
        return [f"{tree} · {moment}"]

    def _get_notes(self, question):
        """Return sentences that say what the figures are."""
        if question.at is None:
            return []
        return [
            self.env._(
                "Links, states and kinds are those of the date; names and cities those of today."
            )
        ]

    def _get_file_name(self, question, kind):
        """Return the name of the file: "downline-000017-2026-11-21.xlsx"."""
        start = self.env._("downline")
        return f"{start}-{question.root.code}-{self._get_day(question)}.{kind}"

    def _get_columns(self, question):
        """Return the columns of the rows, in the order in which people read them.

        :return: list of `documents.column`
        """
        position = [column("position", self.env._("Position"), "text", 14)]
        member = self.env["mlm.distributor"]._fields
        state = dict(member["state"]._description_selection(self.env))
        kind = dict(member["kind"]._description_selection(self.env))
        return [
            column("level", self.env._("Level"), "number", 7),
            *(
                [column("generation", self.env._("Generation"), "number", 11)]
                if question.group_by == "generation"
                else []
            ),
            *([self._get_leg_column(question)] if question.tree else []),
            column("code", self.env._("Code"), "text", 12),
            *(position if question.tree else []),
            column("name", self.env._("Name"), "text", 32),
            column("sponsor", self.env._("Sponsor"), "text", 32),
            column("kind", self.env._("Kind"), "choice", 18, kind),
            column("state", self.env._("State"), "choice", 12, state),
            column("joined", self.env._("Joined on"), "date", 12),
            column("city", self.env._("City"), "text", 18),
        ]

    def _get_leg_column(self, question):
        legs = self._get_legs(question)
        return column("leg", self.env._("Leg"), "choice" if legs else "number", 10, legs)

    def _get_total_columns(self, question):
        """Return the columns of the totals, like `_get_columns`."""
        return [
            column("people", self.env._("People"), "number", 10),
            column("joined_new", self.env._("Joined in 30 days"), "number", 18),
            column("suspended", self.env._("Suspended"), "number", 12),
        ]

    def _get_labelled_totals(self, question, totals):
        """Return the lines of `_downline_totals`, each with its ``label``, the sum last."""
        lines = [
            {**line, "label": self._get_group_label(question, line["group"])}
            for line in totals["groups"]
        ]
        return [*lines, {**totals["all"], "label": self.env._("Total")}]

    def _get_group_names(self):
        """Return the groupings with their names in the user's language."""
        return [
            ("level", self.env._("Level")),
            ("generation", self.env._("Generation")),
            ("leg", self.env._("Leg")),
        ]

    def _get_group_label(self, question, group):
        """Return the words for one group: "Level 3", "Left leg"."""
        if question.group_by == "leg":
            return self._get_legs(question).get(group) or self.env._("Leg %s", group)
        if question.group_by == "generation":
            return self.env._("Generation %s", group)
        return self.env._("Level %s", group)

    def _get_legs(self, question):
        """Return the words of the legs of a binary tree by their number."""
        if question.tree.kind != "binary":
            return {}
        legs = dict(self.env["mlm.position"]._fields["leg"]._description_selection(self.env))
        return {slot: legs[leg] for leg, slot in LEG_SLOTS.items()}
