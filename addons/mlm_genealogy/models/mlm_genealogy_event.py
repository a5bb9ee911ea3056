from odoo import api, fields, models

KINDS = [
    ("enrolled", "Enrolled"),
    ("kind_changed", "Kind Changed"),
    ("duplicate_accepted", "Duplicate Accepted"),
    ("contract_accepted", "Contract Accepted"),
    ("sponsor_changed", "Sponsor Changed"),
    ("sponsor_corrected", "Sponsor Corrected"),
    ("relinked", "Linked Again"),
    ("placed", "Placed"),
    ("moved", "Moved"),
    ("position_closed", "Position Closed"),
    ("position_removed", "Position Removed"),
    ("position_reopened", "Position Reopened"),
    ("suspended", "Suspended"),
    ("reinstated", "Reinstated"),
    ("deceased", "Deceased"),
    ("terminated", "Terminated"),
    ("readmitted", "Readmitted"),
    ("transferred", "Transferred"),
    ("co_holder_added", "Co-holder Added"),
    ("co_holder_ended", "Co-holder Ended"),
    ("merged", "Merged"),
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
    cause_id = fields.Many2one(
        "mlm.genealogy.event",
        string="Brought About by",
        index="btree_not_null",
        ondelete="restrict",
    )
    attachment_id = fields.Many2one("ir.attachment", string="Document", ondelete="restrict")
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
