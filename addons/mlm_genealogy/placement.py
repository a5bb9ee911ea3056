"""Placements that are written together."""

from collections import defaultdict

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from .models.position.mlm_position import LEG_SLOTS, SLOT_LEGS


class PlacementBatch:
    """Placements that are written together, as far as nobody has to look at them.

    Rows of one batch refer to each other, so that their ids are drawn first and
    written at once; a chain of 10,000 takes as many rows and not as many statements.
    """

    def __init__(self, model, placements):
        self.model = model
        self.env = model.env
        self.held = model._get_held(placements)
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval('mlm_position_id_seq') FROM generate_series(1, %s)",
                len(placements),
            )
        )
        self.free_ids = [row[0] for row in reversed(rows)]
        self.ids = []
        self.rows = []
        self.by_code = {}
        self.next_slots = {}

    def add(self, item):
        """Add one placement of `_place_many`; a full matrix leaves the person waiting."""
        tree, distributor = item["_tree"], item["distributor"]
        spot = self._find_spot(item, tree, distributor)
        if spot is None:
            return
        parent_id, slot = spot
        code = self._get_code(tree, distributor)
        row_id = self.free_ids.pop()
        self.by_code[tree.id, code] = row_id
        self.ids.append(row_id)
        self.rows.append(
            {
                "id": row_id,
                "tree_id": tree.id,
                "network_id": tree.network_id.id,
                "distributor_id": distributor.id,
                "code": code,
                "parent_id": parent_id,
                "slot": slot,
                "leg": tree.kind == "binary" and SLOT_LEGS.get(slot, False),
                "placed_at": fields.Datetime.to_datetime(item.get("at") or False),
                # not a column: from when on, unless a moment is named
                "earliest": item.get("earliest") or fields.Datetime.now(),
            }
        )

    def _get_code(self, tree, distributor):
        """Return the code of a new position: the distributor's own for the first one
        in a tree, then with a number."""
        held = self.held[tree.id, distributor.id]
        if held["now"] >= tree.max_positions:
            raise UserError(
                self.env._(
                    "%(name)s already has %(count)s position(s) in the tree %(tree)s, the most "
                    "that one person can hold there.",
                    name=distributor.display_name,
                    count=held["now"],
                    tree=tree.display_name,
                )
            )
        held["now"] += 1
        held["ever"] += 1
        ever = held["ever"]
        return distributor.code if ever == 1 else f"{distributor.code}-{ever}"

    def _find_spot(self, item, tree, distributor):
        strategy = item.get("strategy")
        if strategy:
            self.flush()
            spot = distributor._find_spot(tree, strategy)
            return spot and (spot[0].id, spot[1])
        parent_id = item.get("parent_id")
        if not parent_id and item.get("parent_code"):
            parent_id = self._find_position(tree, item["parent_code"])
        if not parent_id:
            return False, 0
        return parent_id, self._get_slot(item, tree, parent_id)

    def _get_slot(self, item, tree, parent_id):
        slot, width = item.get("slot"), tree._get_width()
        if tree.kind == "binary":
            slot = slot or LEG_SLOTS.get(item.get("leg"))
        if not slot and width is None:
            if parent_id not in self.next_slots:
                self.next_slots[parent_id] = self.model.browse(parent_id)._free_slot()
            slot = self.next_slots[parent_id]
        tree._ensure_slot(slot)
        if width is None:
            self.next_slots[parent_id] = max(self.next_slots.get(parent_id, 1), slot + 1)
        return slot

    def _find_position(self, tree, code):
        found = self.by_code.get((tree.id, code))
        if not found:
            domain = [("tree_id", "=", tree.id), ("code", "=", code)]
            found = self.model.search(domain, limit=1).id
        if not found:
            raise UserError(
                self.env._(
                    "There is no position %(code)s in the tree %(tree)s.",
                    code=code,
                    tree=tree.display_name,
                )
            )
        return found

    def flush(self):
        """Write the rows gathered so far, with their links and events."""
        rows, self.rows = self.rows, []
        self.next_slots.clear()
        if not rows:
            return
        _SpotCheck(self.model, rows).run()
        for row in rows:
            del row["earliest"]
        # sudo: positions, links and events are written by a placement only
        model = self.model.sudo()
        self._insert(model, rows)
        positions = model.browse(row["id"] for row in rows)
        positions.modified(positions._fields, create=True)
        positions._validate_fields(rows[0])
        self._record(positions)

    def _insert(self, model, rows):
        missing = model._add_missing_default_values({})
        names = [
            name for name in missing if model._fields[name].column_type and name not in rows[0]
        ]
        constant = {
            **{name: missing[name] for name in names},
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": self.env.cr.now(),
            "write_date": self.env.cr.now(),
        }
        columns = [*rows[0], *constant]
        values = [
            tuple(
                value
                if name == "id"
                else model._fields[name].convert_to_column_insert(value, model)
                for name, value in {**row, **constant}.items()
            )
            for row in rows
        ]
        query = SQL(
            "INSERT INTO mlm_position (%s) VALUES ",
            SQL(", ").join(map(SQL.identifier, columns)),
        )
        self.env.cr.execute_values(query.code + "%s", values, page_size=1000)
        model.invalidate_model(["child_ids"], flush=False)
        self.env["mlm.distributor"].invalidate_model(
            ["position_ids", "position_count"], flush=False
        )

    def _record(self, positions):
        links, events = [], []
        for position in positions:
            distributor, parent = position.distributor_id, position.parent_id
            common = {
                "company_id": distributor.company_id.id,
                "network_id": position.network_id.id,
                "distributor_id": distributor.id,
                "position_id": position.id,
            }
            links.append(
                {
                    **common,
                    "tree_id": position.tree_id.id,
                    "parent_distributor_id": parent.distributor_id.id,
                    "parent_position_id": parent.id,
                    "slot": position.slot,
                    "leg": position.leg,
                    "valid_from": position.placed_at,
                }
            )
            events.append(
                {
                    **common,
                    "kind": "placed",
                    "effective_at": position.placed_at,
                    "after": position._get_spot_values(),
                }
            )
        opened = as_internal(positions.env["mlm.genealogy.event"]).create(events)
        for link, event in zip(links, opened, strict=True):
            link["event_id"] = event.id
        as_internal(positions.env["mlm.link"]).create(links)


class _SpotCheck:
    """Says clearly what the constraints of the database would refuse, and from when on
    each spot can be held."""

    def __init__(self, model, rows):
        self.model, self.env, self.rows = model, model.env, rows
        model.flush_model()
        self.env["mlm.link"].flush_model()
        fresh = {row["id"] for row in rows}
        old = [row for row in rows if row["parent_id"] and row["parent_id"] not in fresh]
        self.parents = self._load_parents([row["parent_id"] for row in old])
        self.taken = self._load_taken(old)
        self.left = self._load_left(old)

    def run(self):
        for row in self.rows:
            self._check_spot(row)
            self._check_moment(row)
            self.parents[row["id"]] = {
                "tree_id": row["tree_id"],
                "since": row["placed_at"],
                "state": "open",
            }

    def _load_parents(self, ids):
        found = self.env.execute_query(
            SQL(
                "SELECT id, tree_id, placed_at, state FROM mlm_position WHERE id = ANY(%s)",
                sorted(set(ids)),
            )
        )
        return {
            row_id: {"tree_id": tree_id, "since": since, "state": state}
            for row_id, tree_id, since, state in found
        }

    def _load_taken(self, old):
        found = self.env.execute_query(
            SQL(
                """SELECT tree_id, parent_id, slot FROM mlm_position
                    WHERE (tree_id, parent_id, slot) IN (
                          SELECT * FROM unnest(%s::int[], %s::int[], %s::int[]))""",
                [row["tree_id"] for row in old],
                [row["parent_id"] for row in old],
                [row["slot"] for row in old],
            )
        )
        heads = [row["tree_id"] for row in self.rows if not row["parent_id"]]
        found += self.env.execute_query(
            SQL(
                """SELECT tree_id, false, 0 FROM mlm_position
                    WHERE tree_id = ANY(%s) AND parent_id IS NULL AND state != 'removed'""",
                heads,
            )
        )
        return {tuple(row) for row in found}

    def _load_left(self, old):
        """Spots that somebody left, and when."""
        found = self.env.execute_query(
            SQL(
                """SELECT parent_position_id, slot, max(valid_to) FROM mlm_link
                    WHERE superseded_at IS NULL AND valid_to > valid_from
                      AND (parent_position_id, slot) IN (
                          SELECT * FROM unnest(%s::int[], %s::int[]))
                    GROUP BY parent_position_id, slot""",
                [row["parent_id"] for row in old],
                [row["slot"] for row in old],
            )
        )
        return {(parent_id, slot): left for parent_id, slot, left in found}

    def _check_spot(self, row):
        if not row["parent_id"]:
            if (row["tree_id"], False, 0) in self.taken:
                raise UserError(
                    self.env._("The tree already has a head: place %s below somebody.", row["code"])
                )
            self.taken.add((row["tree_id"], False, 0))
            return
        parent = self.parents[row["parent_id"]]
        if parent["tree_id"] != row["tree_id"]:
            raise UserError(self.env._("The spot is in another tree."))
        if parent["state"] == "removed":
            self.model.browse(row["parent_id"])._ensure_in_tree()
        spot = (row["tree_id"], row["parent_id"], row["slot"])
        if spot in self.taken:
            above = self.model.browse(row["parent_id"]).exists()
            raise UserError(self._get_taken_message(above, row["slot"]))
        self.taken.add(spot)

    def _get_taken_message(self, above, slot):
        if not above:
            return self.env._("Two people would be placed on the same spot.")
        return self.env._(
            "The %(leg)s spot below %(parent)s is taken. Choose another one.",
            leg=above._get_spot_name(slot),
            parent=above.display_name,
        )

    def _check_moment(self, row):
        since = self.parents[row["parent_id"]]["since"] if row["parent_id"] else None
        left = self.left.get((row["parent_id"], row["slot"]))
        free = max(filter(None, [since, left]), default=None)
        if not row["placed_at"]:
            row["placed_at"] = max(filter(None, [row["earliest"], free]))
        elif free and row["placed_at"] < free:
            shown = self.env["mlm.tree"].browse(row["tree_id"]).network_id._local_text
            raise UserError(
                self.env._(
                    "%(code)s cannot be placed on %(date)s: the spot is only available from "
                    "%(free)s on.",
                    code=row["code"],
                    date=shown(row["placed_at"]),
                    free=shown(free),
                )
            )


def held_counts(model, keys):
    """Return ``{(tree id, distributor id): {"ever", "now"}}``: how many positions."""
    held = defaultdict(lambda: {"ever": 0, "now": 0})
    groups = model._read_group(
        [
            ("tree_id", "in", [key[0] for key in keys]),
            ("distributor_id", "in", [key[1] for key in keys]),
        ],
        ["tree_id", "distributor_id", "state"],
        ["__count"],
    )
    for tree, distributor, state, count in groups:
        entry = held[tree.id, distributor.id]
        entry["ever"] += count
        entry["now"] += count if state != "removed" else 0
    return held
