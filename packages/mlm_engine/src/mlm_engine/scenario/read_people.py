# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read people and what changes about them."""

from dataclasses import replace

from ..kernel.text import _
from ..plan.document import shown
from . import model
from .lookup import MORNING, MOST_PEOPLE, MOST_ROWS, Lookup

#: A person's positions in one tree, and entries of one list of places.
MOST_POSITIONS, _LISTED = 99, 200


class PeopleReader(Lookup):
    """Adds ``distributors`` and ``events``."""

    def distributors(self, value):
        rows = []
        optional = ("name", "kind", "sponsor", "joined", "place", "state", "home")
        for path, item in self.check.sequence(value, ("distributors",), MOST_PEOPLE):
            data = self.check.mapping(item, path, ("code",), optional)
            code = self.check.code(data.get("code"), (*path, "code"))
            if not code:
                self.unread.add("distributor")
                continue
            if code in self.people:
                self.wrong((*path, "code"), _("code {code} appears twice", code=shown(code)))
                continue
            self.people[code] = None
            rows.append((path, code, data))
        if not rows:
            self.wrong(("distributors",), _("nobody to pay"))
        for path, code, data in rows:
            self._name_positions((*path, "place"), code, data.get("place"))
        for path, code, data in rows:
            self.people[code] = self.at(path, self._distributor(path, code, data))
        return tuple(self.people.values())

    def _distributor(self, path, code, data):
        check = self.check
        kind = check.choice(data.get("kind", "distributor"), (*path, "kind"), model.KINDS)
        sponsor = data.get("sponsor")
        joined = self.first_day
        if "joined" in data:
            joined = check.day(data["joined"], (*path, "joined"), self.first_day)
        if sponsor is not None:
            sponsor = self.person(sponsor, (*path, "sponsor"))
        elif kind == "customer":
            self.wrong(
                path, _("customer {code} has no sponsor", code=code), _("Add `sponsor: CODE`")
            )
        places = self._places((*path, "place"), data.get("place"), joined, code)
        if places and kind == "customer":
            remedy = _("Remove `place`, or make it `kind: preferred`")
            self.wrong((*path, "place"), _("a retail customer cannot hold a position"), remedy)
        state = check.choice(data.get("state", "active"), (*path, "state"), model.STATES)
        first = next((place for place in places if place.tree == 0), None)
        return model.Distributor(
            code,
            check.text(data.get("name", code), (*path, "name")),
            kind,
            sponsor,
            joined,
            first,
            state,
            places,
            self.company(data, "home", path, next(iter(self.companies))),
        )

    def _name_positions(self, path, code, value):
        """Note the codes of somebody's further positions, so that all may refer to them."""
        if not isinstance(value, list):
            return
        first = self.plan["trees"][0]["code"] if self.plan["trees"] else None
        named = [one.get("tree") if isinstance(one, dict) else None for one in value[:_LISTED]]
        trees = [first if one is None else str(one).strip() for one in named]
        for number in range(2, max(map(trees.count, trees), default=1) + 1):
            name = f"{code}-{number}"
            if name in self.people:
                text = _(
                    "its position {number} would have the code of another person, {name}",
                    number=number,
                    name=name,
                )
                self.wrong(path, text, _("Give that person another code"))
            self.positions.add(name)

    def _places(self, path, value, joined, code):
        """Return the spots of somebody: one, or a list, by tree and moment."""
        if value is None:
            return ()
        listed = [(path, value)]
        if isinstance(value, list):
            listed = self.check.sequence(value, path, _LISTED)
        read = [(self._place(at, one, joined), at) for at, one in listed]
        found = []
        for place, at in sorted(read, key=lambda item: (item[0].tree, item[0].at)):
            number = 1 + sum(one.tree == place.tree for one in found)
            if number == MOST_POSITIONS + 1:
                text = _("more than {most} places in one tree", most=MOST_POSITIONS)
                self.wrong(
                    path,
                    text,
                    _("One person can hold at most {most}", most=MOST_POSITIONS),
                )
            name = code if number == 1 else f"{code}-{number}"
            self.placed.add((place.tree, name))
            found.append(self.at(at, replace(place, code=name)))
        return tuple(found)

    def _place(self, path, value, joined):
        moment = self.clock.start_of(joined)
        if value == "root":
            return model.Place(None, None, moment)
        data = self.check.mapping(value, path, (), ("tree", "parent", "leg", "at"))
        if "at" in data:
            moment = self.moment(data["at"], (*path, "at"), MORNING)
        tree = self._tree(path, data)
        if "tree" in data and data.get("parent") is None:
            return model.Place(None, None, moment, tree)
        parent, leg = self._spot(path, data, tree)
        return model.Place(parent, leg, moment, tree)

    def _tree(self, path, data):
        if data.get("tree") is None:
            return 0
        codes = [item["code"] for item in self.plan["trees"]]
        code = self.known(data["tree"], (*path, "tree"), codes, "tree")
        return codes.index(code) if code else 0

    def _spot(self, path, data, tree):
        """Return parent and leg; in a tree that is not binary the spot's number, the next
        one where none is given."""
        if data.get("parent") is None:
            self.wrong(
                path, _("{key!r} is missing", key="parent"), _("Add `{key}: …` here", key="parent")
            )
            return None, None
        parent = self.position(data["parent"], (*path, "parent"))
        tree_of = self.plan["trees"][tree] if self.plan["trees"] else {"kind": "binary"}
        if tree_of["kind"] == "binary":
            leg = data.get("leg")
            if leg is None:
                self.wrong(
                    path, _("{key!r} is missing", key="leg"), _("Add `leg: left` or `leg: right`")
                )
            return parent, self.check.choice(leg or "left", (*path, "leg"), model.LEGS)
        taken = self.spots_taken.setdefault((tree, parent), set())
        free = self.first_free.get((tree, parent), 1)
        while free in taken:
            free += 1
        self.first_free[tree, parent] = free
        leg = self.check.integer(data.get("leg", free), (*path, "leg"), 1, free)
        if tree_of["width"] and leg > tree_of["width"]:
            where = (*path, "leg") if "leg" in data else path
            text = _(
                "spot {leg} of {parent}: the tree is {width} wide",
                leg=leg,
                parent=parent,
                width=tree_of["width"],
            )
            self.wrong(where, text, _("Choose another parent"))
        taken.add(leg)
        return parent, leg

    def events(self, value):
        rows = []
        optional = ("parent", "leg", "sponsor", "to", "promotion", "now")
        optional += ("tree", "rank", "exact", "until", "position")
        allowed = {
            "place": ("parent", "leg", "tree", "position"),
            "override": ("rank", "exact", "until"),
            "sponsor": ("sponsor",),
            "terminate": ("now",),
            "promote": ("to", "promotion"),
        }
        for path, item in self.check.sequence(value, ("events",), MOST_ROWS):
            data = self.check.mapping(item, path, ("at", "type", "distributor"), optional)
            kind = self.check.choice(data.get("type"), (*path, "type"), model.EVENTS)
            if kind != data.get("type"):
                continue
            for key in optional:
                if key in data and key not in allowed.get(kind, ()):
                    self.wrong(
                        (*path, key), _("{key!r} does not apply to {kind!r}", key=key, kind=kind)
                    )
            moment = self.moment(data.get("at"), (*path, "at"), MORNING)
            person = self.person(data.get("distributor"), (*path, "distributor"))
            if person is None:
                continue
            details = self._details(path, kind, data, person)
            rows.append(self.at(path, model.Event(moment, kind, person, **details)))
        return tuple(sorted(rows, key=lambda row: row.at))

    def _details(self, path, kind, data, person):
        if kind == "place":
            tree = self._tree(path, data)
            held = [place.code for place in self.people[person].places if place.tree == tree]
            position = person
            if "position" in data:
                where = (*path, "position")
                position = self.known(data["position"], where, held or [person], "position")
            parent, leg = self._spot(path, data, tree)
            return {"parent": parent, "leg": leg, "tree": tree, "position": position or person}
        if kind == "override":
            until = data.get("until")
            return {
                "rank": self.known(data.get("rank"), (*path, "rank"), self.ranks, "rank"),
                "exact": self.check.flag(data.get("exact", False), (*path, "exact")),
                "until": None if until is None else self.check.day(until, (*path, "until")),
            }
        if kind == "sponsor":
            return {"sponsor": self.person(data.get("sponsor"), (*path, "sponsor"))}
        if kind == "terminate":
            return {"now": self.check.flag(data.get("now", False), (*path, "now"))}
        if kind != "promote":
            return {}
        if "promotion" in data:
            codes = [item["code"] for item in self.plan["promotions"]]
            return {
                "promotion": self.known(data["promotion"], (*path, "promotion"), codes, "promotion")
            }
        known = model.KINDS[:2]
        return {"kind": self.check.choice(data.get("to"), (*path, "to"), known)}
