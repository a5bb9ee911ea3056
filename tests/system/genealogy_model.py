"""A tiny independent model of both trees: what must be true after each operation.

Plain Python, no code of the product, and another idea of the data: every person and every
position has a track, a list of ``(moment, place)`` in the order of the moments, where the last
entry that is not later than a moment says where it stood then.
"""

from dataclasses import dataclass, field
from itertools import pairwise

GONE = "gone"
SLOTS = (1, 2)


class Impossible(Exception):
    """The rules refuse the operation."""


@dataclass
class Step:
    moment: object
    place: object  # sponsor or (parent, slot), None at the head, GONE outside of the tree
    why: object = None


@dataclass
class Node:
    track: list = field(default_factory=list)
    state: str = "active"
    treatment: str = "earn"
    kind: str = "distributor"
    holder: str = ""
    left: object = None  # token of the last termination

    @property
    def place(self):
        return self.track[-1].place

    def at(self, moment):
        found = GONE
        for step in self.track:
            if step.moment <= moment:
                found = step.place
        return found

    def put(self, moment, place, why=None):
        if self.track and moment < self.track[-1].moment:
            raise Impossible("begins before the present place")
        self.track.append(Step(moment, place, why))


class Network:
    def __init__(self):
        self.people = {}
        self.spots = {}
        self.count = 0

    # questions

    def frontline(self, name):
        return [other for other, node in self.people.items() if node.place == name]

    def upline(self, name, at=None):
        found = []
        while True:
            node = self.people[name]
            name = node.place if at is None else node.at(at)
            if name in (None, GONE):
                return found
            found.append(name)

    def downline(self, name, at):
        return {other for other in self.people if name in self.upline(other, at)}

    def sponsors_at(self, moment):
        places = {name: node.at(moment) for name, node in self.people.items()}
        return {name: place for name, place in places.items() if place != GONE}

    def spots_at(self, moment):
        places = {name: node.at(moment) for name, node in self.spots.items()}
        return {name: place for name, place in places.items() if place != GONE}

    def children(self, spot):
        return [
            name
            for name, node in self.spots.items()
            if node.place not in (None, GONE) and node.place[0] == spot
        ]

    def above(self, spot, at=None):
        found = []
        while True:
            place = self.spots[spot].place if at is None else self.spots[spot].at(at)
            if place in (None, GONE):
                return found
            spot = place[0]
            found.append(spot)

    def members(self):
        return [name for name, node in self.people.items() if node.state != "terminated"]

    def ensure_consistent(self):
        """At every moment everybody hangs from somebody who is there, and in no circle."""
        for nodes, above in ((self.people, lambda place: place), (self.spots, lambda p: p[0])):
            for moment in {step.moment for node in nodes.values() for step in node.track}:
                places = {name: node.at(moment) for name, node in nodes.items()}
                for name, place in places.items():
                    seen = {name}
                    while place not in (None, GONE):
                        parent = above(place)
                        place = places[parent]
                        if parent in seen or place == GONE:
                            raise Impossible(f"a circle or a hole at {moment}")
                        seen.add(parent)

    # people

    def enrol(self, name, sponsor, kind, moment):
        if sponsor is not None:
            self._can_sponsor(sponsor)
        self.people[name] = Node(kind=kind)
        self.people[name].put(moment, sponsor)

    def change_sponsor(self, name, sponsor, leave_downline, moment):
        node = self._member(name)
        self._can_hang(name, sponsor)
        if node.place == sponsor:
            raise Impossible("has this sponsor")
        old = node.place
        if leave_downline:
            if old is None:
                raise Impossible("a head has nobody with whom to leave them")
            self._relink(self.frontline(name), old, moment, "left")
        node.put(moment, sponsor)

    def correct_sponsor(self, name, sponsor, since=None):
        node = self._member(name)
        self._can_hang(name, sponsor)
        since = node.track[-1].moment if since is None else since
        began = node.track[0].moment
        for before, step in pairwise(node.track):
            if before.place == GONE:
                began = step.moment
        if since < began:
            raise Impossible("begins before the membership")
        node.track = [step for step in node.track if step.moment < since]
        node.put(since, sponsor)

    def suspend(self, name, treatment, moment):
        self._switch(name, ("active",), "suspended", treatment)

    def reinstate(self, name, moment):
        self._switch(name, ("suspended",), "active", "earn")

    def decease(self, name, moment):
        self._switch(name, ("active", "suspended"), "deceased", "hold")

    def terminate(self, name, placement, moment):
        node = self._member(name)
        sponsor, frontline = node.place, self.frontline(name)
        if sponsor is None and frontline:
            raise Impossible("the frontline would have no line")
        self.count += 1
        node.left = self.count
        self._relink(frontline, sponsor, moment, node.left)
        node.put(moment, GONE)
        node.state, node.treatment = "terminated", "compress"
        for spot, place in self.spots.items():
            if place.holder == name and place.state == "open":
                if placement == "rollup":
                    self.remove(spot, moment)
                else:
                    self.close(spot, moment)

    def returning(self, name, sponsor):
        """Who may come back below ``name``: linked elsewhere by the departure, and by
        nothing since."""
        above = {sponsor, *self.upline(sponsor)}
        return [
            other
            for other, node in self.people.items()
            if node.state != "terminated"
            and other not in above
            and node.track[-1].why is not None
            and node.track[-1].why == self.people[name].left
        ]

    def readmit(self, name, sponsor, downline, moment):
        node = self.people[name]
        if node.state != "terminated":
            raise Impossible("has not left")
        self._can_sponsor(sponsor)
        if moment < node.track[-1].moment:
            raise Impossible("before the departure")
        node.put(moment, sponsor)
        node.state, node.treatment = "active", "earn"
        self._relink(downline, name, moment, "back")
        for place in self.spots.values():
            if place.holder == name and place.state == "closed":
                place.state = "open"

    def promote(self, name, kind, moment):
        self._member(name).kind = kind

    def _relink(self, names, sponsor, moment, why):
        for name in names:
            node = self.people[name]
            node.put(max(moment, node.track[-1].moment), sponsor, why)

    def _switch(self, name, expected, state, treatment):
        node = self.people[name]
        if node.state not in expected:
            raise Impossible("in another state")
        node.state, node.treatment = state, treatment

    def _member(self, name):
        if self.people[name].state == "terminated":
            raise Impossible("has left")
        return self.people[name]

    def _can_sponsor(self, sponsor):
        if self._member(sponsor).kind == "customer":
            raise Impossible("a customer sponsors nobody")

    def _can_hang(self, name, sponsor):
        self._can_sponsor(sponsor)
        if name in (sponsor, *self.upline(sponsor)):
            raise Impossible("would be below oneself")

    # positions

    def place(self, spot, holder, parent, slot, moment):
        if self._member(holder).kind == "customer":
            raise Impossible("a customer holds no position")
        self._free(parent, slot)
        self.spots[spot] = Node(state="open", holder=holder)
        self.spots[spot].put(moment, parent and (parent, slot))

    def move(self, spot, parent, slot, moment):
        if self.spots[spot].state == "removed" or self.spots[parent].state == "removed":
            raise Impossible("not in the tree")
        if spot in (parent, *self.above(parent)):
            raise Impossible("would be below itself")
        self._free(parent, slot)
        self.spots[spot].put(moment, (parent, slot))

    def close(self, spot, moment):
        if self.spots[spot].state != "open":
            raise Impossible("not open")
        self.spots[spot].state = "closed"

    def remove(self, spot, moment):
        node = self.spots[spot]
        if node.state == "removed":
            raise Impossible("not in the tree")
        children = self.children(spot)
        if len(children) > 1:
            raise Impossible("two stand below")
        place = node.place
        node.put(moment, GONE)
        node.state = "removed"
        for child in children:
            self.spots[child].put(moment, place)

    def reopen(self, spot, parent, slot, moment):
        node = self.spots[spot]
        if node.state == "open":
            raise Impossible("is open")
        if node.state == "removed":
            self._free(parent, slot)
            node.put(moment, (parent, slot))
        node.state = "open"

    def _free(self, parent, slot):
        if parent is None:
            taken = [node for node in self.spots.values() if node.place is None]
        else:
            if self.spots[parent].state == "removed":
                raise Impossible("not in the tree")
            taken = [node for node in self.spots.values() if node.place == (parent, slot)]
        if taken:
            raise Impossible("taken")
