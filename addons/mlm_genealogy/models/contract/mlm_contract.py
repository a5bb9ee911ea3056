import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from odoo.addons.mlm_base.internal import as_internal

CONTRACT_KINDS = [
    ("distributor", "Distributor Contract"),
    ("privacy", "Data Protection Policy"),
]
# what a published text consists of: somebody may have accepted it
FIXED = {"company_id", "kind", "number", "name", "body"}


class MlmContract(models.Model):
    """One version of a text that people accept when they join.

    A published text never changes: the next version replaces it.
    """

    _name = "mlm.contract"
    _description = "Contract Text"
    _inherit = "mlm.guarded"
    _order = "kind, id desc"
    _free = ("company_id", "kind", "number", "name", "body")

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(CONTRACT_KINDS, required=True, default="distributor")
    number = fields.Char(
        string="Version", required=True, copy=False, help="The way it is quoted, such as 2026-1."
    )
    name = fields.Char(string="Title", required=True, translate=True)
    body = fields.Html(string="Text", translate=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    published_at = fields.Datetime(string="Published on", readonly=True, copy=False)
    retired_at = fields.Datetime(string="Retired on", readonly=True, copy=False)
    acceptance_count = fields.Integer(
        compute="_compute_acceptance_count", groups="mlm_base.group_support,mlm_base.group_auditor"
    )

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, kind, number)", "This version already exists."
    )
    _one_published = models.UniqueIndex(
        "(company_id, kind) WHERE state = 'published'",
        "Another version of this text has been published.",
    )

    @api.depends("name", "number")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = f"{contract.name or ''} {contract.number or ''}".strip()

    def _compute_acceptance_count(self):
        counts = dict(
            self.env["mlm.contract.acceptance"]._read_group(
                [("contract_id", "in", self.ids)], ["contract_id"], ["__count"]
            )
        )
        for contract in self:
            contract.acceptance_count = counts.get(contract, 0)

    def _get_guarded_message(self, names):
        return self.env._("Use Publish or Retire: the moment is recorded with it.")

    def _ensure_may_change(self, names):
        if FIXED & names:
            self._ensure_draft()
        return super()._ensure_may_change(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._ensure_draft()

    def _ensure_draft(self):
        for contract in self:
            if contract.state != "draft":
                raise UserError(
                    self.env._(
                        "%s was published, and people may have accepted it. Duplicate it,"
                        " change the copy and publish that one.",
                        contract.display_name,
                    )
                )

    def action_publish(self):
        """Publish this text, and retire the version that it replaces."""
        self.ensure_one()
        self.check_access("write")
        self._ensure_draft()
        if is_html_empty(self.body):
            raise UserError(self.env._("%s has no text yet.", self.display_name))
        # sudo: the state moves only here, after the right on the text was checked
        present = self.sudo()._get_published(self.company_id, kinds=[self.kind])
        present.action_retire()
        # one published text at a time, in the database too
        present.flush_recordset(["state"])
        # sudo: as above, the right to write was checked
        as_internal(self.sudo()).write(
            {"state": "published", "published_at": fields.Datetime.now()}
        )

    def action_retire(self):
        """Nobody is asked for this text any more; what was accepted stays."""
        self.check_access("write")
        # sudo: the state moves only here and above
        published = self.filtered(lambda contract: contract.state == "published")
        as_internal(published.sudo()).write(
            {"state": "retired", "retired_at": fields.Datetime.now()}
        )

    def action_view_acceptances(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.contract.acceptance",
            "view_mode": "list,form",
            "domain": [("contract_id", "=", self.id)],
        }

    def copy_data(self, default=None):
        return [
            {**vals, "number": self.env._("%s (copy)", contract.number)}
            if "number" not in (default or {})
            else vals
            for contract, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.model
    def _get_published(self, company, kinds=None):
        """Return the texts that are in force in a company.

        :param kinds: kinds of text, by default all
        """
        domain = [("company_id", "=", company.id), ("state", "=", "published")]
        if kinds:
            domain.append(("kind", "in", kinds))
        return self.search(domain, order="kind, id")

    @api.model
    def _get_for_member(self, company, kind):
        """Return the published texts that somebody of a kind accepts.

        :param str kind: ``distributor``, ``preferred`` or ``customer``: a customer
            signs no distributor contract
        """
        kinds = ["privacy"] if kind == "customer" else ["distributor", "privacy"]
        return self._get_published(company, kinds)

    def _get_text_digest(self):
        """Return the sha256, in hexadecimal, of the text in the language of the context."""
        self.ensure_one()
        text = "\n".join([self.number, self.name, self.body or ""])
        return hashlib.sha256(text.encode()).hexdigest()
