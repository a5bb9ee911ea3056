from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import document
from ..models.distributor.mlm_distributor import KINDS

_PERSON_FIELDS = (
    "name",
    "vat",
    "email",
    "phone",
    "street",
    "city",
    "state_id",
    "country_id",
)


class MlmEnrolWizard(models.TransientModel):
    """Enrolment by staff: the person, the sponsor, the spot, and who is above."""

    _name = "mlm.enrol.wizard"
    _description = "Enrolment"
    _inherit = ["mlm.spot.mixin", "mlm.acceptance.mixin"]

    kind = fields.Selection(KINDS, required=True, default="distributor")
    partner_id = fields.Many2one(
        "res.partner",
        string="Existing Contact",
        domain="[('is_company', '=', False), ('type', '=', 'contact')]",
        help="Leave it empty to create a new contact.",
    )
    document_type = fields.Selection(
        document.SELECTION, compute="_compute_document_type", store=True, readonly=False
    )
    document_types = fields.Json(compute="_compute_document_types")
    vat = fields.Char(
        string="Document Number", compute="_compute_person", store=True, readonly=False
    )
    name = fields.Char(compute="_compute_person", store=True, readonly=False)
    email = fields.Char(compute="_compute_person", store=True, readonly=False)
    phone = fields.Char(compute="_compute_person", store=True, readonly=False)
    acc_number = fields.Char(
        string="Bank Account", help="Number of the account for the commissions; may follow later."
    )
    street = fields.Char(compute="_compute_person", store=True, readonly=False)
    city = fields.Char(compute="_compute_person", store=True, readonly=False)
    state_id = fields.Many2one(
        "res.country.state",
        string="Department",
        domain="[('country_id', '=', country_id)]",
        compute="_compute_person",
        store=True,
        readonly=False,
    )
    country_id = fields.Many2one(
        "res.country", compute="_compute_person", store=True, readonly=False
    )
    sponsor_id = fields.Many2one(
        "mlm.distributor",
        domain="[('network_id.company_ids', '=', company_id), ('kind', '!=', 'customer'),"
        " ('state', '!=', 'terminated')]",
    )
    has_root = fields.Boolean(compute="_compute_has_root")

    @api.depends("partner_id")
    def _compute_person(self):
        for wizard in self:
            partner = wizard.partner_id
            if partner:
                for name in _PERSON_FIELDS:
                    wizard[name] = partner[name]
            elif not wizard.country_id:
                wizard.country_id = wizard.company_id.country_id

    @api.depends("partner_id", "company_id")
    def _compute_document_type(self):
        for wizard in self:
            wizard.document_type = self.env["mlm.distributor"]._get_document_type(
                {}, wizard.partner_id, wizard.company_id
            )

    @api.depends("company_id")
    def _compute_document_types(self):
        """The types that are offered: those of the portal's form in the company's country."""
        for wizard in self:
            wizard.document_types = document.form_types(wizard.company_id.country_id.code)

    @api.onchange("document_type", "vat")
    def _onchange_document(self):
        """Show the number as it will be stored, or say at once what does not fit."""
        if not self.vat or not self.document_type:
            return None
        try:
            self.vat = document.normalise(self.document_type, self.vat)
        except document.DocumentError as error:
            return {"warning": {"title": self.env._("Document"), "message": error.text(self.env)}}
        return None

    @api.depends("company_id", "kind")
    def _compute_contract_ids(self):
        Contract = self.env["mlm.contract"]
        for wizard in self:
            wizard.contract_ids = Contract._get_for_member(wizard.company_id, wizard.kind)

    @api.depends("company_id")
    def _compute_has_root(self):
        for wizard in self:
            wizard.has_root = bool(
                self.env["mlm.distributor"].search_count(
                    [("network_id", "=", wizard.company_id.mlm_network_id.id)], limit=1
                )
            )

    @api.depends("kind", "sponsor_id")
    def _compute_spot_preview(self):
        return super()._compute_spot_preview()

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind == "customer":
            self.strategy = "holding"

    def _get_spot_dependencies(self):
        return [*super()._get_spot_dependencies(), "kind", "sponsor_id"]

    def _get_sponsor_dependencies(self):
        return ["sponsor_id", "kind"]

    def _get_sponsor(self):
        return self.sponsor_id._origin

    def _get_spot_lines(self):
        if self.kind == "customer":
            text = self.env._("A customer cannot hold a position.")
            return [Markup("<div>%s</div>") % text]
        if not self.sponsor_id and self.has_root and self.strategy != "spot":
            return []
        return super()._get_spot_lines()

    def action_enrol(self):
        """Enrol and open the new distributor."""
        self.ensure_one()
        self._ensure_enrollable()
        distributor = self.env["mlm.distributor"]._enrol([self._prepare_enrolment()])
        self._after_enrolment(distributor)
        return {
            "type": "ir.actions.act_window",
            "res_model": "mlm.distributor",
            "res_id": distributor.id,
            "view_mode": "form",
        }

    def _after_enrolment(self, distributor):
        """What follows once the person is enrolled, as part of the same step."""

    def _ensure_enrollable(self):
        if not self.partner_id and not (self.name or "").strip():
            raise UserError(self.env._("Enter the name of the person."))
        if not self.sponsor_id and self.has_root:
            raise UserError(self.env._("Choose the sponsor."))
        if self.vat:
            self.vat = self.env["mlm.distributor"]._normalise_document(self.document_type, self.vat)
        self._ensure_duplicates_explained()
        self._ensure_accepted()

    def _prepare_enrolment(self):
        vals = {
            name: self[name].id if name.endswith("_id") else self[name]
            for name in _PERSON_FIELDS
            if self[name] and self[name] != self.partner_id[name]
        }
        vals.update(
            company_id=self.company_id.id,
            kind=self.kind,
            sponsor_id=self.sponsor_id.id,
        )
        if self.partner_id:
            vals["partner_id"] = self.partner_id.id
        if self.vat:
            # the type belongs to the number, also where only one of them was changed
            vals.update(vat=self.vat, document_type=self.document_type)
        if self.acc_number:
            vals["bank_ids"] = [fields.Command.create({"acc_number": self.acc_number})]
        matches = self._get_duplicates()
        if matches:
            vals.update(accepted_duplicates=True, reason=self.duplicate_reason)
        vals["acceptance"] = self._prepare_acceptance()
        placement = self._prepare_placement()
        if placement:
            vals["placement"] = placement
        return vals

    def _prepare_placement(self):
        if self.kind == "customer" or self.strategy == "holding":
            return None
        if not self.tree_id:
            raise UserError(self.env._("Choose a placement tree, or the holding tank."))
        return self._prepare_spot()
