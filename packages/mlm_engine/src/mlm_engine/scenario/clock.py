# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Local dates and times of a scenario's company."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..kernel.text import _
from ..plan.document import YEARS, shown

#: Zones without daylight saving, for machines without a zone database.
_FIXED = {"America/Bogota": -5, "UTC": 0}


class Clock:
    """Turns what people write into moments. Raises ``ValueError``."""

    def __init__(self, name):
        try:
            self.zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            if name not in _FIXED:
                raise ValueError(_("unknown time zone {name}", name=shown(name))) from error
            self.zone = timezone(timedelta(hours=_FIXED[name]))

    def moment(self, value, hour):
        """Return the moment of a date (at ``hour`` o'clock) or a date and time.

        Text without an offset is local time.
        """
        if isinstance(value, str):
            value = self._parse(value.strip())
        if isinstance(value, datetime):
            moment = value if value.tzinfo else value.replace(tzinfo=self.zone)
        elif isinstance(value, date):
            moment = datetime.combine(value, time(hour), tzinfo=self.zone)
        else:
            raise ValueError(_("{value} is not a date", value=shown(value)))
        if moment.year not in YEARS:
            text = _(
                "{shown} is outside the years {first} to {last}",
                shown=shown(str(value)),
                first=YEARS[0],
                last=YEARS[-1],
            )
            raise ValueError(text)
        return int(moment.timestamp())

    def start_of(self, day):
        """Return the first moment of a local day (ordinal)."""
        return self.moment(date.fromordinal(day), 0)

    def day_of(self, moment):
        """Return the local day (ordinal) of a moment."""
        return datetime.fromtimestamp(moment, self.zone).date().toordinal()

    def text(self, moment):
        """Return local date and time as ISO text."""
        return datetime.fromtimestamp(moment, self.zone).isoformat(" ", "minutes")[:16]

    @staticmethod
    def _parse(text):
        try:
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        except ValueError as error:
            raise ValueError(
                _("{what} is neither a date nor a date and time", what=shown(text))
            ) from error
