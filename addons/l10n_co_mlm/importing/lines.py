# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The lines of a file of tax profiles: whose they are, what they say, what is wrong."""

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.importing.headings import is_spanish, plain
from odoo.addons.mlm_base.importing.reader import Formula
from odoo.addons.mlm_base.importing.values import (
    Ambiguous,
    Hidden,
    parse_day,
    parse_e4,
    parse_identifier,
)

from . import columns

_FIRST_YEAR = 2000
_MUNICIPALITY_DIGITS, _ACTIVITY_DIGITS = 5, 4


class Lines:
    """Turns lines into values of `mlm.co.profile`, and gathers the problems.

    :param record: ``mlm.co.profile.import``
    """

    def __init__(self, record):
        self.env, self.company = record.env, record.company_id
        self.Profile = self.env["mlm.co.profile"]
        self.problems = []
        places = self.env["mlm.co.municipality"].search_read([], ["code", "name", "display_name"])
        self.places = {one["code"]: one["id"] for one in places}
        self.place_names = {}
        for one in places:
            # Bogotá, D.C. is also Bogotá; where two have one name the department tells them apart
            names = {one["name"], one["name"].partition(",")[0], one["display_name"]}
            for name in {self._bare(name) for name in names}:
                self.place_names.setdefault(name, []).append(one["id"])
        activities = self.env["mlm.co.activity"].search_read([], ["code"])
        self.activities = {one["code"]: one["id"] for one in activities}

    def add(self, line, column, value, message, severity="error"):
        self.problems.append(
            {
                "line": line,
                "column": column,
                "value": str(value if value is not None else "")[:200],
                "message": message,
                "severity": severity,
            }
        )

    def examine(self, lines, tell):
        """Return ``[values]`` of all lines; the bad ones are in ``problems``.

        :param list lines: ``[(line number, {column key: value})]``
        :param tell: ``f(count)`` called with how many are examined
        """
        people = self._find_people(lines)
        rows = []
        for index, (line, cells) in enumerate(lines):
            if index % 1000 == 0:
                tell(index)
            row = self._read(line, cells)
            row["partner_id"] = self._find_person(line, cells, people)
            rows.append((line, row))
        self._examine_together(rows)
        return [row for _line, row in rows]

    # -- cells -------------------------------------------------------------------

    def _read(self, line, cells):
        get = self._text
        row = {
            "company_id": self.company.id,
            "date_from": self._day(line, cells, "date_from", required=True),
            "date_to": self._day(line, cells, "date_to"),
            "person": self._choice(line, cells, "person", columns.PERSON_KEYS, columns.PERSONS),
            "note": get(line, cells, "note") or False,
            "municipality_id": self._municipality(line, get(line, cells, "municipality")),
            "activity_id": self._activity(line, get(line, cells, "activity")),
            "art383_deductions": self._amount(line, cells, "art383_deductions"),
        }
        for key in columns.FLAGS:
            said = self._choice(line, cells, key, columns.YES_NO_KEYS, columns.YES_NO)
            row[key] = key == "resident" if said is None else said
        if row["date_from"] and row["date_to"] and row["date_to"] < row["date_from"]:
            self.add(
                line,
                "date_to",
                row["date_to"],
                self.env._("A profile cannot end before it begins."),
            )
        if not row["person"] and not get(line, cells, "person"):
            self.add(line, "person", "", self.env._("This cell is empty. Fill it in."))
        return row

    def _text(self, line, cells, key):
        value = cells.get(key)
        if isinstance(value, Formula):
            message = self.env._("The cell holds a formula. Paste its result as a value.")
            if not any(one["line"] == line and one["column"] == key for one in self.problems[-9:]):
                self.add(line, key, value, message)
            return ""
        return "" if value is None else str(value).strip()

    def _choice(self, line, cells, key, known, words):
        """Return the value that a word stands for, None where the cell is empty or wrong."""
        value = cells.get(key)
        text = self._text(line, cells, key)
        if not text or isinstance(value, bool):
            return value if isinstance(value, bool) else None
        found = known.get(plain(text))
        if found is None:
            at = 0 if is_spanish(self.env.lang) else 1
            names = ", ".join(one[at] for one in words.values())
            self.add(line, key, text, self.env._("Unknown. Use one of: %s.", names))
        return found

    def _day(self, line, cells, key, required=False):
        text = self._text(line, cells, key)
        if not text:
            if required and not isinstance(cells.get(key), Formula):
                self.add(line, key, "", self.env._("This cell is empty. Fill it in."))
            return False
        day = parse_day(cells[key])
        if not day:
            message = self.env._("This is not a date. Write it as 2026-08-31 or 31/08/2026.")
        elif day.year < _FIRST_YEAR:
            message = self.env._("This day is before %s. Correct the year.", _FIRST_YEAR)
        else:
            return day
        self.add(line, key, text, message)
        return False

    def _amount(self, line, cells, key):
        text = self._text(line, cells, key)
        if not text:
            return 0
        try:
            amount = parse_e4(cells[key])
        except (Ambiguous, Hidden):
            message = self.env._(
                "This can be read as two different numbers. Write it without a separator."
            )
        except ValueError:
            message = self.env._("This is not a number, such as 1234.5.")
        else:
            if amount >= 0:
                return float(from_e4(amount))
            message = self.env._("This cannot be below zero.")
        self.add(line, key, text, message)
        return 0

    def _bare(self, name):
        """Return a name of a place as it is compared: without accents and punctuation."""
        return "".join(one for one in plain(name) if one.isalnum() or one == " ")

    def _municipality(self, line, text):
        if not text:
            return False
        if text.isdigit():
            # a spreadsheet drops the zero before 05001
            found = self.places.get(text.zfill(_MUNICIPALITY_DIGITS))
            named = [found] if found else []
        else:
            named = self.place_names.get(self._bare(text), [])
        if len(named) == 1:
            return named[0]
        message = (
            self.env._("Several municipalities have this name. Write the code of DANE instead.")
            if named
            else self.env._("Unknown municipality. Write its code of DANE, such as 11001.")
        )
        self.add(line, "municipality", text, message)
        return False

    def _activity(self, line, text):
        if not text:
            return False
        found = self.activities.get(text.zfill(_ACTIVITY_DIGITS))
        if not found:
            message = self.env._("Unknown activity. Write its CIIU code of four digits.")
            self.add(line, "activity", text, message)
        return found or False

    # -- people ------------------------------------------------------------------

    def _find_people(self, lines):
        """Return ``({code: partner id}, {spelling: {partner ids}})`` of whom the file names."""
        codes, spellings = set(), set()
        for line, cells in lines:
            codes.add(self._identifier(line, cells, "code", say=False))
            number = self._identifier(line, cells, "document_number", say=False)
            spellings |= self._get_spellings(number)
        by_code, by_number = {}, {}
        for partner, code, spelling in self.env.execute_query(
            SQL(
                """
                SELECT person.id, member.code,
                       upper(regexp_replace(person.vat, '[^0-9A-Za-z]+', '', 'g'))
                  FROM mlm_distributor AS member
                  JOIN res_partner AS person ON person.id = member.partner_id
                 WHERE member.company_id = %s AND (member.code = ANY(%s) OR
                       upper(regexp_replace(person.vat, '[^0-9A-Za-z]+', '', 'g')) = ANY(%s))
                """,
                self.company.id,
                list(codes - {""}),
                list(spellings),
            )
        ):
            by_code[code] = partner
            by_number.setdefault(spelling, set()).add(partner)
        return by_code, by_number

    def _get_spellings(self, number):
        if not number:
            return set()
        people = self.env["mlm.distributor"]
        key = people._get_document_key(number, self.company)
        return {self._strip(number), *people._get_document_spellings(key, self.company)}

    def _strip(self, number):
        return "".join(one for one in number.upper() if one.isalnum())

    def _identifier(self, line, cells, key, say=True):
        """Return a code or number as it was meant; empty where it cannot be known."""
        value = cells.get(key)
        if value is None or isinstance(value, Formula):
            return self._text(line, cells, key) if say else ""
        try:
            return parse_identifier(value, grouped=key == "document_number")
        except ValueError:
            message = self.env._(
                "This number hides digits, or can be read as two. Format the column as text, and"
                " write all its digits."
            )
        if say:
            self.add(line, key, value, message)
        return ""

    def _find_person(self, line, cells, people):
        """Return the id of the contact of a line, None where nobody or several are meant."""
        _ = self.env._
        by_code, by_number = people
        code = self._identifier(line, cells, "code")
        number = self._identifier(line, cells, "document_number")
        if not code and not number:
            if not any(one["line"] == line for one in self.problems[-9:]):
                self.add(line, "code", "", _("Write the code of the person, or the document."))
            return None
        if code and code not in by_code:
            self.add(line, "code", code, _("Nobody in the company has this code."))
            return None
        if not number:
            return by_code[code]
        exact = by_number.get(self._strip(number), set())
        spelled = exact or set().union(
            *(by_number.get(one, set()) for one in self._get_spellings(number))
        )
        if code and by_code[code] not in spelled:
            message = _("The person with the code %s has another document number.", code)
            self.add(line, "document_number", number, message)
            return None
        if code:
            return by_code[code]
        if len(spelled) == 1:
            return next(iter(spelled))
        message = (
            _("Several people may have this number. Write the code of the person as well.")
            if spelled
            else _("Nobody in the company has this document number.")
        )
        self.add(line, "document_number", number, message)
        return None

    # -- together ----------------------------------------------------------------

    def _examine_together(self, rows):
        """What a line says against the others, against profiles that exist, and in itself."""
        _ = self.env._
        partners = self.env["res.partner"].browse(
            row["partner_id"] for _line, row in rows if row["partner_id"]
        )
        # one statement for all: each line looks at the document of its person
        partners.fetch(["name", "vat", "l10n_latam_identification_type_id"])
        taken, begun = self._get_existing(partners)
        own = self.env.user.partner_id | self.env["mlm.asked"]._get_own_memberships().partner_id
        seen = {}
        for line, row in rows:
            partner = row["partner_id"]
            if not partner:
                continue
            first = seen.setdefault(partner, line)
            message = None
            if first != line:
                message = _("Line %s is about the same person.", first)
            elif partner in own.ids:
                message = _("This profile is your own. Somebody else has to enter it.")
            elif partner in taken:
                message = _("The person already has a profile to confirm. Change that one.")
            elif partner in begun and row["date_from"] and row["date_from"] <= begun[partner]:
                message = _(
                    "The person has a confirmed profile from %s on. Begin after that day.",
                    Formats(self.env).day(begun[partner]),
                )
            if message:
                self.add(line, "code", partners.browse(partner).display_name, message)
            self._examine_content(line, row)

    def _get_existing(self, partners):
        """Return ``({partner ids with a draft}, {partner id: first day of the last confirmed})``."""
        self.Profile.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id, state, max(date_from) FROM mlm_co_profile
                    WHERE company_id = %s AND partner_id = ANY(%s) GROUP BY 1, 2""",
                self.company.id,
                partners.ids,
            )
        )
        drafts = {partner for partner, state, _day in rows if state == "draft"}
        return drafts, {partner: day for partner, state, day in rows if state != "draft"}

    def _examine_content(self, line, row):
        if not row["person"]:
            return
        profile = self.Profile.new({**row, "date_from": row["date_from"] or fields.Date.today()})
        try:
            profile._check_agrees()
        except ValidationError as error:
            self.add(line, "person", "", error.args[0])
            return
        blocker = profile._get_blocker()
        for message in profile._get_warnings():
            severity = "error" if message == blocker else "warning"
            self.add(line, "person", "", message, severity)
