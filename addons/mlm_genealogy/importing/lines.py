"""One line of a file after the other: values that are wrong by themselves."""

import datetime
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.tools import email_normalize

from odoo.addons.mlm_base.importing.reader import Formula
from odoo.addons.mlm_base.importing.values import Ambiguous, Hidden, parse_day, parse_identifier

from .. import document
from . import columns

_FIRST_YEAR = 1950
_LONGEST_CODE = 32
#: what names somebody or something: as written, no number to compute with
_IDENTIFIERS = {"code", "sponsor_code", "placement_code", "document_number", "phone", "leg"}
_FEWEST_DIGITS = 6


class Lines:
    """Turns cells into what `_enrol` takes, and gathers what is wrong with them."""

    def __init__(self, record):
        self.record = record
        self.env = env = record.env
        self.company = record.company_id
        self.problems = []
        self.document_vals = {}
        self.network = self.company.mlm_network_id
        self.today = self.network._local_date(fields.Datetime.now())
        self.zone = ZoneInfo(self.network.tz)
        self.binary = not record.tree_id or record.tree_id.kind == "binary"
        self.countries = {}
        for country in env["res.country"].search([]):
            for lang in {env.lang or "en_US", "en_US"}:
                self.countries[columns.plain(country.with_context(lang=lang).name)] = country
            self.countries.setdefault(country.code.casefold(), country)
        self.states = {}
        for state in env["res.country.state"].search([]):
            for name in (state.name, state.code):
                self.states.setdefault((state.country_id.id, columns.plain(name)), state.id)
        self.languages = {}
        for code, name in env["res.lang"].get_installed():
            for word in (code, code.split("_")[0], name, name.split(" ")[0]):
                self.languages.setdefault(columns.plain(word), code)
        self.language = self.company.partner_id.lang or env.lang or "en_US"

    def add(self, line, column, value, message, severity="error"):
        self.problems.append(
            {
                "line": line,
                "column": column,
                "value": str(value or "")[:200],
                "message": message,
                "severity": severity,
            }
        )

    def examine(self, line, cells):
        """Return the row of one line; see `Relations` for what is added to it."""
        _ = self.env._
        cells = dict(cells)
        for key, value in cells.items():
            if isinstance(value, Formula):
                self.add(
                    line,
                    key,
                    value,
                    _("The cell holds a formula. Paste its result as a value."),
                )
        formulas = {key for key, value in cells.items() if isinstance(value, Formula)}
        text = {
            key: "" if value is None or key in formulas else str(value).strip()
            for key, value in cells.items()
        }
        for key in _IDENTIFIERS & text.keys():
            text[key] = self._identifier(line, key, cells[key], text[key])
        get = text.get
        row = {
            "line": line,
            "code": get("code", ""),
            "kind": self._kind(line, get("kind", "")),
            "sponsor_code": get("sponsor_code", ""),
            "is_root": get("sponsor_code") == "-",
            "unknown_sponsor": "sponsor_code" in formulas,
            "joined_at": self._joined(line, cells.get("joined_on"), "joined_on" in formulas),
            "placement": None,
            "person": self._person(line, text, formulas),
        }
        if row["is_root"]:
            row["sponsor_code"] = ""
        if len(row["code"]) > _LONGEST_CODE:
            self.add(
                line,
                "code",
                row["code"],
                _("A code has %s characters at most.", _LONGEST_CODE),
            )
        row["placement"] = self._placement(line, get("placement_code", ""), get("leg", ""))
        return row

    def _identifier(self, line, key, value, text):
        """Return a code or number exactly as it was meant, else report it."""
        _ = self.env._
        if not text:
            return ""
        try:
            return parse_identifier(value, grouped=key == "document_number")
        except Hidden:
            message = _(
                "Scientific notation hides digits of this number. Format the column as text in"
                " your spreadsheet program, and write all its digits."
            )
        except Ambiguous:
            message = _("This can be read as two different numbers. Write it without a separator.")
        except ValueError:
            message = _("This is not a document number.")
        self.add(line, key, text, message)
        return text if key in ("code", "sponsor_code", "placement_code") else ""

    def _person(self, line, text, formulas):
        _ = self.env._
        name = text.get("name", "")
        if not name and "name" not in formulas:
            self.add(line, "name", "", _("The name is missing."))
        country = self._country(line, text.get("country", ""))
        person = {
            "name": name,
            "vat": False,
            "email": False,
            "phone": False,
            "street": text.get("street") or False,
            "city": text.get("city") or False,
            "country_id": country.id,
            "state_id": self._state(line, text.get("state", ""), country),
            "lang": self._language(line, text.get("language", "")),
        }
        email = text.get("email")
        if email:
            person["email"] = email_normalize(email)
            if not person["email"]:
                self.add(
                    line, "email", email, _("This is not an e-mail address. Correct or clear it.")
                )
        phone = text.get("phone")
        if phone:
            person["phone"] = phone
            if sum(one.isdigit() for one in phone) < _FEWEST_DIGITS:
                self.add(
                    line, "phone", phone, _("This is not a telephone number. Correct or clear it.")
                )
        person.update(
            self._document(line, text.get("document_type", ""), text.get("document_number", ""))
        )
        return person

    def _document(self, line, kind_text, number):
        _ = self.env._
        kind = False
        if kind_text:
            kind = columns.DOCUMENT_TYPE_KEYS.get(columns.plain(kind_text))
            if not kind:
                self.add(
                    line,
                    "document_type",
                    kind_text,
                    _(
                        "Unknown type of document. Use one of: %s.",
                        ", ".join(columns.DOCUMENT_TYPES),
                    ),
                )
                return {}
        if not number:
            return {}
        kind = document.KEYS.get(kind) or document.default_type(self.company.country_id.code)
        try:
            document.ensure_known_there(kind, self.company.country_id.code)
            number = document.normalise(kind, number)
        except document.DocumentError as error:
            self.add(line, "document_number", number, error.text(self.env))
        if kind not in self.document_vals:
            self.document_vals[kind] = self.env["mlm.distributor"]._get_document_vals(
                kind, self.company
            )
        return {"vat": number, "document_type": kind, **self.document_vals[kind]}

    def _country(self, line, text):
        if not text:
            return self.company.country_id
        country = self.countries.get(columns.plain(text))
        if not country:
            self.add(
                line,
                "country",
                text,
                self.env._("Unknown country. Write its name or its two-letter code."),
            )
        return country or self.env["res.country"]

    def _state(self, line, text, country):
        if not text or not country:
            return False
        found = self.states.get((country.id, columns.plain(text)))
        if not found:
            self.add(
                line,
                "state",
                text,
                self.env._("%s does not have that department. Correct or clear it.", country.name),
            )
        return found or False

    def _language(self, line, text):
        if not text:
            return self.language
        found = self.languages.get(columns.plain(text))
        if not found:
            names = ", ".join(code for code, __ in self.env["res.lang"].get_installed())
            self.add(
                line,
                "language",
                text,
                self.env._("This language is not installed. Use one of: %s.", names),
            )
        return found or self.language

    def _kind(self, line, text):
        if not text:
            return "distributor"
        found = columns.KIND_KEYS.get(columns.plain(text))
        if not found:
            names = ", ".join(
                columns.word(columns.KINDS, kind, self.env.lang) for kind in columns.KINDS
            )
            self.add(
                line, "kind", text, self.env._("Unknown kind of person. Use one of: %s.", names)
            )
        return found or "distributor"

    def _joined(self, line, value, is_formula):
        """Return the moment of joining in naive UTC: the day's beginning, or now."""
        _ = self.env._
        if is_formula or value in (None, ""):
            return None
        day = parse_day(value)
        if not day:
            self.add(
                line,
                "joined_on",
                value,
                _("This is not a date. Write it as 2026-08-31 or 31/08/2026."),
            )
            return None
        if day > self.today or day.year < _FIRST_YEAR:
            self.add(
                line,
                "joined_on",
                value,
                _(
                    "Nobody can have joined on that day: it is in the future or before %s.",
                    _FIRST_YEAR,
                ),
            )
            return None
        local = datetime.datetime.combine(day, datetime.time(), self.zone)
        return local.astimezone(datetime.UTC).replace(tzinfo=None)

    def _placement(self, line, above, leg):
        """Return what `_enrol` takes as placement, None without one."""
        _ = self.env._
        if not above and not leg:
            return None
        key = columns.LEG_KEYS.get(columns.plain(leg)) if leg else None
        if not self.binary and leg.isdigit() and int(leg):
            return {"parent_code": above, "slot": int(leg)}
        if leg and not key:
            self.add(line, "leg", leg, self._legs_message())
            return None
        if above and key not in ("left", "right"):
            self.add(
                line,
                "leg",
                leg,
                _("Choose the leg below %s: left or right.", above)
                if self.binary
                else _("Enter the number of the spot below %s.", above),
            )
            return None
        if above:
            return {"parent_code": above, "leg": key}
        return {} if key == "head" else {"strategy": key}

    def _legs_message(self):
        names = ", ".join(columns.word(columns.LEGS, leg, self.env.lang) for leg in columns.LEGS)
        return self.env._(
            "Unknown spot. Use one of: %s. Leave it empty for the holding tank.", names
        )
