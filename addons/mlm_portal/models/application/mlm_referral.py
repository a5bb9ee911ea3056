# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.misc import hash_sign, verify_hash_signed

_SCOPE = "mlm_referral"
#: Where referral links lead: ``/red/CODE``. ``/r/`` is the link tracker's of Odoo.
REFERRAL_URL = "/red"


class MlmDistributor(models.Model):
    """The referral link of a person: who may have one, and what it gives away."""

    _inherit = "mlm.distributor"

    def _can_refer(self):
        """Return whether this person may bring new people now."""
        return bool(self) and self.state == "active" and self.kind != "customer"

    @api.model
    def _find_referrer(self, code):
        """Return who refers by ``code`` in the current company (sudo), or empty."""
        # sudo: a visitor; only whether the code is good, and a first name, is shown
        found = self.sudo().search(
            [
                ("network_id", "=", self.env.company.sudo().mlm_network_id.id),
                ("code", "=", (code or "")[:64]),
            ],
            limit=1,
        )
        return found if found._can_refer() else found.browse()

    def _get_referral_token(self):
        """Return the signed text by which a browser remembers this person."""
        self.ensure_one()
        hours = 24 * self.company_id.mlm_referral_days
        # sudo: the key of the database signs the id; nothing else comes of it
        return hash_sign(self.sudo().env, _SCOPE, {"id": self.id}, expiration_hours=hours)

    @api.model
    def _from_referral_token(self, token):
        """Return the person (sudo) of a token that is genuine and not too old, or empty."""
        # sudo: as for the code
        people = self.sudo()
        try:
            values = verify_hash_signed(people.env, _SCOPE, token or "")
        except ValueError:
            values = None
        found = people.browse((values or {}).get("id")).exists()
        # sudo: of which network the company is, only to compare
        if found.network_id != self.env.company.sudo().mlm_network_id or not found._can_refer():
            return people.browse()
        return found

    def _get_public_name(self):
        """Return the first name, which is all that a link shows: "Ana"."""
        self.ensure_one()
        return next(iter((self.partner_id.name or "").split()), "")
