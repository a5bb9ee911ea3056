# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The dry run of one file: cells become values, and what is wrong is gathered."""

from odoo.tools import SQL

from odoo.addons.mlm_base.importing.headings import plain
from odoo.addons.mlm_base.importing.reader import Formula
from odoo.addons.mlm_base.importing.values import (
    Ambiguous,
    Hidden,
    parse_day,
    parse_e4,
    parse_identifier,
)

_FIRST_YEAR = 1990


class Examination:
    """Cells of one file of an opening, its problems and the sums of its figures.

    :param record: `mlm.opening.import`
    :param file: `mlm.opening.file`
    :param headings: the columns of its kind
    """

    def __init__(self, record, file, headings):
        self.record, self.file, self.headings = record, file, headings
        self.env = record.env
        self.company = record.company_id
        # sudo: the calendar of the network is no secret in its companies
        self.network = record.company_id.sudo().mlm_network_id
        self.sign = record.decimal_sign or ""
        self.today = self.env["mlm.period"]._today(self.network)
        self.problems = []
        self._said = set()
        self.count = 0
        self.sums_e4 = {}

    def add(self, line, column, value, message, severity="error"):
        said = (line, column, message)
        if said in self._said:
            return
        self._said.add(said)
        self.problems.append(
            {
                "file_id": self.file.id,
                "line": line,
                "column": column,
                "value": str(value if value is not None else "")[:200],
                "message": message,
                "severity": severity,
            }
        )

    def text(self, line, cells, key, required=False, grouped=False):
        """Return a code, name or number of a document exactly as it was meant, empty where
        there is none, a formula or a number that hides its digits.

        :param bool grouped: thousands may be separated, as people write cédulas
        """
        text = self._raw(line, cells, key, required)
        try:
            return parse_identifier(cells[key], grouped) if text else ""
        except Hidden:
            self.add(line, key, text, self._hidden())
        except Ambiguous:
            message = self.env._(
                "This can be read as two different numbers. Write it without a separator."
            )
            self.add(line, key, text, message)
        except ValueError:
            self.add(line, key, text, self.env._("This is not a document number."))
        return ""

    def _hidden(self):
        return self.env._(
            "Scientific notation hides digits of this number. Format the column as text in your"
            " spreadsheet program, and write all its digits."
        )

    def _raw(self, line, cells, key, required=False):
        """Return the text of a cell as it stands."""
        value = cells.get(key)
        if isinstance(value, Formula):
            self.add(
                line,
                key,
                value,
                self.env._("The cell holds a formula. Paste its result as a value."),
            )
            return ""
        text = "" if value is None else str(value).strip()
        if required and not text:
            self.add(line, key, "", self.env._("This cell is empty. Fill it in."))
        return text

    def number(self, line, cells, key, required=False, negative=False):
        """Return the ten-thousandths of a cell, 0 where it is empty; sums the column."""
        text = self._raw(line, cells, key, required)
        if not text:
            return 0
        value = cells[key]
        try:
            number = parse_e4(value, self.sign)
        except Ambiguous:
            self.add(
                line,
                key,
                value,
                self.env._(
                    "This can be read as two different numbers. Write it without a thousands "
                    "separator, or choose the decimal sign at the top."
                ),
            )
            return 0
        except Hidden:
            self.add(line, key, value, self._hidden())
            return 0
        except ValueError:
            self.add(
                line,
                key,
                value,
                self.env._("This is not a number with at most four decimals, such as 1234.5."),
            )
            return 0
        if number < 0 and not negative:
            self.add(line, key, value, self.env._("This cannot be below zero."))
            return 0
        self.sums_e4[key] = self.sums_e4.get(key, 0) + number
        return number

    def day(self, line, cells, key, required=False, future=False):
        """Return the date of a cell, None where there is none."""
        if not self._raw(line, cells, key, required):
            return None
        value = cells[key]
        day = parse_day(value)
        if not day:
            message = self.env._("This is not a date. Write it as 2026-08-31 or 31/08/2026.")
        elif day > self.today and not future:
            message = self.env._(
                "This day is in the future. An opening holds what has already happened."
            )
        elif day.year < _FIRST_YEAR:
            message = self.env._("This day is before %s. Correct the year.", _FIRST_YEAR)
        else:
            return day
        self.add(line, key, value, message)
        return None

    def choice(self, line, key, text, known, names):
        """Return the value for which ``text`` stands in ``{compared form: value}``."""
        found = known.get(plain(text)) if text else None
        if text and found is None:
            self.add(
                line,
                key,
                text,
                self.env._("Unknown. Use one of: %s.", ", ".join(names) or "-"),
            )
        return found

    def members(self, lines):
        """Return ``{code: distributor id}`` of the people whom the file names.

        People without a code, or unknown ones, are bad lines.
        """
        codes = {self.text(line, cells, "code", required=True) for line, cells in lines} - {""}
        known = dict(
            self.env.execute_query(
                SQL(
                    "SELECT code, id FROM mlm_distributor WHERE company_id = %s AND code = ANY(%s)",
                    self.company.id,
                    list(codes),
                )
            )
        )
        for line, cells in lines:
            code = self.text(line, cells, "code", required=True)
            if code and code not in known:
                self.add(
                    line,
                    "code",
                    code,
                    self.env._(
                        "Nobody has this code. Import the distributors first, or correct it."
                    ),
                )
        return known

    def once(self, seen, line, column, key, shown):
        """Say that what a line is about stands in an earlier one."""
        first = seen.setdefault(key, line)
        if first != line:
            self.add(
                line,
                column,
                shown,
                self.env._("Line %s says the same. Write one line with the sum.", first),
            )
        return first == line
