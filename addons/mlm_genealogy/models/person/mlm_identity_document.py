import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.mlm_base.internal import as_internal

DOCUMENT_TYPES = [
    ("cc", "Identity Card"),
    ("ce", "Foreigner's Identity Card"),
    ("passport", "Passport"),
    ("rut", "Tax Registration"),
    ("bank", "Bank Certificate"),
    ("other", "Other"),
]
ACCEPTED = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
LARGEST_MB = 10


class MlmIdentityDocument(models.Model):
    """A copy of a document that shows who somebody is.

    Nobody reads ``file`` through the ORM or ``/web/content``: it has no group. The
    one way to it is ``/mlm/identity/<id>``, which writes each opening in
    `mlm.access.log`.
    """

    _name = "mlm.identity.document"
    _description = "Identity Document"
    _inherit = "mlm.guarded"
    _order = "create_date desc, id desc"
    _guarded = ("file",)
    _given = ("distributor_id",)
    _free = ("type", "number", "expires_on", "file_name", "upload")

    company_id = fields.Many2one(
        related="distributor_id.company_id", store=True, index=True, precompute=True
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    type = fields.Selection(DOCUMENT_TYPES, required=True, default="cc")
    number = fields.Char()
    expires_on = fields.Date()
    is_expired = fields.Boolean(compute="_compute_is_expired")
    file = fields.Binary(string="Content", attachment=True, groups=fields.NO_ACCESS)
    file_name = fields.Char()
    upload = fields.Binary(
        string="File",
        compute="_compute_upload",
        inverse="_inverse_upload",
        help="PDF, JPG or PNG, up to 10 MB.",
    )
    has_file = fields.Boolean(default=False, readonly=True, copy=False)
    erased_at = fields.Datetime(string="Erased on", readonly=True, copy=False)
    log_ids = fields.One2many(
        "mlm.access.log",
        "document_id",
        string="Accesses",
        groups="mlm_base.group_auditor,mlm_base.group_admin",
    )

    @api.depends("type", "distributor_id.code")
    def _compute_display_name(self):
        labels = dict(self._fields["type"]._description_selection(self.env))
        for document in self:
            document.display_name = (
                f"{labels.get(document.type, '')} {document.distributor_id.code or ''}".strip()
            )

    @api.depends("expires_on")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for document in self:
            document.is_expired = bool(document.expires_on and document.expires_on < today)

    def _compute_upload(self):
        self.upload = False

    def _inverse_upload(self):
        for document in self:
            if not document.upload:
                continue
            if document.has_file:
                raise UserError(
                    self.env._(
                        "%s already has its file. Erase it, or upload the other file as a document of"
                        " its own.",
                        document.display_name,
                    )
                )
            content = document.upload
            extension = self._ensure_acceptable(content)
            # sudo: the content is written here and opened by its own route only
            as_internal(document.sudo()).write(
                {
                    "file": content,
                    "has_file": True,
                    "erased_at": False,
                    "file_name": document.file_name or f"document.{extension}",
                }
            )
            self.env["mlm.proof"]._keep(document._get_attachment())
            document._log("uploaded")

    def _get_attachment(self):
        """Return the files behind ``file``."""
        # sudo: nobody has a right on the content itself
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "in", self.ids),
                ]
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        if any(not vals.get("upload") for vals in vals_list):
            raise UserError(self.env._("Choose the file to upload: PDF, JPG or PNG."))
        return super().create(vals_list)

    def _get_guarded_message(self, names):
        if "distributor_id" in names:
            return self.env._("A document stays with its person. Upload it there again.")
        return self.env._("Upload or erase the file instead.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Who opened %s stays on record. Erase its file instead.", self[:1].display_name
            )
        )

    @api.model
    def _ensure_acceptable(self, content):
        """Check the kind and the size of an uploaded file.

        :param bytes content: base64
        :raise UserError: too large, or neither PDF, JPG nor PNG
        :return: the usual extension
        """
        try:
            raw = base64.b64decode(content)
        except (binascii.Error, ValueError) as error:
            raise UserError(
                self.env._("The file did not arrive complete. Upload it again.")
            ) from error
        if len(raw) > LARGEST_MB * 1024 * 1024:
            raise UserError(
                self.env._(
                    "The file is %(size)s MB; the limit is %(limit)s MB. Scan it at a lower "
                    "resolution.",
                    size=round(len(raw) / 1024 / 1024, 1),
                    limit=LARGEST_MB,
                )
            )
        extension = ACCEPTED.get(guess_mimetype(raw))
        if not extension:
            raise UserError(self.env._("Only PDF, JPG and PNG files are accepted."))
        return extension

    def _log(self, action, ip=None):
        """Write who does what with these documents."""
        if ip is None and request:
            ip = request.httprequest.remote_addr
        # sudo: the log is written by the server only; its author stays the user
        return as_internal(self.env["mlm.access.log"].sudo()).create(
            [
                {
                    "company_id": document.company_id.id,
                    "document_id": document.id,
                    "distributor_id": document.distributor_id.id,
                    "action": action,
                    "ip_address": ip,
                }
                for document in self
            ]
        )

    def action_open(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/mlm/identity/{self.id}", "target": "new"}

    def action_erase(self):
        """Erase the files for good, as data protection asks; the record of it stays."""
        self.check_access("write")
        self.env["mlm.proof"]._release(self._get_attachment())
        # sudo: nobody has a right on the content itself
        as_internal(self.sudo()).write(
            {"file": False, "has_file": False, "erased_at": fields.Datetime.now()}
        )
        self._log("erased")


class MlmAccessLog(models.Model):
    """Who opened, changed or erased which document of a person, or looked at the portal as
    that person, and when."""

    _name = "mlm.access.log"
    _description = "Access to Personal Data"
    _inherit = ["mlm.append.only"]
    _order = "recorded_at desc, id desc"
    _rec_name = "action"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    document_id = fields.Many2one(
        "mlm.identity.document", index="btree_not_null", ondelete="restrict"
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    action = fields.Selection(
        [
            ("uploaded", "Uploaded"),
            ("opened", "Opened"),
            ("erased", "Erased"),
            ("portal", "Portal Viewed as This Person"),
        ],
        required=True,
    )
    ip_address = fields.Char(string="IP Address")
