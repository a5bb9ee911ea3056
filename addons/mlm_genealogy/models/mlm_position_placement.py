from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..internal import as_internal


class MlmPosition(models.Model):
    """Placement: the only way in which a position comes into being."""

    _inherit = "mlm.position"

    def _place(self, distributor, parent=None, leg=False, at=None, tree=None):
        """Place ``distributor`` below ``parent`` on ``leg``; final in this version.

        The caller has checked the right to do so.

        :param distributor: `mlm.distributor`
        :param parent: `mlm.position`, or None or empty for the head of the tree
        :param leg: "left" or "right", False at the head
        :param at: naive UTC datetime, by default now
        :param tree: `mlm.tree`; by default the parent's, or the company's first
        :raise UserError: the spot is taken or not possible
        :return: the new position
        """
        placement = {
            "distributor": distributor,
            "parent_id": parent.id if parent else False,
            "leg": leg,
            "at": at,
            "tree_id": tree.id if tree else False,
        }
        return self._place_many([placement])

    def _place_many(self, placements):
        """Place people, each after those before it in the list.

        Each dict holds ``distributor``, optional ``tree_id`` and ``at``, and either
        ``strategy`` (left, right, auto: below the sponsor) or ``parent_id`` or
        ``parent_code`` (which may be placed by the same call) with ``leg``, or none
        of them for the head of the tree.

        :return: the positions, in the same order
        """
        if not placements:
            return self.browse()
        Tree = self.env["mlm.tree"]
        trees = {}
        for item in placements:
            company = item["distributor"].company_id
            tree = Tree.browse(item.get("tree_id"))
            if not tree and item.get("parent_id"):
                tree = self.browse(item["parent_id"]).tree_id
            if not tree:
                tree = trees.get(company) or Tree._get_default(company)
                trees[company] = tree
            item["_tree"] = tree
            item["distributor"]._ensure_placeable(tree)
        # before anything is read: see `_bump_version`
        Tree.union(*(item["_tree"] for item in placements))._bump_version()
        self.invalidate_model(["child_ids", "parent_id", "leg"])
        batch = _Batch(self, placements)
        for item in placements:
            batch.add(item)
        batch.flush()
        return self.browse(batch.ids)

    def _get_new_codes(self, placements):
        """Return the codes of new positions: the distributor's own for the first one
        in a tree, then with a number."""
        keys = {(p["_tree"].id, p["distributor"].id) for p in placements}
        counts = defaultdict(int)
        groups = self._read_group(
            [
                ("tree_id", "in", [key[0] for key in keys]),
                ("distributor_id", "in", [key[1] for key in keys]),
            ],
            ["tree_id", "distributor_id"],
            ["__count"],
        )
        for tree, distributor, count in groups:
            counts[tree.id, distributor.id] = count
        codes = []
        for item in placements:
            key = (item["_tree"].id, item["distributor"].id)
            counts[key] += 1
            code = item["distributor"].code
            codes.append(code if counts[key] == 1 else f"{code}-{counts[key]}")
        return codes


class _Batch:
    """Placements that are written together, as far as nobody has to look at them.

    Rows of one batch refer to each other, so that their ids are drawn first and
    written at once; a chain of 10,000 takes as many rows and not as many statements.
    """

    def __init__(self, model, placements):
        self.model = model
        self.env = model.env
        self.codes = dict(zip(map(id, placements), model._get_new_codes(placements), strict=True))
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

    def add(self, item):
        tree, distributor = item["_tree"], item["distributor"]
        code = self.codes[id(item)]
        parent_id, leg = self._find_spot(item, tree, distributor)
        row_id = self.free_ids.pop()
        self.by_code[tree.id, code] = row_id
        self.ids.append(row_id)
        self.rows.append(
            {
                "id": row_id,
                "tree_id": tree.id,
                "company_id": tree.company_id.id,
                "distributor_id": distributor.id,
                "code": code,
                "parent_id": parent_id,
                "leg": leg,
                "placed_at": item.get("at") or fields.Datetime.now(),
            }
        )

    def _find_spot(self, item, tree, distributor):
        strategy = item.get("strategy")
        if strategy:
            self.flush()
            position, leg = distributor._find_spot(tree, strategy)
            return position.id, leg
        parent_id, leg = item.get("parent_id"), item.get("leg")
        if not parent_id and item.get("parent_code"):
            parent_id = self._find_position(tree, item["parent_code"])
        if parent_id and leg not in ("left", "right"):
            raise UserError(self.env._("Choose the left or the right leg."))
        return parent_id or False, leg or False

    def _find_position(self, tree, code):
        found = self.by_code.get((tree.id, code))
        if not found:
            found = self.model.search([("tree_id", "=", tree.id), ("code", "=", code)], limit=1).id
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
        if not rows:
            return
        self._check_spots(rows)
        # sudo: positions, links and events are written by a placement only
        model = as_internal(self.model.sudo())
        self._insert(model, rows)
        positions = model.browse(row["id"] for row in rows)
        positions.modified(positions._fields, create=True)
        positions._validate_fields(rows[0])
        self._record(positions)

    def _check_spots(self, rows):
        """Say clearly what the constraints of the database would refuse."""
        parents = self.model.browse({r["parent_id"] for r in rows if r["parent_id"]})
        fresh = {row["id"]: row["tree_id"] for row in rows}
        old = parents.filtered(lambda parent: parent.id not in fresh)
        tree_of = {parent.id: parent.tree_id.id for parent in old} | fresh
        spots = {
            (position.tree_id.id, position.parent_id.id, position.leg)
            for position in self.model.search([("parent_id", "in", old.ids)])
        }
        heads = [row["tree_id"] for row in rows if not row["parent_id"]]
        if heads:
            domain = [("tree_id", "in", heads), ("parent_id", "=", False)]
            for head in self.model.search(domain):
                spots.add((head.tree_id.id, False, False))
        for row in rows:
            spot = (row["tree_id"], row["parent_id"], row["leg"])
            if row["parent_id"] and tree_of[row["parent_id"]] != row["tree_id"]:
                raise UserError(self.env._("The spot lies in another tree."))
            if spot in spots:
                raise UserError(self._get_taken_message(row))
            spots.add(spot)

    def _get_taken_message(self, row):
        if not row["parent_id"]:
            return self.env._("The tree has a head already: place %s below somebody.", row["code"])
        legs = dict(self.model._fields["leg"]._description_selection(self.env))
        parent = self.model.browse(row["parent_id"]).exists()
        return self.env._(
            "The %(leg)s spot below %(parent)s is taken. Choose another one.",
            leg=legs[row["leg"]].lower(),
            parent=parent.display_name or "",
        )

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
                "company_id": position.company_id.id,
                "distributor_id": distributor.id,
                "position_id": position.id,
            }
            links.append(
                {
                    **common,
                    "tree_id": position.tree_id.id,
                    "parent_distributor_id": parent.distributor_id.id,
                    "parent_position_id": parent.id,
                    "leg": position.leg,
                    "valid_from": position.placed_at,
                }
            )
            events.append(
                {
                    **common,
                    "kind": "placed",
                    "effective_at": position.placed_at,
                    "after": {
                        "tree": position.tree_id.code,
                        "position": position.code,
                        "parent_id": parent.id,
                        "parent": parent.code,
                        "leg": position.leg,
                    },
                }
            )
        opened = positions.env["mlm.genealogy.event"].create(events)
        for link, event in zip(links, opened, strict=True):
            link["event_id"] = event.id
        positions.env["mlm.link"].create(links)
