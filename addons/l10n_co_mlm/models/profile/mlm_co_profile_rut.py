# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: whether a document of a membership is the RUT of one of its holders: it came in the time of
#: that holder. Who enrolled may have brought it in the moment before.
RUT_OF_HOLDER = SQL(
    """document.type = 'rut' AND document.has_file
       AND (holder.valid_to IS NULL OR document.create_date < holder.valid_to)
       AND (document.create_date >= holder.valid_from OR NOT EXISTS (
            SELECT FROM mlm_genealogy_event AS event
             WHERE event.id = holder.event_id AND event.kind = 'transferred'))"""
)


class MlmCoProfile(models.Model):
    """The RUT of the person, kept with the identity documents of the membership: every opening
    is on record there."""

    _inherit = "mlm.co.profile"
    _free = ("rut_upload", "rut_name")

    rut_id = fields.Many2one(
        "mlm.identity.document", string="RUT", compute="_compute_rut_id", compute_sudo=True
    )
    rut_day = fields.Date(compute="_compute_rut_id", compute_sudo=True, string="RUT Uploaded on")
    rut_expired = fields.Boolean(compute="_compute_rut_id", compute_sudo=True)
    rut_upload = fields.Binary(
        string="Upload the RUT",
        compute="_compute_rut_upload",
        inverse="_inverse_rut_upload",
        help="PDF, JPG or PNG, up to 10 MB. Each opening of it is recorded.",
    )
    rut_name = fields.Char(compute="_compute_rut_upload", inverse="_inverse_rut_upload")

    @api.depends("partner_id", "company_id")
    def _compute_rut_id(self):
        found = {}
        today = fields.Date.context_today(self)
        Document = self.env["mlm.identity.document"]
        Document.flush_model()
        for company, profiles in self.grouped("company_id").items():
            rows = self.env.execute_query(
                self._get_rut_sql(company.id, profiles.partner_id.ids or [0])
            )
            found.update({(company.id, partner): document for partner, document in rows})
        for profile in self:
            document = Document.browse(found.get((profile.company_id.id, profile.partner_id.id)))
            profile.rut_id = document
            profile.rut_day = document.create_date
            profile.rut_expired = bool(document.expires_on and document.expires_on < today)

    @api.model
    def _get_rut_sql(self, company_id, partner_ids):
        """SQL of ``(partner id, document id)``: the last RUT that came while the person held
        the membership, for a later holder's is somebody else's."""
        return SQL(
            """
            SELECT DISTINCT ON (holder.partner_id) holder.partner_id, document.id
              FROM mlm_holder AS holder
              JOIN mlm_identity_document AS document
                ON document.distributor_id = holder.distributor_id
             WHERE holder.company_id = %s AND holder.partner_id = ANY(%s)
               AND holder.role = 'holder' AND holder.superseded_at IS NULL
               AND %s
             ORDER BY holder.partner_id, document.create_date DESC, document.id DESC
            """,
            company_id,
            partner_ids,
            RUT_OF_HOLDER,
        )

    def _compute_rut_upload(self):
        self.rut_upload = False
        self.rut_name = False

    def _inverse_rut_upload(self):
        for profile in self:
            if not profile.rut_upload:
                continue
            profile._ensure_not_own()
            # sudo: who may write the profile brings the RUT, also who reads no other documents
            self.env["mlm.identity.document"].sudo().create(
                {
                    "distributor_id": profile._get_membership().id,
                    "type": "rut",
                    "number": profile.vat,
                    "upload": profile.rut_upload,
                    "file_name": profile.rut_name,
                }
            )
        self.invalidate_recordset(["rut_id", "rut_day", "rut_expired", "rut_upload", "rut_name"])

    def _get_membership(self):
        """Return the membership that the person holds now.

        :raise UserError: the person holds none any more
        """
        self.ensure_one()
        # sudo: the membership of a person whose profile the user may write
        member = (
            self.env["mlm.distributor"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id", "=", self.partner_id.id),
                ],
                limit=1,
            )
        )
        if not member:
            raise UserError(
                self.env._(
                    "%s holds no membership any more, with whose documents the RUT is kept.",
                    self.partner_id.name,
                )
            )
        return member

    def action_open_rut(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/mlm/co/rut/{self.id}", "target": "new"}
