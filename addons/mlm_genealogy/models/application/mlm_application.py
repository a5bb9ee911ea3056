from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, mute_logger

from odoo.addons.mlm_base.internal import as_internal, is_internal

from ... import document
from ..distributor.mlm_distributor import KINDS

CHANNELS = [("portal", "Portal"), ("referral", "Referral Link")]
STATES = [
    ("unconfirmed", "Not Confirmed"),
    ("waiting", "Waiting"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
]
#: before the decision
OPEN = ("unconfirmed", "waiting")
LEGS = [("auto", "Automatic"), ("left", "Left Leg"), ("right", "Right Leg")]
#: What the person says, and staff may put right before the decision.
PERSON_FIELDS = (
    "name",
    "document_type",
    "vat",
    "email",
    "phone",
    "city",
    "state_id",
    "country_id",
    "kind",
)


class MlmApplication(models.Model):
    """Somebody asks to join: entered by the sponsor in the portal, or after a link.

    First it is confirmed that the person exists and wants it: by the person, the sponsor
    who sent the link, or staff (see `mlm_portal`). Then it waits until staff decide, or is
    carried out at once where the company wants no review and nobody like that is known.
    """

    _name = "mlm.application"
    _description = "Application"
    _inherit = ["mlm.guarded", "mail.thread"]
    _order = "id desc"
    _check_company_auto = True
    _free = PERSON_FIELDS

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="waiting", index=True, tracking=True
    )
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    sponsor_id = fields.Many2one(
        "mlm.distributor", required=True, readonly=True, index=True, ondelete="restrict"
    )
    submitted_at = fields.Datetime(
        string="Submitted on", required=True, readonly=True, default=fields.Datetime.now
    )
    submission = fields.Char(
        readonly=True, help="Key of the submitted form, so that it counts only once."
    )
    ip_address = fields.Char(string="IP Address", readonly=True, index="btree_not_null")
    lang = fields.Char(string="Language", readonly=True)
    contract_ids = fields.Many2many(
        "mlm.contract", string="Accepted Texts", readonly=True, ondelete="restrict"
    )

    name = fields.Char(required=True)
    document_type = fields.Selection(document.SELECTION, required=True, default="cc")
    vat = fields.Char(string="Document Number", required=True)
    email = fields.Char(required=True)
    phone = fields.Char()
    city = fields.Char()
    state_id = fields.Many2one(
        "res.country.state", string="Department", domain="[('country_id', '=', country_id)]"
    )
    country_id = fields.Many2one("res.country")
    kind = fields.Selection(KINDS, required=True, default="distributor")
    leg = fields.Selection(LEGS, string="Placement", readonly=True)

    duplicate_warning = fields.Html(compute="_compute_duplicate_warning", sanitize=False)
    distributor_id = fields.Many2one(
        "mlm.distributor",
        string="Enrolled as",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    confirmed_by = fields.Selection(
        [("person", "The Person, by E-mail"), ("sponsor", "The Sponsor"), ("staff", "Staff")],
        readonly=True,
        help="Who vouched that the person exists and wants to join.",
    )
    confirmed_at = fields.Datetime(string="Confirmed on", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    decision_reason = fields.Char(string="Reason", readonly=True)

    _submission_uniq = models.UniqueIndex(
        "(company_id, submission) WHERE submission IS NOT NULL",
        "This form has already been sent.",
    )

    @api.depends("vat", "email", "phone", "state")
    def _compute_duplicate_warning(self):
        wizard = self.env["mlm.enrol.wizard"]
        for application in self:
            matches = application._get_duplicates() if application.state in OPEN else []
            application.duplicate_warning = (
                wizard._get_duplicate_text(matches) if matches else False
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise UserError(self.env._("An application comes from a form of the portal."))
        return super().create(vals_list)

    def _get_guarded_message(self, names):
        return self.env._("Use Accept or Reject: the decision is recorded with its reason.")

    def write(self, vals):
        if not is_internal(self.env):
            self._ensure_waiting()
        if {"vat", "document_type"} & set(vals):
            for application in self:
                kind = vals.get("document_type", application.document_type)
                number = vals.get("vat", application.vat)
                super(MlmApplication, application).write(
                    {
                        **vals,
                        "vat": self.env["mlm.distributor"]._normalise_document(kind, number),
                    }
                )
            return True
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("An application cannot be deleted. Reject it with a reason instead.")
        )

    def _ensure_waiting(self):
        for application in self:
            if application.state not in OPEN:
                raise UserError(
                    self.env._("The application of %s was decided already.", application.name)
                )

    @api.model
    def _ensure_may_sponsor(self, sponsor):
        """Refuse whoever cannot bring new people now.

        :raise UserError: suspended, deceased, gone, or a customer
        """
        if not sponsor or sponsor.state != "active" or sponsor.kind == "customer":
            raise UserError(
                self.env._("Only an enrolled distributor or preferred customer can enrol people.")
            )

    @api.model
    def _get_joined_company(self, sponsor):
        """Return the home company of whom ``sponsor`` brings: the one whose site or office it
        is, if it is of the sponsor's network; else the sponsor's."""
        here = self.env.company
        # sudo: in which network a company works is no secret
        same = here.sudo().mlm_network_id == sponsor.sudo().network_id
        return here if same else sponsor.company_id

    @api.model
    def _submit(self, sponsor, values, contracts, channel, ip=None, submission=None):
        """Take an application, and carry it out where nothing stands against it.

        The caller has checked that it is the sponsor who asks, or somebody who came by
        the sponsor's link.

        :param sponsor: one `mlm.distributor`
        :param dict values: of `PERSON_FIELDS`, and ``leg``
        :param contracts: `mlm.contract` that the person accepts
        :param str channel: ``portal`` or ``referral``
        :param ip: address from which it was sent
        :param submission: key of the form: sent twice, it counts once
        :raise UserError: something is missing or impossible; nothing is written then
        :return: the application as sudo record
        """
        # sudo: a portal user or visitor may apply, and neither read nor write the table
        company = self._get_joined_company(sponsor)
        applications = self.sudo().with_company(company)
        known = applications._find_submission(company, submission)
        if known:
            return known
        values = applications._prepare_submission(sponsor, values, contracts)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                application = as_internal(applications).create(
                    {
                        **values,
                        "company_id": company.id,
                        "sponsor_id": sponsor.id,
                        "channel": channel,
                        "ip_address": ip,
                        "lang": self.env.lang,
                        "submission": submission,
                        "contract_ids": [fields.Command.set(contracts.ids)],
                    }
                )
        except UniqueViolation:
            # the other click of the same form is being carried out at this moment
            return applications.browse()
        if application._needs_confirmation():
            application._ask_to_confirm()
        else:
            application._go_on()
        return application

    @api.model
    def _prepare_submission(self, sponsor, values, contracts):
        """Return the values of an application, tidied; write nothing.

        :raise UserError: everything that may be wrong with what somebody entered
        """
        self._ensure_may_sponsor(sponsor)
        company = self._get_joined_company(sponsor)
        values = self._prepare_application(values, company)
        missing = self.env["mlm.contract"]._get_for_member(company, values["kind"]) - contracts
        if missing:
            raise UserError(
                self.env._("Please accept: %s", ", ".join(missing.mapped("display_name")))
            )
        return values

    def _needs_confirmation(self):
        """Return whether somebody must confirm first that the person exists."""
        return False

    def _ask_to_confirm(self):
        """Keep the application until somebody confirms it, and ask for that."""
        # sudo: the state is written by the work of the form only
        as_internal(self.sudo()).write({"state": "unconfirmed"})

    def _confirm(self, who):
        """Take down who says that the person exists, and go on; the caller has checked it.

        :param str who: ``person``, ``sponsor`` or ``staff``
        """
        self.ensure_one()
        self._mark_confirmed(who)
        # sudo: as above
        as_internal(self.sudo()).write({"state": "waiting"})
        try:
            # what changed since it was sent (the sponsor left …) is for staff to see
            with self.env.cr.savepoint():
                self._go_on()
        except UserError:
            self._notify("received")

    def _mark_confirmed(self, who):
        # sudo: written by a confirmation or a decision only; two at once collide on this row
        as_internal(self.sudo()).write({"confirmed_by": who, "confirmed_at": fields.Datetime.now()})

    def _go_on(self):
        """Leave it to staff, or carry it out where nothing stands against it."""
        if self._needs_review():
            self._notify("received")
        else:
            self._accept()

    @api.model
    def _find_submission(self, company, submission):
        if not submission:
            return self.browse()
        return self.search(
            [("company_id", "=", company.id), ("submission", "=", submission)], limit=1
        )

    def _prepare_application(self, values, company):
        """Return the values tidied; complain about what is missing."""
        values = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
            if name in PERSON_FIELDS or name == "leg"
        }
        if values.get("kind") not in dict(KINDS):
            raise UserError(self.env._("Choose how the person takes part."))
        if values.get("leg") not in dict(LEGS):
            values["leg"] = "auto"
        for name in ("name", "vat", "email", "phone", "city"):
            if not values.get(name):
                label = self._fields[name].get_description(self.env)["string"]
                raise UserError(self.env._("Fill in: %s", label))
            if len(values[name]) > 120:
                raise UserError(self.env._("That is too long: %s…", values[name][:40]))
        people = self.env["mlm.distributor"]
        people._ensure_known_document(values.get("document_type"), company)
        values["vat"] = people._normalise_document(values.get("document_type"), values["vat"])
        if not email_normalize(values["email"]):
            raise UserError(self.env._("%s is not an e-mail address.", values["email"]))
        values.setdefault("country_id", company.country_id.id)
        return values

    def _get_duplicates(self):
        """Return the matches of `mlm.distributor._find_duplicates` for this person."""
        self.ensure_one()
        person = {name: self[name] for name in ("vat", "document_type", "email", "phone")}
        # sudo: whoever it is in the company, the matches are ids
        return self.env["mlm.distributor"].sudo()._find_duplicates([person], self.company_id)[0]

    def _needs_review(self):
        self.ensure_one()
        company = self.company_id
        review = company.mlm_portal_review
        if self.channel == "referral":
            review = company.mlm_referral_review
        return review or bool(self._get_duplicates()) or bool(self._get_twin())

    def _get_twin(self):
        """Return another application that waits for the same document or address."""
        self.ensure_one()
        number = document.key(self.document_type, self.vat)
        email = self.email.replace("_", r"\_").replace("%", r"\%")
        found = self.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", OPEN),
                "|",
                ("vat", "=like", f"{number}%"),
                ("email", "=ilike", email),
            ]
        )
        return found.filtered(
            lambda one: (
                one.email.lower() == self.email.lower()
                or (
                    document.key(one.document_type, one.vat) == number
                    and document.may_be_one(one.document_type, self.document_type)
                )
            )
        )[:1]
