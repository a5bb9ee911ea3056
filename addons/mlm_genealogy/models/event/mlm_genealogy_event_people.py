from odoo import models


class MlmGenealogyEvent(models.Model):
    """What happened to the person behind a membership, in words."""

    _inherit = "mlm.genealogy.event"

    def _get_summary(self):
        before, after = self.before or {}, self.after or {}
        if self.kind == "kind_changed":
            kinds = dict(
                self.env["mlm.distributor"]._fields["kind"]._description_selection(self.env)
            )
            return self.env._(
                "from %(old)s to %(new)s",
                old=kinds.get(before.get("kind"), "–"),
                new=kinds.get(after.get("kind"), "–"),
            )
        if self.kind == "transferred":
            return self.env._(
                "from %(old)s to %(new)s",
                old=self._get_partner_name(before.get("partner_id")),
                new=self._get_partner_name(after.get("partner_id")),
            )
        if self.kind == "co_holder_added":
            return self._get_partner_name(after.get("partner_id"))
        if self.kind == "co_holder_ended":
            return self._get_partner_name(before.get("partner_id"))
        if self.kind == "contract_accepted":
            return self.env._("version %s", after.get("contract") or "–")
        if self.kind == "merged":
            return self.env._("goes on as %s", after.get("survivor") or "–")
        if self.kind == "duplicate_accepted":
            codes = [match.get("code") for match in after.get("matches") or []]
            return self.env._(
                "is not %s",
                ", ".join(filter(None, codes)) or self.env._("the contact that was found"),
            )
        return super()._get_summary()

    def _get_partner_name(self, partner_id):
        """Return the present name; the history itself keeps no personal text."""
        partner = self.env["res.partner"].browse(partner_id or []).exists()
        return partner.display_name if partner and partner.has_access("read") else "–"
