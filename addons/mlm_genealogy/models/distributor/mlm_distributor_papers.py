from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ... import document

# who sees what a person signed
SEES_PAPERS = "mlm_base.group_support,mlm_base.group_auditor"
#: value of ``acceptance`` for people who sign later: an import, the setup
LATER = "later"


class MlmDistributor(models.Model):
    """What a person shows and accepts: the document and its number, the contracts, and what
    must hold whenever somebody is enrolled, whoever asks for it and how.

    Wizard, portal, referral link, import and a direct ``create`` all go through `_enrol`,
    which asks here before it writes anything.

    Contacts keep the number of the document in ``vat``. What type it has is kept where the
    localization of a country has a field for it, which overrides the methods about it.
    """

    _inherit = "mlm.distributor"

    acceptance_ids = fields.One2many(
        "mlm.contract.acceptance",
        "distributor_id",
        string="Accepted Contracts",
        groups=SEES_PAPERS,
    )
    identity_document_ids = fields.One2many(
        "mlm.identity.document",
        "distributor_id",
        string="Identity Documents",
        groups=SEES_PAPERS,
    )
    access_log_ids = fields.One2many(
        "mlm.access.log",
        "distributor_id",
        string="Accesses",
        groups="mlm_base.group_auditor,mlm_base.group_admin",
    )
    waiting_contract_ids = fields.Many2many(
        "mlm.contract",
        string="Contracts to Accept",
        compute="_compute_waiting_contract_ids",
        compute_sudo=True,
        help="Texts in force that this person has not accepted, or only in an older version.",
    )

    @api.depends("acceptance_ids", "kind", "state", "partner_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_waiting_contract_ids(self):
        accepted = self._get_accepted_contracts()
        Contract = self.env["mlm.contract"]
        for (company, kind), members in self.grouped(lambda m: (m.company_id, m.kind)).items():
            wanted = Contract._get_for_member(company, kind)
            for member in members:
                if member.state == "terminated" or not member._is_home():
                    member.waiting_contract_ids = False
                else:
                    member.waiting_contract_ids = wanted - accepted.get(member._origin.id, Contract)

    def _get_accepted_contracts(self):
        """Return the texts in force that the present holder of each membership accepted:
        ``{id: contracts}``. What an earlier holder accepted binds nobody else."""
        # sudo: which texts wait is no secret among those who see the membership
        acceptances = (
            self.env["mlm.contract.acceptance"]
            .sudo()
            .search([("distributor_id", "in", self.ids), ("contract_id.state", "=", "published")])
        )
        # sudo: since when the present holder has the membership, to leave out earlier holders' texts
        since = {
            row.distributor_id.id: row.valid_from
            for row in self.env["mlm.holder"]
            .sudo()
            .search(
                [
                    ("distributor_id", "in", acceptances.distributor_id.ids),
                    ("role", "=", "holder"),
                    ("superseded_at", "=", False),
                    ("valid_to", "=", False),
                    ("event_id.kind", "=", "transferred"),
                ]
            )
        }
        own = acceptances.filtered(
            lambda one: one.accepted_at >= since.get(one.distributor_id.id, one.accepted_at)
        )
        return {
            member.id: accepted.contract_id
            for member, accepted in own.grouped("distributor_id").items()
        }

    def action_accept_contracts(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accept Contracts"),
            "res_model": "mlm.contract.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_id": self.id},
        }

    @api.model
    def _normalise_document(self, kind, number):
        """Return the one form in which a number is stored.

        :param str kind: key of `document.TYPES`
        :raise UserError: the number does not fit; the sentence names type and remedy
        """
        try:
            return document.normalise(kind, number)
        except document.DocumentError as error:
            raise UserError(error.text(self.env)) from error

    @api.model
    def _ensure_known_document(self, kind, company):
        try:
            document.ensure_known_there(kind, company.country_id.code)
        except document.DocumentError as error:
            raise UserError(error.text(self.env)) from error

    @api.model
    def _get_document_vals(self, kind, company):
        """Return the fields of a contact that say that its document is a ``kind``."""
        return {}

    @api.model
    def _get_document_type(self, vals, partner, company):
        """Return the type of the document of a contact, else the usual one of the country.

        :param dict vals: values of a contact that are about to be written
        :param partner: the contact, or an empty record
        """
        return document.default_type(
            company.country_id.code, vals.get("is_company") or partner.is_company
        )

    @api.model
    def _get_document_type_sql(self, alias):
        """Return the SQL of the type (key of `document.TYPES`, or null) of a contact."""
        return SQL("NULL::text")

    @api.model
    def _prepare_document(self, row):
        """Check and normalise the number of a person who is being enrolled."""
        person = row["person"]
        if not person.get("vat"):
            return
        company = self.env["res.company"].browse(row["own"]["company_id"])
        partner = self.env["res.partner"].browse(row["own"].get("partner_id"))
        usual = self._get_document_type(person, partner, company)
        kind = row.get("document_type") or usual
        if kind != usual:  # a contact may have a document that we know no type of
            self._ensure_known_document(kind, company)
        row["document_type"] = kind
        person["vat"] = self._normalise_document(kind, person["vat"])
        for name, value in self._get_document_vals(kind, company).items():
            person.setdefault(name, value)

    def _ensure_enrolment_rules(self, rows):
        """Check the rows of one enrolment, see `_enrol`.

        :raise UserError: names the person, and says what to do
        """
        by_company = defaultdict(list)
        for row in rows:
            by_company[row["own"]["company_id"]].append(row)
        for company_id, company_rows in by_company.items():
            company = self.env["res.company"].browse(company_id)
            self._ensure_not_enrolled(company_rows, company)
            self._ensure_duplicates_explained(company_rows, company)
            self._ensure_texts_accepted(company_rows, company)

    def _ensure_not_enrolled(self, rows, company):
        partner_ids = [row["own"]["partner_id"] for row in rows if row["own"].get("partner_id")]
        # sudo: a membership that the user may not see counts too, and is named by its code,
        # where the code may be known beside the contact
        member = self.sudo().search(
            [
                ("partner_id", "in", partner_ids),
                ("network_id", "=", company.sudo().mlm_network_id.id),
            ],
            limit=1,
        )
        if member:
            name = member.display_name if member._is_named() else member.partner_id.display_name
            raise UserError(
                self.env._("%s is already enrolled. Open that membership instead.", name)
            )

    def _ensure_duplicates_explained(self, rows, company):
        """Refuse somebody like a known contact, unless it is said why that is another one.

        Replaces ``accepted_duplicates`` by the matches that there really are.
        """
        # an import has looked at all its lines in this transaction
        rows = [row for row in rows if not row.get("examined")]
        values = [self._get_duplicate_values(row) for row in rows]
        found = self._find_duplicates(values, company)
        for row, matches in zip(rows, found, strict=True):
            accepted = row.pop("accepted_duplicates", None)
            if not matches:
                continue
            if not accepted or not (row.get("reason") or "").strip():
                labels = self.env["mlm.enrol.wizard"]._get_match_labels()
                raise UserError(
                    self.env._(
                        "Somebody with the same %(what)s as %(name)s already exists. Choose that "
                        "contact, or confirm that it is somebody else and say why: in the form "
                        "“Enrol” of %(menu)s, or with “accepted_duplicates” and “reason”.",
                        menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_distributor"),
                        what=", ".join(labels[name] for name in matches[0]["fields"]),
                        name=self._get_enrolled_name(row),
                    )
                )
            row["accepted_duplicates"] = matches

    def _get_duplicate_values(self, row):
        """Return what `_find_duplicates` compares of one row."""
        person = row["person"]
        # sudo: the contact is compared with others, and nothing of it is shown
        partner = self.env["res.partner"].sudo().browse(row["own"].get("partner_id"))
        values = {name: person.get(name, partner[name]) for name in ("vat", "email", "phone")}
        numbers = [
            command[2].get("acc_number")
            for command in person.get("bank_ids") or ()
            if command[0] == Command.CREATE
        ]
        return {
            **values,
            # the type belongs to the number that is given
            "document_type": row.get("document_type") if person.get("vat") else None,
            "bank": [number for number in numbers if number]
            + partner.bank_ids.filtered("acc_number").mapped("acc_number"),
            "partner_id": partner.id,
        }

    def _get_enrolled_name(self, row):
        # sudo: it is the user who named the contact
        partner = self.env["res.partner"].sudo().browse(row["own"].get("partner_id"))
        return row["person"].get("name") or partner.display_name or row["own"].get("code") or ""

    def _ensure_texts_accepted(self, rows, company):
        """Nobody joins without having accepted the texts in force; which version it was is
        what the person saw."""
        # sudo: which texts are in force is no secret
        Contract = self.env["mlm.contract"].sudo()
        wanted = {}
        for row in rows:
            kind = row["own"].get("kind") or "distributor"
            if kind not in wanted:
                wanted[kind] = Contract._get_for_member(company, kind)
            acceptance = row.get("acceptance")
            if not wanted[kind] or acceptance == LATER:
                continue
            # sudo: texts that the person accepted, only to compare
            accepted = acceptance["contracts"].sudo() if acceptance else Contract
            kinds = set(accepted.filtered(lambda one: one.company_id == company).mapped("kind"))
            missing = wanted[kind].filtered(lambda one, kinds=kinds: one.kind not in kinds)
            if missing:
                raise UserError(
                    self.env._(
                        "%(name)s must accept %(texts)s before joining. Enrol them with the form "
                        "of %(menu)s, which records how that was done.",
                        menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_distributor"),
                        name=self._get_enrolled_name(row),
                        texts=", ".join(missing.mapped("display_name")),
                    )
                )

    def _accept_enrolled(self, rows):
        """Record what these people, in the order of ``rows``, accepted when they joined."""
        for record, row in zip(self, rows, strict=True):
            acceptance = row.get("acceptance")
            if not acceptance or acceptance == LATER:
                continue
            # a text that was replaced meanwhile was not accepted in the version in force
            texts = acceptance["contracts"].filtered(lambda one: one.state == "published")
            lang = acceptance.get("lang") or record.partner_id.lang or self.env.lang
            self.env["mlm.contract.acceptance"].with_context(lang=lang)._accept(
                record,
                texts,
                acceptance["channel"],
                ip=acceptance.get("ip"),
                document=acceptance.get("document"),
                accepted_at=acceptance.get("accepted_at"),
            )
