# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.codes import Measure

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_genealogy.scope import Scope

ACTIVITIES = [("active", "Active"), ("inactive", "Inactive")]
_CARRY = {int(Measure.CARRY_LEFT): "left", int(Measure.CARRY_RIGHT): "right"}
#: posted runs among which the last one of each kind of period is looked for
_RECENT = 20


class MlmDistributor(models.Model):
    """Rank, activity and legs of a person as of the last posted cycle, and since."""

    _inherit = "mlm.distributor"

    mlm_rank = fields.Char(
        compute="_compute_now",
        string="Rank",
        help="Paid-as rank in the last posted period that decides ranks.",
    )
    mlm_title = fields.Char(
        compute="_compute_now",
        string="Title",
        help="Career title: the highest rank reached, as the plan keeps it.",
    )
    mlm_activity = fields.Selection(
        ACTIVITIES,
        string="Activity",
        compute="_compute_now",
        search="_search_mlm_activity",
        help="Whether the person qualified in the last posted period that decides ranks.",
    )
    mlm_legs = fields.Char(
        compute="_compute_mlm_legs",
        string="Legs (CV)",
        help="What each leg carried over from the last posted cycle, and what was sold in it"
        " since: in the binary trees of the plan.",
    )

    def _get_now(self):
        found = super()._get_now()
        for network, members in self.grouped("network_id").items():
            # sudo: rank and activity of people whom the user may see
            run = self.env["mlm.run"].sudo()._last_deciding_ranks(network)
            names = {rank.sequence: rank.name for rank in run.version_id.rank_ids}
            codes = (Measure.RANK, Measure.TITLE, Measure.ACTIVE)
            values = run._values_of(members.ids, codes) if run else {}
            for member in members if run else ():
                rank, title, active = (values.get((member.id, code), 0) for code in codes)
                found[member.id].update(mlm_rank=names.get(rank), mlm_title=names.get(title))
                if member.kind != "customer" and member.state != "terminated":
                    found[member.id]["mlm_activity"] = "active" if active else "inactive"
        return found

    @api.model
    def _search_mlm_activity(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = [Domain.FALSE]
        may_be = [("kind", "!=", "customer"), ("state", "!=", "terminated")]
        for network in self.env["mlm.network"].search([]):
            # sudo: as for the value
            run = self.env["mlm.run"].sudo()._last_deciding_ranks(network)
            for wanted in {"active", "inactive"}.intersection(value) if run else ():
                domains.append(
                    Domain("network_id", "=", network.id)
                    & Domain(may_be)
                    & Domain("id", "in" if wanted == "active" else "not in", run._get_active())
                )
        if False in value:
            domains.append(~self._search_mlm_activity("in", ["active", "inactive"]))
        return Domain.OR(domains)

    # -- legs ----------------------------------------------------------------

    @api.depends_context("lang")
    def _compute_mlm_legs(self):
        members = self._origin
        positions = members.position_ids.filtered(lambda one: one.tree_id.kind == "binary")
        carried = members._get_carried(positions)
        sold = members._get_leg_sales(positions)
        number = Formats(self.env).number
        for record in self:
            own = record._origin.position_ids & positions
            texts = [
                self.env._(
                    "left %(left)s · right %(right)s",
                    **{
                        side: number(
                            from_e4(carried.get((one.id, side), 0) + sold.get((one.id, side), 0))
                        )
                        for side in ("left", "right")
                    },
                )
                for one in own
            ]
            if len(own) > 1:
                texts = [f"{one.code}: {text}" for one, text in zip(own, texts, strict=True)]
            record.mlm_legs = " / ".join(texts)

    def _get_carried(self, positions):
        """Return ``{(position id, left or right): e4}`` carried over by the last posted runs."""
        found = {}
        for network in positions.tree_id.network_id:
            # sudo: points of people whom the user may see
            runs = self.env["mlm.run"].sudo()
            recent = runs.search(
                [("network_id", "=", network.id), ("state", "=", "posted")],
                order="number desc",
                limit=_RECENT,
            )
            kinds = {}
            for run in recent:
                kinds.setdefault(run.period_id.kind, run)
            for run in kinds.values():
                for position, measure, value in run._get_position_values(positions, _CARRY):
                    # of several bonuses on one tree the first one speaks
                    found.setdefault((position, _CARRY[measure]), value)
        return found

    def _get_leg_sales(self, positions):
        """Return ``{(position id, left or right): e4}`` of CV sold in the present cycle."""
        found = {}
        children = self.env["mlm.position"].search(
            [("parent_id", "in", positions.ids), ("leg", "!=", False)]
        )
        reader = self.env["mlm.tree.read"]
        for tree, own in children.grouped("tree_id").items():
            cards = {child.id: {} for child in own}
            reader._add_branches(Scope(tree.network_id, tree), cards)
            for child in own:
                volume = cards[child.id]["branch"].get("cv_e4")
                found[child.parent_id.id, child.leg] = volume or 0
        return found
