from odoo import api, fields, models

KINDS = [
    ("enrolled", "Enrolled"),
    ("placed", "Placed"),
    ("suspended", "Suspended"),
    ("reinstated", "Reinstated"),
    ("terminated", "Terminated"),
    ("sponsor_changed", "Sponsor Changed"),
]


class MlmGenealogyEvent(models.Model):
    """What happened to whom in the network: effective on a date, recorded on another.

    ``before`` and ``after`` hold ids, codes and choices, never personal text.
    """

    _name = "mlm.genealogy.event"
    _description = "Genealogy Event"
    _inherit = ["mlm.append.only"]
    _order = "effective_at desc, id desc"
    _rec_name = "kind"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    position_id = fields.Many2one("mlm.position", index="btree_not_null", ondelete="restrict")
    kind = fields.Selection(KINDS, string="Event", required=True, index=True)
    effective_at = fields.Datetime(string="Effective on", required=True)
    reason = fields.Text()
    before = fields.Json()
    after = fields.Json()
    summary = fields.Char(compute="_compute_summary")

    @api.depends("kind", "before", "after")
    @api.depends_context("lang")
    def _compute_summary(self):
        for event in self:
            event.summary = event._get_summary()

    def _get_summary(self):
        """Return what the event changed, in words."""
        self.ensure_one()
        before, after = self.before or {}, self.after or {}
        if self.kind == "enrolled":
            if after.get("sponsor"):
                return self.env._("sponsored by %s", after["sponsor"])
            return self.env._("as a root")
        if self.kind == "sponsor_changed":
            return self.env._(
                "from %(old)s to %(new)s",
                old=before.get("sponsor") or "–",
                new=after.get("sponsor") or "–",
            )
        if self.kind == "placed":
            if not after.get("parent"):
                return self.env._("at the head of the tree %s", after.get("tree", ""))
            legs = dict(self.env["mlm.position"]._fields["leg"]._description_selection(self.env))
            return self.env._(
                "%(position)s: %(leg)s below %(parent)s",
                position=after.get("position"),
                leg=legs.get(after.get("leg"), ""),
                parent=after["parent"],
            )
        return ""
