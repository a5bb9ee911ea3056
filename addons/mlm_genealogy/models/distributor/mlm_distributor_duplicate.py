import re
from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, email_normalize

from odoo.addons.base.models.res_bank import sanitize_account_number
from odoo.addons.mlm_base.internal import as_internal

from ... import document
from .mlm_distributor_departure import PLACEMENTS

# what may show that two contacts are one person, the strongest first
DUPLICATE_FIELDS = ("vat", "email", "phone", "bank")
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SHORTEST_PHONE = 6
_SHORTEST_NATIONAL = 8


def _strip_document(number):
    return re.sub(r"[^0-9A-Za-z]+", "", number or "").upper()


def _normalize_email(email):
    """Return what `email_normalize` returns, at once for an ordinary address."""
    email = (email or "").strip()
    if _PLAIN_EMAIL.fullmatch(email):
        return email.lower()
    return email_normalize(email, strict=False)


def _digits(number):
    return re.sub(r"\D+", "", number or "")


class MlmDistributor(models.Model):
    """Who is known already under another name: found before somebody is enrolled twice, and
    merged afterwards, so that one membership goes on and the other one ends.
    """

    _inherit = "mlm.distributor"

    def _find_duplicates(self, values_list, company=None):
        """Find contacts and memberships that may be the same people, in bulk.

        One method for one person in a wizard and for a hundred thousand of an import;
        each comparison is one query over an index.

        :param list values_list: dicts with any of ``vat``, ``document_type`` (what it is,
            key of `document.TYPES`), ``email``, ``phone``, ``bank`` (an account number or a list of them) and ``partner_id`` (the
            person's own contact, which is no duplicate of itself)
        :param company: `res.company`, by default the current one
        :return: for each dict a list of matches, the strongest first:
            ``{"fields": ["vat", "email", …], "partner_id": id or False,
            "distributor_id": id of the membership in its network or False,
            "row": index of an earlier dict of the list, or None}``
        """
        company = company or self.env.company
        keys = [self._get_duplicate_keys(values, company) for values in values_list]
        kinds = [values.get("document_type") for values in values_list]
        found = [defaultdict(list) for __ in values_list]
        for name in DUPLICATE_FIELDS:
            self._match_known(name, keys, found, company, kinds)
            self._match_rows(name, keys, found, kinds)
        own = [values.get("partner_id") for values in values_list]
        members = self._get_members_by_partner(found, company)
        return [
            [
                {
                    "fields": names,
                    "partner_id": target if kind == "partner" else False,
                    "distributor_id": members.get(target, False) if kind == "partner" else False,
                    "row": target if kind == "row" else None,
                }
                for (kind, target), names in matches.items()
                if kind == "row" or target != own_id
            ]
            for own_id, matches in zip(own, found, strict=True)
        ]

    def _get_duplicate_keys(self, values, company):
        """Return the canonical forms to compare: ``{field: {form: …}}``."""
        keys = {
            "vat": {
                self._get_document_key(values.get("vat"), company, values.get("document_type"))
            },
            "email": {_normalize_email(values.get("email"))},
            "phone": {self._get_phone_key(values.get("phone"), company)},
        }
        numbers = values.get("bank") or []
        numbers = [numbers] if isinstance(numbers, str) else numbers
        keys["bank"] = {sanitize_account_number(number) for number in numbers}
        return {name: forms - {False, None, ""} for name, forms in keys.items()}

    def _get_document_key(self, number, company, kind=None):
        """Return the form in which two document numbers are compared.

        :param kind: key of `document.TYPES`; without it the number tells nothing of its type
        """
        return document.key(kind, number) if kind and number else _strip_document(number)

    def _get_document_spellings(self, key, company):
        """Return every stripped spelling under which a contact may hold ``key``."""
        return {key}

    def _get_phone_key(self, number, company):
        """Return the national digits, or all of them for a number from abroad."""
        digits = _digits(number).removeprefix("00")
        if len(digits) < _SHORTEST_PHONE:
            return ""
        code = str(company.country_id.phone_code or "")
        national = digits.removeprefix(code)
        return national if len(national) >= _SHORTEST_NATIONAL else digits

    def _get_phone_spellings(self, key, company):
        code = str(company.country_id.phone_code or "")
        return {key, f"00{key}", f"{code}{key}", f"00{code}{key}"}

    def _match_known(self, name, keys, found, company, kinds):
        """Compare with the contacts that exist, of this company or of none."""
        spell = {"vat": self._get_document_spellings, "phone": self._get_phone_spellings}.get(name)
        wanted = [
            (index, key, spelling)
            for index, forms in enumerate(keys)
            for key in forms[name]
            for spelling in (spell(key, company) if spell else {key})
        ]
        if not wanted:
            return
        self.env["res.partner"].flush_model()
        self.env["res.partner.bank"].flush_model()
        sources = {
            "vat": SQL(
                "SELECT id AS partner_id, vat AS value, %s AS kind,"
                " upper(regexp_replace(vat, '[^0-9A-Za-z]+', '', 'g')) AS spelling"
                " FROM res_partner WHERE vat IS NOT NULL",
                self._get_document_type_sql("res_partner"),
            ),
            "email": SQL(
                "SELECT id AS partner_id, email_normalized AS value, NULL AS kind,"
                " email_normalized AS spelling"
                " FROM res_partner WHERE email_normalized IS NOT NULL"
            ),
            "phone": SQL(
                "SELECT id AS partner_id, phone AS value, NULL AS kind,"
                " regexp_replace(phone, '[^0-9]+', '', 'g') AS spelling"
                " FROM res_partner WHERE phone IS NOT NULL"
            ),
            "bank": SQL(
                "SELECT partner_id, sanitized_acc_number AS value, NULL AS kind,"
                " sanitized_acc_number AS spelling FROM res_partner_bank"
            ),
        }
        # contacts that the user may not see count too: the answer holds ids only
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT wanted.index, wanted.key, known.partner_id, known.value,
                       known.kind
                  FROM unnest(%s::int[], %s::text[], %s::text[])
                       AS wanted(index, key, spelling)
                  JOIN (%s) known ON known.spelling = wanted.spelling
                  JOIN res_partner partner ON partner.id = known.partner_id
                 WHERE (partner.company_id IS NULL OR partner.company_id = %s)
                   AND (coalesce(partner.type, 'contact') = 'contact' OR EXISTS (
                        SELECT FROM mlm_distributor WHERE partner_id = partner.id))
                 ORDER BY 1, 3
                """,
                *([item[column] for item in wanted] for column in range(3)),
                sources[name],
                company.id,
            )
        )
        for index, key, partner_id, value, kind in rows:
            names = found[index]["partner", partner_id]
            if name == "vat":
                same = document.may_be_one(kinds[index], kind) and key == self._get_document_key(
                    value, company, kind
                )
            else:
                same = name != "phone" or self._get_phone_key(value, company) == key
            if same and name not in names:
                names.append(name)
            if not names:
                del found[index]["partner", partner_id]

    def _match_rows(self, name, keys, found, kinds):
        """Compare with the earlier rows of the same list."""
        first = {}
        for index, forms in enumerate(keys):
            for key in sorted(forms[name]):
                known = first.setdefault(key, [])
                earlier = next(
                    (
                        one
                        for one in known
                        if name != "vat" or document.may_be_one(kinds[one], kinds[index])
                    ),
                    None,
                )
                if earlier is None:
                    known.append(index)
                elif name not in found[index]["row", earlier]:
                    found[index]["row", earlier].append(name)

    def _get_members_by_partner(self, found, company):
        partners = sorted(
            {target for matches in found for kind, target in matches if kind == "partner"}
        )
        # sudo: of which network the company is, nothing else
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, id FROM mlm_distributor"
                " WHERE network_id = %s AND partner_id = ANY(%s)",
                company.sudo().mlm_network_id.id,
                partners,
            )
        )
        return dict(rows)

    def _accept_duplicates(self, matches, reason, cause=None):
        """Put on record that this person is not the one found by `_find_duplicates`.

        A bank account that two people share is accepted in the same way.

        :param list matches: what `_find_duplicates` returned for this person
        :param str reason: why it is somebody else, required
        :param cause: the event of the enrolment
        :return: the event
        """
        self.ensure_one()
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why %s is somebody else: it goes on record.", self.display_name)
            )
        codes = self._get_codes(match["distributor_id"] for match in matches)
        return self._record_event(
            "duplicate_accepted",
            self.env.cr.now(),
            reason=reason,
            after={
                "matches": [
                    {
                        "fields": match["fields"],
                        "partner_id": match["partner_id"],
                        "distributor_id": match["distributor_id"],
                        "code": codes.get(match["distributor_id"], False),
                    }
                    for match in matches
                ]
            },
            cause=cause,
        )

    def _merge_into(self, survivor, reason, effective=None, placement="closed", document=None):
        """End this second enrolment of a person who goes on as ``survivor``.

        The frontline goes to the survivor where that one is above, so that nobody
        changes the line, and otherwise to the sponsor. Positions become closed spots
        that pass volume through. Ledger and earnings stay where they were made; what
        the contact of this enrolment buys from then on counts for the survivor.

        :param survivor: `mlm.distributor`, who keeps code, sponsor and positions
        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it
        :param str placement: "closed" or "rollup", for the open positions
        :param document: `ir.attachment` that shows why
        :raise UserError: one of the two has left, or heads a tree
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self._ensure_reason(reason)
        if placement not in dict(PLACEMENTS):
            raise ValueError(f"placement {placement!r}")
        self._ensure_mergeable(survivor)
        planned = self._plan_if_later(
            "_merge_into", reason, effective, document, survivor=survivor, placement=placement
        )
        if planned:
            return planned
        moment = self._get_moment(effective)
        (self | self.sponsor_id | survivor)._bump_sponsor_version()
        (self | survivor).invalidate_recordset(["parent_path", "sponsor_id", "state"])
        self._ensure_mergeable(survivor)
        event = self._record_event(
            "merged",
            moment,
            reason=reason,
            before={"code": self.code},
            after={"survivor_id": survivor.id, "survivor": survivor.code},
            document=document,
        )
        if self._get_merge_sponsor(survivor) == survivor:
            frontline = self._get_frontline()
            self._ensure_above_since(survivor, frontline, moment)
            frontline._relink(survivor, moment, event)
            self.invalidate_recordset(["child_ids"])
        self._terminate_one(reason, moment, "merge", placement, document)
        for row in self._get_open_holders().filtered(lambda row: row.role == "co_holder"):
            row._end(max(moment, row.valid_from))
        as_internal(self).write({"merged_into_id": survivor.id})
        self.flush_recordset()
        self.invalidate_recordset(["holder_ids", "co_holder_ids"])
        return event

    def _ensure_mergeable(self, survivor):
        self.ensure_one()
        if not survivor:
            raise UserError(self.env._("Choose the membership that continues."))
        if survivor == self:
            raise UserError(self.env._("Choose another membership: this one ends."))
        if survivor.network_id != self.network_id:
            raise UserError(self.env._("%s belongs to another network.", survivor.display_name))
        if survivor.merged_into_id:
            raise UserError(
                self.env._(
                    "%(name)s was itself merged into %(other)s. Merge into that one.",
                    name=survivor.display_name,
                    other=survivor.merged_into_id.display_name,
                )
            )
        survivor._ensure_state(("active", "suspended", "deceased"))
        self._ensure_terminable()
        frontline = self._get_frontline()
        if frontline and self._get_merge_sponsor(survivor).kind == "customer":
            raise UserError(
                self.env._(
                    "%(survivor)s is a customer and cannot sponsor anybody, but %(name)s "
                    "sponsors people. Promote %(survivor)s first, or merge the other way round.",
                    survivor=survivor.display_name,
                    name=self.display_name,
                )
            )

    def _get_merge_sponsor(self, survivor):
        """Return to whom the frontline goes: nobody ever changes the line."""
        return survivor if survivor.id in self._upline_ids() else self.sponsor_id

    def _ensure_above_since(self, survivor, frontline, moment):
        # sudo: links tell who was above whom, which the message names by code only
        above = set(self.env["mlm.link"].sudo()._upline_since(survivor, moment))
        below = frontline.filtered(lambda person: person.id in above)
        if frontline and (below or survivor.id not in self._upline_ids(moment)):
            raise UserError(
                self.env._(
                    "%(survivor)s was not above %(people)s all the time since %(date)s."
                    " Choose a later date.",
                    survivor=survivor.display_name,
                    people=", ".join((below or frontline)[:5].mapped("code")),
                    date=self.network_id._local_text(moment),
                )
            )

    def action_merge(self):
        return self._open_wizard("mlm.merge.wizard", self.env._("Merge"))
