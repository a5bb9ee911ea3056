# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: What the withholding reads; kept as it is once it is confirmed.
CONTENT = {
    "date_from",
    "person",
    "resident",
    "declarant",
    "vat_responsible",
    "simple",
    "self_withholder",
    "invoicer",
    "art383",
    "art383_exempt",
    "art383_deductions",
    "contract_over_limit",
    "activity_id",
    "municipality_id",
}
STATES = [("draft", "To Confirm"), ("confirmed", "Confirmed")]


class MlmCoProfile(models.Model):
    """What a payee is to the tax office for one company, from a day on.

    Withholding reads confirmed profiles only, the one of the accounting date. What is
    confirmed is changed by a new version: its confirmation ends the one before on the
    eve, so that what was posted keeps the profile it was computed with.
    """

    _name = "mlm.co.profile"
    _description = "Tax Profile"
    _inherit = ["mlm.guarded", "mail.thread"]
    _order = "partner_id, date_from desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _given = ("company_id", "partner_id")
    _free = (*CONTENT, "date_to", "note")

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('mlm_distributor_ids.company_id', '=', company_id)]",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="Valid from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="First accounting date for which it counts.",
    )
    date_to = fields.Date(
        string="Valid until", copy=False, tracking=True, help="Empty: until further notice."
    )
    person = fields.Selection(
        [("natural", "Natural person"), ("legal", "Legal person")],
        string="Kind of Person",
        required=True,
        default="natural",
        tracking=True,
    )
    resident = fields.Boolean(
        string="Resident in Colombia",
        default=True,
        tracking=True,
        help="For taxes: 183 days in the country within 365 days.",
    )
    declarant = fields.Boolean(
        string="Files an Income Tax Return", tracking=True, help="RUT: responsibility 05."
    )
    vat_responsible = fields.Boolean(
        string="Responsible for VAT",
        tracking=True,
        help="RUT: responsibility 48. Whoever is not has responsibility 49.",
    )
    simple = fields.Boolean(
        string="SIMPLE Regime",
        tracking=True,
        help="RUT: responsibility 47. No income tax and no ICA is withheld (art. 911 ET).",
    )
    self_withholder = fields.Boolean(
        string="Self-withholder",
        tracking=True,
        help="RUT: responsibility 15, by a resolution of the DIAN. No income tax is withheld.",
    )
    invoicer = fields.Boolean(
        string="Issues Electronic Invoices", tracking=True, help="RUT: responsibility 52."
    )
    art383 = fields.Boolean(
        string="Table of Art. 383",
        tracking=True,
        help="The person has asked in writing for the table of payments for work instead of the"
        " rate of commissions. It is doubtful for independent sellers: ask your accountant.",
    )
    art383_exempt = fields.Boolean(
        string="Takes the Exempt 25 %",
        tracking=True,
        help="The person takes the exempt 25 % and no costs (art. 206 ET, number 10).",
    )
    art383_deductions = fields.Monetary(
        string="Other Deductions per Month",
        tracking=True,
        help="Dependants, interest on a home, prepaid health care: as the person has proved them.",
    )
    contract_over_limit = fields.Boolean(
        string="Contract above the Limit",
        tracking=True,
        help="The contract alone passes 3,300 UVT in the year: the higher rate counts from the"
        " first payment on.",
    )
    activity_id = fields.Many2one(
        "mlm.co.activity",
        string="Activity (CIIU)",
        ondelete="restrict",
        tracking=True,
        help="The first activity in the RUT, boxes 46 to 49.",
    )
    municipality_id = fields.Many2one(
        "mlm.co.municipality",
        ondelete="restrict",
        tracking=True,
        help="Where the person works. It decides on ICA.",
    )
    note = fields.Text(tracking=True)

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A profile cannot end before it begins.",
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (company_id WITH =, partner_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (state = 'confirmed')",
        "This person has another confirmed profile in these days. End that one first, or give"
        " this one an earlier end.",
    )
    _one_draft = models.UniqueIndex(
        "(company_id, partner_id) WHERE state = 'draft'",
        "This person already has a profile to confirm. Change that one.",
    )
    _deductions_positive = models.Constraint(
        "CHECK(art383_deductions >= 0)", "Deductions cannot be below zero."
    )

    def _auto_init(self):
        self.env["mlm.link"]._ensure_btree_gist()
        return super()._auto_init()

    @api.depends("partner_id", "date_from")
    def _compute_display_name(self):
        for profile in self:
            profile.display_name = profile.partner_id.name or self.env._("New tax profile")

    @api.constrains("person", "resident", "simple", "art383")
    def _check_agrees(self):
        """What no reading of the law allows together; doubts are `warning_text`."""
        _ = self.env._
        for profile in self:
            name = profile.partner_id.name
            if profile.simple and not profile.resident:
                raise ValidationError(
                    _(
                        "%s does not live in Colombia: the SIMPLE regime is for residents"
                        " (art. 906 ET). Clear one of the two.",
                        name,
                    )
                )
            if profile.art383 and profile.simple:
                raise ValidationError(
                    _(
                        "No income tax is withheld from %s in the SIMPLE regime, so the table of"
                        " art. 383 does not apply. Clear one of the two.",
                        name,
                    )
                )
            if profile.art383 and profile.person == "legal":
                raise ValidationError(
                    _("The table of art. 383 is for natural persons. Clear it for %s.", name)
                )

    @api.constrains("company_id", "partner_id")
    def _check_member(self):
        for company, profiles in self.grouped("company_id").items():
            # sudo: whether somebody has or had a membership, of a contact that the user named
            members = (
                self.env["mlm.holder"]
                .sudo()
                .search(
                    [
                        ("company_id", "=", company.id),
                        ("partner_id", "in", profiles.partner_id.ids),
                    ]
                )
                .partner_id
            )
            for person in profiles.partner_id - members:
                raise ValidationError(
                    self.env._(
                        "%(person)s has no membership in %(company)s. Enrol the person first.",
                        person=person.display_name,
                        company=company.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        profiles = super().create(vals_list)
        profiles._ensure_not_own()
        return profiles

    def _ensure_may_change(self, names):
        super()._ensure_may_change(names)
        if not names & {*CONTENT, "date_to"}:
            return
        self._ensure_not_own()
        confirmed = self.filtered(lambda one: one.state == "confirmed")
        if confirmed and names & CONTENT:
            raise UserError(
                self.env._(
                    "The profile of %s is confirmed. Make a new version of it, or reopen it while"
                    " nothing was posted with it.",
                    confirmed[0].display_name,
                )
            )
        if confirmed:
            self._ensure_confirms()

    def _ensure_not_own(self):
        """UserError where the user says of himself what is withheld from him."""
        contact = self.env.user.partner_id
        own = contact | self.env["mlm.asked"]._get_own_memberships().partner_id
        if self.sudo().partner_id & own:  # sudo: whose it is, to compare
            raise UserError(self.env._("This profile is your own. Somebody else has to enter it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self._ensure_not_own()
        for profile in self:
            if profile.state == "confirmed":
                raise UserError(
                    self.env._(
                        "The profile of %s is confirmed and stays. End it with “Valid until”.",
                        profile.display_name,
                    )
                )
