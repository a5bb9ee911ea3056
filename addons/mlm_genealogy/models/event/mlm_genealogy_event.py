from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

KINDS = [
    ("enrolled", "Enrolment"),
    ("kind_changed", "Kind Changed"),
    ("duplicate_accepted", "Not a Duplicate"),
    ("contract_accepted", "Contract Accepted"),
    ("sponsor_changed", "Sponsor Changed"),
    ("sponsor_corrected", "Sponsor Corrected"),
    ("relinked", "Relinked"),
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
    _inherit = ["mlm.append.only", "mlm.of.network"]
    _order = "effective_at desc, id desc"
    _rec_name = "kind"
    _log_access = False
    _same_network = ("distributor_id", "position_id", "cause_id")

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    position_id = fields.Many2one("mlm.position", index="btree_not_null", ondelete="restrict")
    kind = fields.Selection(KINDS, string="Event", required=True, index=True)
    effective_at = fields.Datetime(string="Effective on", required=True)
    cause_id = fields.Many2one(
        "mlm.genealogy.event",
        string="Caused by",
        index="btree_not_null",
        ondelete="restrict",
    )
    attachment_id = fields.Many2one("ir.attachment", string="Document", ondelete="restrict")
    reason = fields.Text(compute="_compute_reason", search="_search_reason")
    reason_hash = fields.Char(
        string="Fingerprint of the Reason",
        readonly=True,
        help="Salted SHA-256 of the reason. It proves the text as long as it is kept,"
        " and says nothing once the text is erased.",
    )
    before = fields.Json()
    after = fields.Json()
    summary = fields.Char(compute="_compute_summary")

    @api.depends("reason_hash")
    def _compute_reason(self):
        # sudo: whoever reads the event reads its text, which has no access of its own
        texts = self.env["mlm.event.text"].sudo().search([("event_id", "in", self.ids)])
        text_of = {text.event_id.id: text.text for text in texts}
        for event in self:
            event.reason = text_of.get(event.id) or (
                self.env._("(erased)") if event.reason_hash else False
            )

    def _search_reason(self, operator, value):
        if operator == "in" and False in value:
            found = fields.Domain("reason_hash", "=", False)
            rest = [text for text in value if text]
            return found | fields.Domain("reason", "in", rest) if rest else found
        if operator not in ("in", "like", "ilike", "=like", "=ilike"):
            return NotImplemented
        # sudo: see `_compute_reason`; the search of events keeps its own rules
        texts = self.env["mlm.event.text"].sudo()._search([("text", operator, value)])
        return [("id", "in", texts.subselect("event_id"))]

    @api.model_create_multi
    def create(self, vals_list):
        Text = self.env["mlm.event.text"]
        rows, texts = [], []
        for vals in vals_list:
            row = {**vals, "reason_hash": False}
            text = row.pop("reason", False)
            salt = False
            if text:
                salt, row["reason_hash"] = Text._seal_text(text)
            rows.append(row)
            texts.append((salt, text))
        events = super().create(rows)
        self.env["mlm.proof"]._keep(events.attachment_id)
        # sudo: whoever may record the event gives its reason
        as_internal(Text.sudo()).create(
            [
                {"event_id": event.id, "salt": salt, "text": text}
                for event, (salt, text) in zip(events, texts, strict=True)
                if text
            ]
        )
        events.invalidate_recordset(["reason"], flush=False)
        return events

    def _erase_reason(self, ground, reference=False):
        """Erase the personal text of these events and log that it was done.

        The caller has checked the right to do so.

        :param str ground: choice of `mlm.event.erasure`
        :param str reference: number of the request or order
        :raise UserError: none of the events has a text
        :return: the log entries
        """
        # sudo: the text and the log of its erasure are written by this method only
        texts = self.env["mlm.event.text"].sudo().search([("event_id", "in", self.ids)])
        if not texts:
            raise UserError(self.env._("None of these events has a reason to erase."))
        events = texts.event_id
        texts.unlink()
        events.invalidate_recordset(["reason"], flush=False)
        return as_internal(self.env["mlm.event.erasure"].sudo()).create(
            [
                {
                    "event_id": event.id,
                    "company_id": event.company_id.id,
                    "distributor_id": event.distributor_id.id,
                    "ground": ground,
                    "reference": reference,
                }
                for event in events
            ]
        )

    @api.depends("kind", "before", "after")
    @api.depends_context("lang")
    def _compute_summary(self):
        for event in self:
            event.summary = event._get_summary()
