# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read people and what changes about them."""

from . import model
from .lookup import MORNING, Lookup


class PeopleReader(Lookup):
    """Adds ``distributors`` and ``events``."""

    def distributors(self, value):
        rows = []
        optional = ("name", "kind", "sponsor", "joined", "place", "state")
        for path, item in self.check.sequence(value, ("distributors",)):
            data = self.check.mapping(item, path, ("code",), optional)
            code = self.check.code(data.get("code"), (*path, "code"))
            if code in self.people:
                self.wrong((*path, "code"), f"code {code!r} stands twice")
                continue
            self.people[code] = None
            rows.append((path, code, data))
        if not rows:
            self.wrong(("distributors",), "nobody to pay")
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
            self.wrong(path, f"customer {code} has no sponsor", "Add `sponsor: CODE`")
        place = data.get("place")
        if place is not None:
            place = self._place((*path, "place"), place, joined)
        if place and kind == "customer":
            remedy = "Drop `place`, or make it `kind: preferred`"
            self.wrong((*path, "place"), "a retail customer holds no position", remedy)
        state = check.choice(data.get("state", "active"), (*path, "state"), model.STATES)
        return model.Distributor(
            code, str(data.get("name", code)), kind, sponsor, joined, place, state
        )

    def _place(self, path, value, joined):
        moment = self.clock.start_of(joined)
        if value == "root":
            return self.at(path, model.Place(None, None, moment))
        data = self.check.mapping(value, path, ("parent", "leg"), ("at",))
        if "at" in data:
            moment = self.moment(data["at"], (*path, "at"), MORNING)
        parent, leg = self._spot(path, data)
        return self.at(path, model.Place(parent, leg, moment))

    def _spot(self, path, data):
        parent = self.person(data.get("parent"), (*path, "parent"))
        return parent, self.check.choice(data.get("leg"), (*path, "leg"), model.LEGS)

    def events(self, value):
        rows = []
        optional = ("parent", "leg", "sponsor", "to", "promotion", "now")
        allowed = {
            "place": ("parent", "leg"),
            "sponsor": ("sponsor",),
            "terminate": ("now",),
            "promote": ("to", "promotion"),
        }
        for path, item in self.check.sequence(value, ("events",)):
            data = self.check.mapping(item, path, ("at", "type", "distributor"), optional)
            kind = self.check.choice(data.get("type"), (*path, "type"), model.EVENTS)
            if kind != data.get("type"):
                continue
            for key in optional:
                if key in data and key not in allowed.get(kind, ()):
                    self.wrong((*path, key), f"{key!r} has no meaning for {kind!r}")
            moment = self.moment(data.get("at"), (*path, "at"), MORNING)
            person = self.person(data.get("distributor"), (*path, "distributor"))
            if person is None:
                continue
            details = self._details(path, kind, data)
            rows.append(self.at(path, model.Event(moment, kind, person, **details)))
        return tuple(sorted(rows, key=lambda row: row.at))

    def _details(self, path, kind, data):
        if kind == "place":
            parent, leg = self._spot(path, data)
            return {"parent": parent, "leg": leg}
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
