from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

_SHOWN = 5


class MlmEnrolWizard(models.TransientModel):
    """Who is known already, shown before the person is enrolled twice."""

    _inherit = "mlm.enrol.wizard"

    duplicate_warning = fields.Html(compute="_compute_duplicate_warning", sanitize=False)
    accept_duplicate = fields.Boolean(string="Enrol Anyway")
    duplicate_reason = fields.Char(string="Why It Is Not the Same Person")

    @api.depends("vat", "document_type", "email", "phone", "acc_number", "partner_id", "company_id")
    def _compute_duplicate_warning(self):
        for wizard in self:
            matches = wizard._get_duplicates()
            wizard.duplicate_warning = wizard._get_duplicate_text(matches) if matches else False

    def _get_duplicates(self):
        """Return the matches of `mlm.distributor._find_duplicates` for this person."""
        self.ensure_one()
        values = {
            "vat": self.vat,
            "document_type": self.document_type,
            "email": self.email,
            "phone": self.phone,
            "bank": self.acc_number,
            "partner_id": self.partner_id.id,
        }
        return self.env["mlm.distributor"]._find_duplicates([values], self.company_id)[0]

    def _get_duplicate_text(self, matches):
        title = self.env._("Already exists:")
        lines = [self._get_match_line(match) for match in matches[:_SHOWN]]
        if len(matches) > _SHOWN:
            more = self.env._("… and %s more", len(matches) - _SHOWN)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<b>%s</b><ul class='mb-0 ps-3'>%s</ul>") % (title, Markup().join(lines))

    def _get_match_line(self, match):
        equal = ", ".join(self._get_match_labels()[name] for name in match["fields"])
        Distributor, Partner = self.env["mlm.distributor"], self.env["res.partner"]
        member = Distributor.browse(match["distributor_id"])
        # the same rights as for opening it: somebody of another company stays unnamed, since
        # the document, phone or account that is equal is not to be learned here
        # sudo: only whether the person is at home here
        if member and not member.sudo()._is_home():
            return Markup('<li data-duplicate="1">%s</li>') % self.env._(
                "Somebody from another company of the network has the same %s", equal
            )
        if member and member.has_access("read"):
            states = dict(member._fields["state"]._description_selection(self.env))
            about = [states[member.state].lower()]
            if member.sponsor_id:
                about.append(self.env._("sponsored by %s", member.sponsor_id.display_name))
            url = f"/odoo/action-mlm_genealogy.mlm_distributor_action/{member.id}"
            return self._format_match(member.display_name, url, about, equal, member)
        partner = Partner.browse(match["partner_id"])
        if not partner.has_access("read"):
            return Markup("<li>%s</li>") % self.env._("A contact that you cannot see: %s", equal)
        url = f"/odoo/res.partner/{partner.id}"
        about = [self.env._("contact, not in the network")]
        return self._format_match(partner.display_name, url, about, equal)

    def _format_match(self, name, url, about, equal, member=None):
        hint = Markup()
        if member and member.state == "terminated":
            text = self.env._(
                "Has left the network. If it is the same person, readmit %s instead of enrolling "
                "them.",
                member.code,
            )
            hint = Markup('<div class="text-danger">%s</div>') % text
        return Markup(
            '<li data-duplicate="1"><a href="%s" target="_blank">%s</a> · %s · <b>%s</b>%s</li>'
        ) % (url, name, " · ".join(about), self.env._("same %s", equal), hint)

    def _get_match_labels(self):
        return {
            "vat": self.env._("document number"),
            "email": self.env._("e-mail"),
            "phone": self.env._("phone"),
            "bank": self.env._("bank account"),
        }

    def _ensure_duplicates_explained(self):
        if self._get_duplicates() and not (
            self.accept_duplicate and (self.duplicate_reason or "").strip()
        ):
            raise UserError(
                self.env._(
                    "Somebody with the same document number, e-mail, phone or bank account "
                    "already exists. Choose that contact, or confirm that it is somebody else "
                    "and say why."
                )
            )
