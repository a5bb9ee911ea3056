# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.by_id import index_of, translated

from odoo import api, models

from ...copy_binary import copy_out


class MlmSnapshot(models.AbstractModel):
    """Companies of a network of several: their money, people and sales. Reads nothing in a
    network of one company."""

    _inherit = "mlm.snapshot"

    def _load(self, period, version):
        snapshot = super()._load(period, version)
        if period.network_id._is_shared():
            self._load_homes(snapshot, period, version)
        return snapshot

    @api.model
    def _get_mark_parts(self, period, version):
        parts = super()._get_mark_parts(period, version)
        if period.network_id._is_shared():
            companies = period.network_id._get_homes()
            parts.append([self._home(company, period, version) for company in companies])
        return parts

    def _load_homes(self, snapshot, period, version):
        companies = period.network_id._get_homes()
        place = {company.id: index for index, company in enumerate(companies)}
        snapshot.homes = [self._home(company, period, version) for company in companies]
        people = copy_out(
            self.env.cr,
            "SELECT id::bigint, company_id::bigint FROM mlm_distributor"
            " WHERE network_id = %s ORDER BY id",
            [period.network_id.id],
            ("id", "company"),
        )
        home = translated(people["company"], place)
        snapshot.member_home = home[index_of(people["id"], snapshot.member_id)]
        rows = copy_out(
            self.env.cr,
            "SELECT id::bigint, company_id::bigint, coalesce(point_e6, 0)::bigint"
            " FROM mlm_volume_entry WHERE period_id = ANY(%s) ORDER BY id",
            [period._cycles_read().ids],
            ("id", "company", "point"),
        )
        at = index_of(rows["id"], snapshot.row_id)
        snapshot.row_seller = translated(rows["company"], place)[at]
        snapshot.row_point_e6 = rows["point"][at]

    @api.model
    def _home(self, company, period, version):
        """What the engine knows of a company: its money on the last day of the period."""
        plan, currency = version._plan(), company.currency_id
        unit_e4 = max(10_000 // 10**currency.decimal_places, 1)
        return {
            "company": str(company.id),
            "currency": currency.name,
            "unit_e4": plan["rounding"]["unit_e4"]
            if currency.name == plan["company_currency"]
            else unit_e4,
            "fx_e6": version._fx_e6(period, company),
            "rates": version._other_rates(period, company),
        }
