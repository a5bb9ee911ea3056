# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


def _keep(events):
    """History stays as it is, also without the add-on that wrote it."""


class MlmGenealogyEvent(models.Model):
    _inherit = "mlm.genealogy.event"

    kind = fields.Selection(
        selection_add=[
            ("rank_overridden", "Rank Given"),
            ("rank_override_ended", "Rank No Longer Given"),
        ],
        ondelete={"rank_overridden": _keep, "rank_override_ended": _keep},
    )

    def _tell_rank_overridden(self, before, after):
        if "rank" not in after:
            return ""
        # sudo: name of a rank of the network, of an event that is read
        rank = (
            self.env["mlm.plan.rank"]
            .sudo()
            .search(
                [
                    ("code", "=", after["rank"]),
                    ("version_id.network_id", "=", self.network_id.id),
                ],
                order="id desc",
                limit=1,
            )
        )
        name = rank.name or after["rank"]
        if after["mode"] == "exact":
            name = self.env._("exactly %s", name)
        else:
            name = self.env._("at least %s", name)
        if after["to"]:
            return self.env._(
                "%(rank)s, from %(start)s to %(end)s",
                rank=name,
                start=after["from"],
                end=after["to"],
            )
        return self.env._("%(rank)s, from %(start)s on", rank=name, start=after["from"])

    def _tell_rank_override_ended(self, before, after):
        return self._tell_rank_overridden(before, after)
