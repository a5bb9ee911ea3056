"""All lines of a file together, and with the network that exists."""

from odoo.tools import SQL

#: fields of `_find_duplicates` that make a person the same, and those that only may
_SAME, _MAYBE = "vat", {"email": "email", "phone": "phone"}


class Relations:
    """Duplicates, sponsors and spots. Completes the rows and adds what is wrong."""

    def __init__(self, record, rows, add):
        self.record = record
        self.env = record.env
        self.company = record.company_id
        self.network = self.company.mlm_network_id
        self.tree = record.tree_id
        self.rows = rows
        self.add = add
        self.by_code = {}

    def examine(self):
        self._codes()
        self._duplicates()
        self._sponsors()
        self._cycles(
            lambda row: row["sponsor_code"],
            "sponsor_code",
            self.env._("These people would sponsor each other: %s. Correct one of the sponsors."),
        )
        self._moments()
        self._spots()
        self._cycles(
            lambda row: (row["placement"] or {}).get("parent_code"),
            "placement_code",
            self.env._("These people would be below each other: %s. Correct one of the spots."),
        )

    def _known(self, codes):
        """Return ``{code: values}`` of the distributors who have these codes."""
        rows = self.env.execute_query(
            SQL(
                "SELECT code, id, kind, state, joined_at FROM mlm_distributor"
                " WHERE network_id = %s AND code = ANY(%s)",
                self.network.id,
                list(codes),
            )
        )
        return {
            row[0]: dict(zip(("id", "kind", "state", "joined_at"), row[1:], strict=True))
            for row in rows
        }

    def _codes(self):
        _ = self.env._
        known = self._known({row["code"] for row in self.rows if row["code"]})
        for row in self.rows:
            code = row["code"]
            if not code:
                continue
            first = self.by_code.setdefault(code, row)
            if first is not row:
                self.add(
                    row["line"],
                    "code",
                    code,
                    _("Line %s has the same code. A code belongs to one person.", first["line"]),
                )
            if code in known:
                self.add(
                    row["line"],
                    "code",
                    code,
                    _(
                        "Somebody in the network already has this code. Remove the line, or use "
                        "another code."
                    ),
                )

    def _duplicates(self):
        Distributor = self.env["mlm.distributor"]
        values = [
            {name: row["person"].get(name) for name in ("vat", "document_type", "email", "phone")}
            for row in self.rows
        ]
        found = Distributor._find_duplicates(values, self.company)
        members = {match["distributor_id"] for matches in found for match in matches}
        codes = Distributor._get_codes(members)
        # sudo: whose document it is, is told at home only
        known = Distributor.sudo().browse(one for one in members if one)
        elsewhere = self.env._("of another company of the network")
        codes.update((one.id, elsewhere) for one in known if not one.sudo(False)._is_home())
        for row, matches in zip(self.rows, found, strict=True):
            for match in matches:
                self._duplicate(row, match, codes)

    def _duplicate(self, row, match, codes):
        _ = self.env._
        same = _SAME in match["fields"]
        name = next((one for one in match["fields"] if one in _MAYBE), None)
        column = "document_number" if same else _MAYBE.get(name)
        value = row["person"].get("vat" if same else name) if column else ""
        other = match["row"]
        if other is not None:
            line = self.rows[other]["line"]
            if same:
                message = _("Line %s has the same document number. Enrol each person once.", line)
                self.add(row["line"], column, value, message)
            else:
                message = _(
                    "Line %s has the same: make sure that they are two different people.", line
                )
                self.add(row["line"], column, value, message, "warning")
        elif match["distributor_id"]:
            code = codes.get(match["distributor_id"], "")
            if same:
                message = _(
                    "Distributor %s has this document number. Remove the line, or correct the"
                    " number.",
                    code,
                )
                self.add(row["line"], column, value, message)
            else:
                message = _(
                    "Distributor %s has the same: make sure that they are two different people.",
                    code,
                )
                self.add(row["line"], column, value, message, "warning")
        elif same and not row.get("partner_id"):
            row["partner_id"] = match["partner_id"]
            message = _(
                "A contact with this document number exists, and will be enrolled as it is."
            )
            self.add(row["line"], column, value, message, "warning")

    def _sponsors(self):
        _ = self.env._
        wanted = {row["sponsor_code"] for row in self.rows} - set(self.by_code)
        self.known = self._known(wanted)
        has_root = bool(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM mlm_distributor WHERE network_id = %s"
                    " AND sponsor_id IS NULL AND is_root IS NOT TRUE LIMIT 1",
                    self.network.id,
                )
            )
        )
        root = None
        for row in self.rows:
            code = row["sponsor_code"]
            if row["unknown_sponsor"] or row["is_root"]:
                if row["is_root"] and row["kind"] != "distributor":
                    self._refuse(row, _("Only a distributor can be without a sponsor."))
                continue
            if not code:
                if has_root or root:
                    self._refuse(
                        row,
                        _(
                            "The sponsor is missing: only one person heads the network. Write a "
                            "minus sign (-) for somebody who heads a tree of their own."
                        ),
                    )
                elif row["kind"] != "distributor":
                    self._refuse(row, _("Only a distributor can be without a sponsor."))
                else:
                    root = row
                continue
            self._sponsor(row, code)

    def _refuse(self, row, message):
        self.add(row["line"], "sponsor_code", row["sponsor_code"], message)

    def _sponsor(self, row, code):
        _ = self.env._
        above = self.by_code.get(code) or self.known.get(code)
        if not above:
            self._refuse(
                row,
                _(
                    "Nobody in this file or in the network has the code %s. Correct it, or add"
                    " the sponsor to the file.",
                    code,
                ),
            )
        elif above is row:
            self._refuse(row, _("People cannot sponsor themselves."))
        elif above["kind"] == "customer":
            self._refuse(
                row, _("%s is a customer and cannot sponsor anybody. Choose a distributor.", code)
            )
        elif above.get("state") == "terminated":
            self._refuse(row, _("%s has left the network. Choose somebody else as sponsor.", code))

    def _cycles(self, above_of, column, message):
        """Report each circle once on each of its lines; members leave it for later checks."""
        state = {}
        for row in self.rows:
            path = []
            while row is not None and id(row) not in state:
                state[id(row)] = "open"
                path.append(row)
                row = self.by_code.get(above_of(row) or "")
            if row is not None and state[id(row)] == "open" and len(path) > 1:
                start = next((i for i, one in enumerate(path) if one is row), None)
                if start is not None and path[start:][1:]:
                    circle = path[start:]
                    shown = " → ".join(one["code"] for one in [*circle[:10], circle[0]])
                    for one in circle:
                        one["circle"] = True
                        self.add(one["line"], column, above_of(one), message % shown)
            for one in path:
                state[id(one)] = "done"

    def _moments(self):
        """Nobody joins before the sponsor; on the same day the sponsor comes first."""
        now = self.env.cr.now().replace(microsecond=0)
        local = self.network._local_date
        done = set()
        for row in self.rows:
            path = []
            while row is not None and id(row) not in done and not row.get("circle"):
                done.add(id(row))
                path.append(row)
                row = self.by_code.get(row["sponsor_code"] or "")
            for one in reversed(path):
                above = self.by_code.get(one["sponsor_code"]) or self.known.get(one["sponsor_code"])
                since = above and above.get("joined_at")
                if one["joined_at"] is None:
                    one["joined_at"] = now
                if not since or since <= one["joined_at"]:
                    continue
                if local(since) == local(one["joined_at"]):
                    one["joined_at"] = since
                    continue
                self.add(
                    one["line"],
                    "joined_on",
                    local(one["joined_at"]),
                    self.env._(
                        "The sponsor %(code)s joined on %(date)s, later than this person."
                        " Correct one of the dates.",
                        code=one["sponsor_code"],
                        date=local(since),
                    ),
                )

    def _spots(self):
        _ = self.env._
        placed = [row for row in self.rows if row["placement"] is not None]
        if placed and not self.tree:
            row = placed[0]
            self.add(
                row["line"],
                "leg",
                "",
                _("Choose the placement tree of the import: this and later lines name spots."),
            )
            return
        wanted = {row["placement"].get("parent_code") or row["sponsor_code"] for row in placed}
        positions = self._positions(wanted)
        taken = {}
        for row in placed:
            self._spot(row, positions, taken)

    def _positions(self, codes):
        """Return ``{code: taken spots}`` of the positions that have these codes."""
        rows = self.env.execute_query(
            SQL(
                """SELECT node.code, array_agg(below.slot) FROM mlm_position node
                     LEFT JOIN mlm_position below ON below.parent_id = node.id
                    WHERE node.tree_id = %s AND node.code = ANY(%s)
                 GROUP BY node.code""",
                self.tree.id,
                [code for code in codes if code],
            )
        )
        head = self.env["mlm.position"].search_count(
            [("tree_id", "=", self.tree.id), ("parent_id", "=", False)], limit=1
        )
        self.head_taken = bool(head)
        legs = {1: "left", 2: "right"} if self.tree.kind == "binary" else {}
        return {code: {legs.get(spot, spot) for spot in spots} for code, spots in rows}

    def _spot(self, row, positions, taken):
        _ = self.env._
        placement, line = row["placement"], row["line"]
        if row["kind"] == "customer":
            self.add(line, "leg", "", _("A customer cannot hold a position. Clear the spot."))
            return
        above = placement.get("parent_code")
        spot = placement.get("leg") or placement.get("slot")
        if not above and not placement.get("strategy"):
            if self.head_taken or "head" in taken:
                self.add(
                    line, "leg", "", _("The tree already has a head. Name a spot below somebody.")
                )
            taken.setdefault("head", line)
            return
        if not above:
            sponsor = self.by_code.get(row["sponsor_code"])
            placed = (
                sponsor["placement"] is not None if sponsor else row["sponsor_code"] in positions
            )
            if not placed:
                self.add(
                    line,
                    "leg",
                    placement["strategy"],
                    _(
                        "The sponsor %s has no position. Give the sponsor a spot, or clear this"
                        " one.",
                        row["sponsor_code"] or "-",
                    ),
                )
            return
        owner = self.by_code.get(above)
        if above == row["code"]:
            self.add(line, "placement_code", above, _("Nobody is below their own position."))
        elif owner is not None and owner["placement"] is None:
            self.add(
                line,
                "placement_code",
                above,
                _("%s has no spot in this file. Give one, or choose another position.", above),
            )
        elif owner is None and above not in positions:
            self.add(
                line,
                "placement_code",
                above,
                _("The tree has no position %s. Correct the code, or clear the spot.", above),
            )
        elif spot in positions.get(above, ()):
            self.add(
                line,
                "leg",
                spot,
                _(
                    "Somebody in the network is already on this spot below %s. Choose another.",
                    above,
                ),
            )
        first = taken.setdefault((above, spot), line)
        if first != line:
            self.add(
                line,
                "leg",
                spot,
                _("Line %s names the same spot. Only one person fits on a spot.", first),
            )
