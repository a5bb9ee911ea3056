# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers, money and days as people read them, by the settings of their language."""

from datetime import date, datetime, timezone
from decimal import ROUND_HALF_UP, Context, Decimal

from odoo.tools import format_date, format_datetime, get_lang

NBSP = "\N{NO-BREAK SPACE}"
_DAY = "d MMM y"


class Formats:
    """Formats for one reader.

    Numbers are integers, Decimals or decimal text (``"1356.5"``), exact however large:
    Odoo's `formatLang` goes through a float, which holds 15 digits, so that only its
    signs and groups are used. A float, such as a ratio, shows four decimals at most.

    :param env: its language and time zone are the reader's; without a language it is English,
        as of `env._`, and not the one of the company, which Odoo takes for days alone
    :param currency: ``res.currency`` of money of which none is named
    """

    def __init__(self, env, currency=None):
        self.env = env
        self.currency = currency
        # sudo: how a language writes numbers is no secret
        languages = env["res.lang"].sudo()
        # English may be archived where nobody reads it
        self._lang = languages._lang_get(env.lang or "en_US") or languages._lang_get(
            get_lang(env).code
        )

    def number(self, value, places=None):
        """``"1.356,5"``: thousands grouped, as many decimals as there are, or ``places``."""
        value = self._decimal(value, places)
        whole, _point, part = f"{value.copy_abs():f}".partition(".")
        if places is None:
            part = part.rstrip("0")
        text = self._lang.format("%d", int(whole), grouping=True)
        sign = "-" if value < 0 else ""
        return f"{sign}{text}{self._lang.decimal_point}{part}" if part else f"{sign}{text}"

    def _decimal(self, value, places=None):
        value = Decimal(str(round(value, 4) if isinstance(value, float) else value or 0))
        if places is None:
            return value
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=60))

    def amount(self, value, currency=None):
        """``"1.125.000"`` or ``"10,50"``: cents only where there are some."""
        places = (currency or self.currency).decimal_places
        value = self._decimal(value, places)
        return self.number(value, 0 if value == value.to_integral_value() else places)

    def money(self, value, currency=None):
        """``"1.125.000 COP"``."""
        return f"{self.amount(value, currency)}{NBSP}{(currency or self.currency).name}"

    def money_off(self, value, currency=None):
        """``"− 1.125.000 COP"``: what is taken off; ``"+ …"`` of less than nothing."""
        value = self._decimal(value)
        return f"{'+' if value < 0 else '−'}{NBSP}{self.money(value.copy_abs(), currency)}"

    def percent(self, value):
        """``"12,5 %"`` of 12.5."""
        return f"{self.number(value)}{NBSP}%"

    def ratio(self, value):
        """``"12,35 %"`` of 12.345678: a figure that was divided."""
        return self.percent(round(value, 2))

    def day(self, value, pattern=_DAY):
        """``"17 ago 2026"`` of a date or an ISO text; ``""`` of nothing."""
        if isinstance(value, str) and value:
            value = date.fromisoformat(value[:10])
        return format_date(self.env, value, self._lang.code, pattern)

    def moment(self, value, tz=None):
        """``"17 ago 2026 15:40"`` of a naive UTC datetime, in the reader's time zone."""
        return format_datetime(self.env, value, tz, f"{_DAY} HH:mm", self._lang.code)

    def recent(self, value, tz=None):
        """``"15:40"`` of a moment of today, else as `moment`."""
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        today, day = (format_datetime(self.env, one, tz, "yMMdd") for one in (now, value))
        if day != today:
            return self.moment(value, tz)
        return format_datetime(self.env, value, tz, "HH:mm", self._lang.code)

    def span(self, start, end):
        """``"17 ago – 23 ago 2026"``."""
        return f"{self.day(start, 'd MMM')} – {self.day(end)}"

    def shown(self, value, column):
        """Return a value of a `documents.column`, in a table; ``""`` of nothing."""
        if value is None or value is False:
            return ""
        kind = column["kind"]
        if kind == "choice":
            return column["choices"].get(value, "")
        kinds = {
            "number": self.number,
            "points": self.number,
            "money": self.amount,
            "percent": self.percent,
            "date": self.day,
        }
        return kinds.get(kind, str)(value)
