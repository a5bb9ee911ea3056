# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ipaddress
import time
from datetime import UTC, datetime, timedelta

from psycopg2.pool import PoolError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mlm_base.background import own_cursor

HOUR, DAY = 3600, 24 * 3600
#: of a network of the sixth version one customer holds a whole /64
_PREFIX = 64
_KEPT = timedelta(days=2)


class TooOften(UserError):
    """Somebody, or an address, did something as often as it may for now."""


class MlmFormLimit(models.Model):
    """How often something was done in an hour or a day: a row per key and period.

    Counted in a transaction of its own, which locks the row: whoever asks at the same
    moment waits for it, so that a limit of five lets five pass and not eight. What was
    counted stays so when the request fails.
    """

    _name = "mlm.form.limit"
    _description = "Use of a Form per Hour or Day"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    key = fields.Char(required=True)
    since = fields.Datetime(required=True, index=True)
    count = fields.Integer(required=True)

    _key_since_uniq = models.Constraint("UNIQUE(key, since)", "One row per key and period.")

    @api.model
    def _ensure(self, wanted):
        """Count one more under every key, or under none.

        :param wanted: ``(key, seconds of the period, most)``
        :raise TooOften: one of them is full
        """
        wanted = self._without_counted(wanted)
        if wanted and not self._count(wanted):
            raise TooOften(
                self.env._(
                    "Too many attempts in a short time. Please try again later, or ask our "
                    "support team."
                )
            )

    @api.model
    def _without_counted(self, wanted):
        """Leave out what this request counted already: Odoo repeats it after a collision."""
        if not request:
            return wanted
        counted = request.httprequest.environ.setdefault("mlm.form.limit", set())
        fresh = [one for one in wanted if one[0] not in counted]
        counted.update(key for key, __, __ in fresh)
        return fresh

    @api.model
    def _count(self, wanted):
        """Return whether there was room under every key; then each counts one more."""
        now = int(time.time())
        rows = [
            (key, datetime.fromtimestamp(now - now % seconds, UTC).replace(tzinfo=None), most)
            for key, seconds, most in sorted(wanted)
        ]
        try:
            with own_cursor(self.env) as cr:
                # in the order of the keys, so that two calls never wait for each other
                if all(self._count_one(cr, *row) for row in rows):
                    return True
                cr.rollback()
                return False
        except PoolError:
            return False  # the server has more to do than it can

    @api.model
    def _count_one(self, cr, key, since, most):
        cr.execute(
            """INSERT INTO mlm_form_limit AS known (key, since, count)
                    SELECT %s, %s, 1 WHERE %s > 0
               ON CONFLICT (key, since)
                 DO UPDATE SET count = known.count + 1 WHERE known.count < %s
                 RETURNING count""",
            [key, since, most, most],
        )
        return bool(cr.fetchone())

    @api.model
    def _address(self, ip):
        """Return what is counted as one address.

        >>> _address("2001:db8::1")
        '2001:db8::/64'
        """
        try:
            address = ipaddress.ip_address(ip or "")
        except ValueError:
            return "?"
        if address.version == 4:
            return str(address)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _PREFIX), strict=False))

    @api.model
    def _ensure_application(self, sponsor, channel, ip):
        """Count an application under its sponsor, its address and the company.

        :raise TooOften: as much as the company's settings allow was sent
        """
        company = sponsor.company_id
        address = f"{company.id}/address/{self._address(ip)}"
        sponsored = f"{company.id}/sponsor/{sponsor.id}"
        wanted = [
            (f"{address}/day", DAY, company.mlm_limit_address_day),
            (f"{sponsored}/day", DAY, company.mlm_limit_sponsor_day),
            (f"{company.id}/company/day", DAY, company.mlm_limit_company_day),
        ]
        if channel == "portal":
            wanted.append((f"{sponsored}/hour", HOUR, company.mlm_limit_sponsor_hour))
        else:
            wanted.append((f"{address}/hour", HOUR, company.mlm_limit_address_hour))
        self._ensure(wanted)

    @api.model
    def _ensure_lookup(self, company, ip):
        """Count the use of a referral code, good or bad, under its address.

        :raise TooOften: so many that somebody may be trying codes
        """
        key = f"{company.id}/code/{self._address(ip)}"
        self._ensure([(key, HOUR, company.mlm_limit_code_hour)])

    @api.autovacuum
    def _gc_past(self):
        self.env.cr.execute(
            "DELETE FROM mlm_form_limit WHERE since < %s", [fields.Datetime.now() - _KEPT]
        )
