from odoo import fields, models

from ..models.person.mlm_identity_document import DOCUMENT_TYPES

#: kinds of a paper that are called as the document is; a NIT is shown by the tax registration
_PAPERS = {key for key, __ in DOCUMENT_TYPES}
_SHOWN_BY = {"nit": "rut"}


class MlmEnrolWizard(models.TransientModel):
    """Photo and copy of the document, taken while the person sits at the desk."""

    _inherit = "mlm.enrol.wizard"

    image_1920 = fields.Image(string="Photo", max_width=1920, max_height=1920, attachment=False)
    identity_file = fields.Binary(
        string="Copy of the Document",
        attachment=False,
        help="PDF, JPG or PNG, up to 10 MB. Each opening is logged.",
    )
    identity_file_name = fields.Char()

    def _ensure_enrollable(self):
        result = super()._ensure_enrollable()
        if self.identity_file:
            self.env["mlm.identity.document"]._ensure_acceptable(self.identity_file)
        return result

    def _prepare_enrolment(self):
        vals = super()._prepare_enrolment()
        if self.image_1920:
            vals["image_1920"] = self.image_1920
        return vals

    def _after_enrolment(self, distributor):
        result = super()._after_enrolment(distributor)
        if self.identity_file:
            kind = _SHOWN_BY.get(self.document_type, self.document_type)
            self.env["mlm.identity.document"].create(
                {
                    "distributor_id": distributor.id,
                    "type": kind if kind in _PAPERS else "other",
                    "number": self.vat,
                    "upload": self.identity_file,
                    "file_name": self.identity_file_name,
                }
            )
            # from now on the logged way is the only one to the content
            self.identity_file = False
        return result
