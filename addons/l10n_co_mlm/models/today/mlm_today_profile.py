# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmToday(models.AbstractModel):
    """What is missing of payees for the tax office, for who confirms it and who asks for it."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions" and self.env["mlm.co.profile"].has_access("read"):
            cards += [
                self._card_co_profiles(),
                self._card_co_gaps(),
                self._card_co_ending(),
                self._card_co_limits(),
            ]
        return cards

    @api.model
    def _confirms_co_profiles(self):
        user = self.env.user
        return any(user.has_group(f"mlm_base.group_{role}") for role in ("accountant", "admin"))

    @api.model
    def _in_my_companies(self):
        return [("company_id", "in", self.env.companies.ids)]

    @api.model
    def _card_co_profiles(self):
        mine = self._confirms_co_profiles()
        domain = [("state", "=", "draft"), *self._in_my_companies()]
        return self._count_card(
            "co_profiles",
            self.env._("Tax profiles to confirm"),
            self.env._("They count, and release payouts, once an accountant confirms them."),
            11,
            "mlm.co.profile",
            domain,
            "l10n_co_mlm.mlm_co_profile_action",
            verb=self.env._("Look at It") if mine else None,
            order="create_date, id",
            owner="create_uid",
            tone="warning" if mine else "muted",
            icon="fa-id-card-o",
            waits=mine,
        )

    @api.model
    def _card_co_gaps(self):
        enters = self.env["mlm.co.profile"].has_access("write")
        domain = [("holds", "=", True), *self._in_my_companies()]
        return self._count_card(
            "co_gaps",
            self.env._("People without tax data"),
            self.env._(
                "They earn under the default profile, and their payouts are held until somebody"
                " completes it."
            ),
            12,
            "mlm.co.gap",
            domain,
            "l10n_co_mlm.mlm_co_gap_action",
            tone="warning" if enters else "muted",
            icon="fa-user-times",
            waits=enters,
        )

    @api.model
    def _card_co_ending(self):
        enters = self.env["mlm.co.profile"].has_access("write")
        domain = [("is_ending", "=", True), *self._in_my_companies()]
        return self._count_card(
            "co_ending",
            self.env._("Tax profiles that end"),
            self.env._(
                "They end about now, and nothing follows them: ask the people for a new RUT."
            ),
            17,
            "mlm.co.profile",
            domain,
            "l10n_co_mlm.mlm_co_profile_action",
            tone="info" if enters else "muted",
            icon="fa-calendar-times-o",
            waits=enters,
        )

    @api.model
    def _card_co_limits(self):
        near = ["|", ("rate_near", "=", True), ("vat_near", "=", True)]
        year = fields.Date.context_today(self).year
        domain = [("year", "=", year), *self._in_my_companies(), *near]
        return self._count_card(
            "co_limits",
            self.env._("People near a tax limit"),
            self.env._(
                "They are near the limit of the higher rate, or of the responsibility for VAT."
            ),
            18,
            "mlm.co.limit",
            domain,
            "l10n_co_mlm.mlm_co_limit_action",
            icon="fa-line-chart",
            waits=False,
        )
