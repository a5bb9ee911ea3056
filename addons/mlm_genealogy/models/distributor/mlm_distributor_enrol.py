from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from .mlm_distributor import ENROLLED, SERVER_KEYS

# keys of `_enrol` that are neither fields of the distributor nor of the person
_OWN_KEYS = {
    "sponsor_code",
    "placement",
    "reason",
    "accepted_duplicates",
    "document_type",
    *SERVER_KEYS,
}
_SEQUENCE = "mlm.distributor"
# rows from which the planner's statistics are renewed at once
_BULK = 1000


class MlmDistributor(models.Model):
    """Enrolment, of one person or of a hundred thousand, by one path."""

    _inherit = "mlm.distributor"

    def _enrol(self, vals_list):
        """Enrol people: persons, memberships, links, history and placements.

        Each dict of ``vals_list`` holds

        - ``partner_id``, or ``name`` and other fields of the person to create
          (email, phone, vat, street, city, lang …);
        - optional ``document_type``: key of `document.TYPES`, which says what ``vat`` is;
          without it the type of the contact, or the usual one of the company's country;
        - ``sponsor_id``, or ``sponsor_code``, which may be the code of somebody in
          the same list, in any order; neither for a root;
        - optional ``code``, ``company_id``, ``kind``, ``joined_at`` (naive UTC),
          ``is_root``, ``reason`` and other fields of the distributor;
        - optional ``accepted_duplicates``: true where those whom `_find_duplicates` finds
          are somebody else, for which ``reason`` says why;
        - ``acceptance``, where texts are in force: what the person accepted, as
          ``{"contracts": mlm.contract, "channel": …}`` with optional ``document``, ``ip``,
          ``lang`` and ``accepted_at`` (naive UTC), or ``"later"``;
        - optional ``examined``: the caller looked for duplicates in this transaction;
        - optional ``placement``: see `mlm.position._place_many` (without the
          distributor), or ``{}`` with a root for the head of the tree. Without it the
          person waits in the holding tank.

        :return: the distributors, in the order of ``vals_list``
        :raise UserError: something is not possible; nothing is written then
        """
        if not vals_list:
            return self.browse()
        self.check_access("create")
        now = fields.Datetime.now()
        rows = [self._prepare_enrolment(vals, now) for vals in vals_list]
        self._ensure_enrolment_rules(rows)
        self._assign_partners(rows)
        self._assign_codes(rows)
        order = self._resolve_sponsors(rows)
        self._ensure_sponsors_first(rows)
        records = self._create_enrolled(rows, order)
        self._record_enrolments(records, rows)
        self._place_enrolled(records, rows, order)
        records._accept_enrolled(rows)
        if len(rows) >= _BULK:
            self.env.cr.execute(
                "ANALYZE mlm_distributor, mlm_position, mlm_link, mlm_genealogy_event"
            )
        return records

    def _prepare_enrolment(self, vals, now):
        """Split ``vals`` into what is of the distributor and what is of the person."""
        own, person = {}, {}
        row = {"own": own, "person": person, "anchor": None, "sponsor_row": None}
        refused = self._get_guarded() - ENROLLED
        partner_fields = self.env["res.partner"]._fields
        for key, value in vals.items():
            if key in _OWN_KEYS:
                row[key] = value
            elif key in refused:
                raise UserError(self._get_guarded_message([key]))
            elif key in self._fields and not self._fields[key].related:
                own[key] = value
            elif key in partner_fields:
                person[key] = value
            else:
                raise UserError(self.env._("Enrolment has no field “%s”.", key))
        own.setdefault("company_id", self.env.company.id)
        # sudo: in which network a company works is no secret
        company = self.env["res.company"].browse(own["company_id"])
        own["network_id"] = company.sudo().mlm_network_id.id
        own["joined_at"] = fields.Datetime.to_datetime(own.get("joined_at") or now)
        self._prepare_document(row)
        return row

    def _assign_partners(self, rows):
        Partner = self.env["res.partner"]
        new = [row for row in rows if not row["own"].get("partner_id")]
        for row in new:
            if not row["person"].get("name"):
                raise UserError(self.env._("Enrolment needs a person or a name."))
        # numbers were checked by their own type, which for one of them is a NIT's check;
        # what we know no type of is left to the check of the country
        checked = all(row.get("document_type") != "other" for row in rows)
        Partner = Partner.with_context(no_vat_validation=checked)
        partners = Partner.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        ).create([row["person"] for row in new])
        for row, partner in zip(new, partners, strict=True):
            row["own"]["partner_id"] = partner.id
            row["person"] = {}
        for row in rows:
            if row["person"]:
                Partner.browse(row["own"]["partner_id"]).write(row["person"])

    def _assign_codes(self, rows):
        by_network = defaultdict(list)
        for row in rows:
            by_network[row["own"]["network_id"]].append(row)
        for network_id, network_rows in by_network.items():
            network = self.env["mlm.network"].browse(network_id)
            given = [row["own"]["code"] for row in network_rows if row["own"].get("code")]
            if len(set(given)) < len(given):
                twice = next(code for code in given if given.count(code) > 1)
                raise UserError(self.env._("The code %s occurs twice.", twice))
            without = [row for row in network_rows if not row["own"].get("code")]
            codes = self._next_codes(network, len(without), taken=set(given))
            for row, code in zip(without, codes, strict=True):
                row["own"]["code"] = code

    def _next_codes(self, network, count, taken=()):
        """Return ``count`` unused codes of the network's sequence."""
        codes = []
        if not count:
            return codes
        sequence = self._get_code_sequence(network)
        while len(codes) < count:
            fresh = [sequence.next_by_id() for __ in range(count - len(codes))]
            # a code given explicitly at an import may be ahead of the sequence;
            # sudo: codes of people whom the user may not see are taken too
            used = self.sudo().search_fetch(
                [("network_id", "=", network.id), ("code", "in", fresh)], ["code"]
            )
            blocked = set(used.mapped("code")) | set(taken)
            codes += [code for code in fresh if code not in blocked]
        return codes

    def _get_code_sequence(self, network):
        # sudo: drawing a number needs no right on the settings of the sequence
        Sequence = self.env["ir.sequence"].sudo()
        # one for all companies of a network: that of the company which it began with
        companies = network.sudo().company_ids
        sequence = Sequence.search(
            [("code", "=", _SEQUENCE), ("company_id", "in", companies.ids)],
            order="company_id, id",
            limit=1,
        )
        return sequence or Sequence.create(
            {
                "name": self.env._("Distributor Codes"),
                "code": _SEQUENCE,
                "padding": 6,
                "company_id": companies.sorted("id")[:1].id,
            }
        )

    def _resolve_sponsors(self, rows):
        """Find each row's sponsor and return the indexes in the order of the tree.

        Sets ``sponsor_row`` (index in the batch) or ``own["sponsor_id"]``, and as
        ``anchor`` the nearest sponsor above who exists already.
        """
        index_of = {
            (row["own"]["network_id"], row["own"]["code"]): index for index, row in enumerate(rows)
        }
        graph = {}
        unknown = defaultdict(list)
        for index, row in enumerate(rows):
            code = row.get("sponsor_code")
            graph[index] = ()
            if row["own"].get("sponsor_id") or not code:
                continue
            row["sponsor_row"] = index_of.get((row["own"]["network_id"], code))
            if row["sponsor_row"] is None:
                unknown[(row["own"]["network_id"], code)].append(row)
            else:
                graph[index] = (row["sponsor_row"],)
        for (network_id, code), waiting in unknown.items():
            sponsor = self.search([("network_id", "=", network_id), ("code", "=", code)], limit=1)
            if not sponsor:
                raise UserError(self.env._("There is no sponsor with code %s.", code))
            for row in waiting:
                row["own"]["sponsor_id"] = sponsor.id
        try:
            order = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            codes = " → ".join(rows[index]["own"]["code"] for index in error.args[1])
            raise UserError(
                self.env._("These people would sponsor each other: %s", codes)
            ) from error
        for index in order:
            row = rows[index]
            above = row["sponsor_row"]
            row["anchor"] = row["own"].get("sponsor_id") if above is None else rows[above]["anchor"]
        return order

    def _ensure_sponsors_first(self, rows):
        """Nobody is sponsored before the sponsor joined: the past would have a hole."""
        above = {row["own"]["sponsor_id"] for row in rows if row["own"].get("sponsor_id")}
        sponsors = self.browse(above)
        since = {sponsor.id: sponsor._get_member_since() for sponsor in sponsors}
        for row in rows:
            joined = row["own"]["joined_at"]
            if row["sponsor_row"] is not None:
                sponsor = rows[row["sponsor_row"]]["own"]
                code, start = sponsor["code"], sponsor["joined_at"]
            elif row["own"].get("sponsor_id"):
                sponsor = self.browse(row["own"]["sponsor_id"])
                code, start = sponsor.code, since[sponsor.id]
            else:
                continue
            if joined < start:
                network = self.env["mlm.network"].browse(row["own"]["network_id"])
                raise UserError(
                    self.env._(
                        "%(code)s would have joined on %(joined)s, before the sponsor "
                        "%(sponsor)s, who has been in the network since %(since)s.",
                        code=row["own"]["code"],
                        joined=network._local_text(joined),
                        sponsor=code,
                        since=network._local_text(start),
                    )
                )

    def _create_enrolled(self, rows, order):
        """Create the records, with the sponsors of the same batch set afterwards."""
        anchors = self.browse({row["anchor"] for row in rows if row["anchor"]})
        self._ensure_same_network(rows)
        anchors._ensure_can_sponsor()
        anchors._bump_sponsor_version()
        creator = as_internal(self).with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        ids = [None] * len(rows)
        later = {}
        # roots of the batch come first, as the anchors of those below them
        roots = [i for i in order if not rows[i]["anchor"] and rows[i]["sponsor_row"] is None]
        self._create_rows(creator, rows, roots, ids)
        for index in order:
            row = rows[index]
            if row["sponsor_row"] is None:
                row["head"] = ids[index] or row["anchor"]
            else:
                row["head"] = rows[row["sponsor_row"]]["head"]
                row["own"]["sponsor_id"] = row["head"]
        others = [index for index in order if ids[index] is None]
        self._create_rows(creator, rows, others, ids)
        for index in others:
            above = rows[index]["sponsor_row"]
            if above is not None:
                rows[index]["own"]["sponsor_id"] = ids[above]
                if ids[above] != rows[index]["head"]:
                    later[ids[index]] = ids[above]
        self._store_batch_sponsors(later)
        self.browse(later)._check_sponsor_kind()
        return self.browse(ids)

    def _ensure_same_network(self, rows):
        for row in rows:
            # sudo: said of somebody whom the caller named by id
            sponsor = self.sudo().browse(row["own"].get("sponsor_id"))
            if sponsor and sponsor.network_id.id != row["own"]["network_id"]:
                raise UserError(
                    self.env._(
                        "The sponsor of %(name)s belongs to another network. Choose one of the"
                        " network of %(company)s.",
                        name=self._get_enrolled_name(row),
                        company=self.env["res.company"].browse(row["own"]["company_id"]).name,
                    )
                )

    def _create_rows(self, creator, rows, indexes, ids):
        # what the check of each row looks at, read at once
        partner_ids = [rows[index]["own"]["partner_id"] for index in indexes]
        self.env["res.partner"].browse(partner_ids).check_access("read")
        created = creator.create([rows[index]["own"] for index in indexes])
        created.flush_recordset()
        for index, record in zip(indexes, created, strict=True):
            ids[index] = record.id

    def _record_enrolments(self, records, rows):
        codes = self._get_codes(row["own"].get("sponsor_id") for row in rows)
        links, holders, events = [], [], []
        for record, row in zip(records, rows, strict=True):
            own = row["own"]
            sponsor_id = own.get("sponsor_id") or False
            links.append(
                {
                    "company_id": own["company_id"],
                    "network_id": own["network_id"],
                    "distributor_id": record.id,
                    "parent_distributor_id": sponsor_id,
                    "valid_from": own["joined_at"],
                }
            )
            holders.append(
                {
                    "company_id": own["company_id"],
                    "network_id": own["network_id"],
                    "distributor_id": record.id,
                    "partner_id": own["partner_id"],
                    "role": "holder",
                    "valid_from": own["joined_at"],
                }
            )
            events.append(
                {
                    "kind": "enrolled",
                    "company_id": own["company_id"],
                    "network_id": own["network_id"],
                    "distributor_id": record.id,
                    "effective_at": own["joined_at"],
                    "reason": row.get("reason"),
                    "after": {
                        "code": own["code"],
                        "kind": own.get("kind") or "distributor",
                        "sponsor_id": sponsor_id,
                        "sponsor": codes.get(sponsor_id, False),
                    },
                }
            )
        # sudo: links and events are written by the enrolment only
        opened = as_internal(self.env["mlm.genealogy.event"].sudo()).create(events)
        for link, holder, event in zip(links, holders, opened, strict=True):
            link["event_id"] = holder["event_id"] = event.id
        # sudo: as for the events
        as_internal(self.env["mlm.link"].sudo()).create(links)
        as_internal(self.env["mlm.holder"].sudo()).create(holders)
        for record, row, event in zip(records, rows, opened, strict=True):
            if row.get("accepted_duplicates"):
                record._accept_duplicates(row["accepted_duplicates"], row.get("reason"), event)

    def _get_codes(self, ids):
        rows = self.env.execute_query(
            SQL(
                "SELECT id, code FROM mlm_distributor WHERE id = ANY(%s)",
                sorted({id_ for id_ in ids if id_}),
            )
        )
        return dict(rows)

    def _placement_order(self, rows, order):
        """Rows with a placement: sponsors first, and whoever is named as the position
        above before the person below, wherever both are in the sponsor tree."""
        index_of = {
            (row["own"]["network_id"], row["own"]["code"]): index for index, row in enumerate(rows)
        }
        done, found = set(), []
        for index in order:
            chain = []
            while index is not None and index not in done:
                done.add(index)
                chain.append(index)
                row = rows[index]
                placement = row.get("placement") or {}
                above = (row["own"]["network_id"], placement.get("parent_code"))
                index = row["sponsor_row"] if placement.get("strategy") else index_of.get(above)
            found += reversed(chain)
        return [index for index in found if rows[index].get("placement") is not None]

    def _place_enrolled(self, records, rows, order):
        placements = []
        for index in self._placement_order(rows, order):
            placement = rows[index]["placement"]
            placements.append(
                {
                    **placement,
                    "distributor": records[index],
                    "earliest": rows[index]["own"]["joined_at"],
                }
            )
        self.env["mlm.position"]._place_many(placements)
