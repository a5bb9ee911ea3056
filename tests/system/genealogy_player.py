"""Random operations on the product and on `genealogy_model`, compared after each one.

Runs inside an Odoo process: ``play(env, first_seed, runs, steps)``.
"""

import copy
import random
from collections import Counter
from datetime import timedelta

from genealogy_model import GONE, SLOTS, Impossible, Network

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

_LEGS = {1: "left", 2: "right"}
_PEOPLE = 14


class Difference(AssertionError):
    """Product and model disagree."""


class Game:
    """One random sequence in a company of its own."""

    def __init__(self, env, seed):
        self.random = random.Random(seed)
        company = env["res.company"].create({"name": f"Random {seed}"})
        env.user.company_ids |= company
        context = {"allowed_company_ids": company.ids, "tracking_disable": True}
        self.env = env(context=context)
        self.company = company.with_env(self.env)
        self.tree = self.env["mlm.tree"].create(
            {"name": "Binary", "code": "binary", "network_id": company.mlm_network_id.id}
        )
        self.model = Network()
        self.clock = fields.Datetime.now().replace(microsecond=0) - timedelta(days=60)
        self.began = self.clock
        self.ids = {}
        self.spot_ids = {}
        self.log = []
        self.counts = Counter()
        self.act("enrol", "P0", None, "distributor")
        self.act("place", "S0", "P0", None, 0)

    # what there is to choose from

    def pick(self, names):
        names = sorted(names)
        return self.random.choice(names) if names else None

    def person(self):
        # mostly members, now and then somebody for whom it is not possible
        members = self.model.members()
        return self.pick(members if self.random.random() < 0.9 else self.model.people)

    def sponsor_for(self, name):
        # mostly one who is possible
        fit = [
            other
            for other in self.model.members()
            if self.model.people[other].kind != "customer"
            and name not in (other, *self.model.upline(other))
            and not (name in self.model.people and self.model.people[name].place == other)
        ]
        return self.pick(fit) if fit and self.random.random() < 0.85 else self.person()

    def spot(self):
        inside = [name for name, node in self.model.spots.items() if node.state != "removed"]
        everything = self.random.random() < 0.1 or not inside
        return self.pick(self.model.spots if everything else inside)

    def free_spot(self):
        inside = [name for name, node in self.model.spots.items() if node.state != "removed"]
        taken = {node.place for node in self.model.spots.values()}
        free = [(name, slot) for name in inside for slot in SLOTS if (name, slot) not in taken]
        if not free or self.random.random() < 0.1:
            parent = self.pick(self.model.spots)
            return parent, self.random.choice(SLOTS)
        return self.random.choice(sorted(free))

    def step(self):
        name = self.random.choices(list(_CHOICES), weights=list(_CHOICES.values()))[0]
        if self.random.random() < 0.7:
            self.clock += timedelta(hours=1)
        arguments = getattr(self, f"choose_{name}")()
        if arguments is not None:
            self.act(name, *arguments)

    def choose_enrol(self):
        if len(self.model.people) >= _PEOPLE:
            return None
        kind = self.random.choice(("distributor", "distributor", "preferred", "customer"))
        name = f"P{len(self.model.people)}"
        return name, self.sponsor_for(name), kind

    def choose_change_sponsor(self):
        name = self.person()
        return name, self.sponsor_for(name), self.random.random() < 0.4

    def choose_correct_sponsor(self):
        name = self.person()
        return name, self.sponsor_for(name)

    def choose_suspend(self):
        return self.person(), self.random.choice(("hold", "compress"))

    def choose_reinstate(self):
        suspended = [n for n, node in self.model.people.items() if node.state == "suspended"]
        return (self.pick(suspended) or self.person(),)

    def choose_decease(self):
        return (self.person(),)

    def choose_terminate(self):
        name = self.person()
        if name == "P0" and not self.model.frontline(name):
            return None
        return name, self.random.choice(("closed", "rollup"))

    def choose_readmit(self):
        left = [n for n, node in self.model.people.items() if node.state == "terminated"]
        name, sponsor = self.pick(left) or self.person(), self.sponsor_for("")
        if self.model.people[sponsor].state == "terminated":
            return name, sponsor, ()
        back = [n for n in self.model.returning(name, sponsor) if self.random.random() < 0.7]
        return name, sponsor, tuple(sorted(back))

    def choose_place(self):
        holders = {node.holder for node in self.model.spots.values()}
        holder = self.pick(set(self.model.people) - holders)
        if not holder:
            return None
        head = any(node.place is None for node in self.model.spots.values())
        parent, slot = self.free_spot() if head else (None, 0)
        return f"S{len(self.model.spots)}", holder, parent, slot

    def choose_move(self):
        leaves = [name for name in self.model.spots if not self.model.children(name)]
        return self.pick(leaves) if self.random.random() < 0.5 else self.spot(), *self.free_spot()

    def choose_close(self):
        return (self.spot(),)

    def choose_remove(self):
        return (self.spot(),)

    def choose_reopen(self):
        shut = [n for n, node in self.model.spots.items() if node.state != "open"]
        name = self.pick(shut) or self.spot()
        return name, *self.free_spot()

    def choose_promote(self):
        customers = [
            n
            for n, node in self.model.people.items()
            if node.kind != "distributor" and node.state == "active"
        ]
        name = self.pick(customers)
        return (name, "distributor") if name else None

    def choose_seal(self):
        seals = self.env["mlm.event.seal"].sudo()
        for subject in ("mlm.genealogy.event", "mlm.link"):
            seals._seal_up_to(subject, 2**31 - 1)

    # both sides

    def act(self, name, *arguments):
        late = self.random.random() < 0.15 and name not in ("enrol", "place")
        moment = self.clock - timedelta(hours=self.random.randint(1, 6)) if late else self.clock
        moment = max(moment, self.began)
        self.log.append(f"{name}{arguments} at {moment}")
        model = copy.deepcopy(self.model)
        # into the past, the product may refuse more than the model
        strict = late or name == "correct_sponsor"
        expected = refused = None
        try:
            if name == "correct_sponsor":
                model.correct_sponsor(*arguments, moment if late else None)
            else:
                getattr(model, name)(*arguments, moment)
            if strict:
                model.ensure_consistent()
        except Impossible as error:
            expected = error
        try:
            with self.env.cr.savepoint():
                getattr(self, f"do_{name}")(*arguments, moment, late)
                self.env.flush_all()
        except (UserError, ValidationError) as error:
            refused = error
            self.env.invalidate_all()
        if expected and not refused:
            raise Difference(f"succeeded, but must be refused: {expected}")
        if refused and not expected and not strict:
            raise Difference(f"refused: {refused}")
        self.counts[name, "refused" if refused else "late" if late else "done"] += 1
        if not refused:
            self.model = model
        self.compare()

    def who(self, *names):
        return self.env["mlm.distributor"].browse([self.ids[name] for name in names])

    def where(self, name):
        return self.env["mlm.position"].browse(self.spot_ids[name] if name else [])

    def do_enrol(self, name, sponsor, kind, moment, late):
        person = self.env["mlm.distributor"]._enrol(
            [
                {
                    "name": name,
                    "code": name,
                    "kind": kind,
                    "company_id": self.company.id,
                    "sponsor_id": self.ids[sponsor] if sponsor else False,
                    "joined_at": moment,
                }
            ]
        )
        self.ids[name] = person.id

    def do_change_sponsor(self, name, sponsor, leave, moment, late):
        self.who(name)._change_sponsor(
            self.who(sponsor), "Reason", effective=moment, leave_downline=leave
        )

    def do_correct_sponsor(self, name, sponsor, moment, late):
        since = moment if late else None
        self.who(name)._correct_sponsor(self.who(sponsor), "Reason", effective=since)

    def do_suspend(self, name, treatment, moment, late):
        self.who(name)._suspend("Reason", effective=moment, treatment=treatment)

    def do_reinstate(self, name, moment, late):
        self.who(name)._reinstate("Reason", effective=moment)

    def do_decease(self, name, moment, late):
        self.who(name)._decease("Reason", effective=moment)

    def do_terminate(self, name, placement, moment, late):
        self.who(name)._terminate("Reason", effective=moment, placement=placement)

    def do_readmit(self, name, sponsor, downline, moment, late):
        self.who(name)._readmit(
            self.who(sponsor), "Reason", effective=moment, downline=self.who(*downline)
        )

    def do_promote(self, name, kind, moment, late):
        self.who(name)._promote(kind, "Reason", effective=moment)

    def do_place(self, name, holder, parent, slot, moment, late):
        position = self.env["mlm.position"]._place(
            self.who(holder), self.where(parent), _LEGS.get(slot, False), moment, self.tree
        )
        self.spot_ids[name] = position.id

    def do_move(self, name, parent, slot, moment, late):
        self.where(name)._move(self.where(parent), slot, "Reason", effective=moment)

    def do_close(self, name, moment, late):
        self.where(name)._close("Reason", effective=moment)

    def do_remove(self, name, moment, late):
        self.where(name)._remove("Reason", effective=moment)

    def do_reopen(self, name, parent, slot, moment, late):
        values = {}
        if self.model.spots[name].state == "removed":
            values = {"parent": self.where(parent), "slot": slot}
        self.where(name)._reopen("Reason", effective=moment, **values)

    # comparison

    def compare(self):
        self.env.flush_all()
        self.same(
            "people",
            self.read_people(),
            {
                name: (
                    None if node.place in (None, GONE) else node.place,
                    node.state,
                    node.treatment,
                    node.kind,
                )
                for name, node in self.model.people.items()
            },
        )
        self.same(
            "positions",
            self.read_spots(),
            {
                name: (
                    (None, 0) if node.place in (None, GONE) else node.place,
                    node.state,
                    node.holder,
                )
                for name, node in self.model.spots.items()
            },
        )
        if self.random.random() < 0.25:
            self.compare_past()

    def same(self, what, found, expected):
        if found != expected:
            raise Difference(f"{what}: found {found}, expected {expected}")

    def read_people(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT node.code, sponsor.code, node.state, node.treatment, node.kind
                     FROM mlm_distributor node
                     LEFT JOIN mlm_distributor sponsor ON sponsor.id = node.sponsor_id
                    WHERE node.company_id = %s""",
                self.company.id,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def read_spots(self):
        names = {id_: name for name, id_ in self.spot_ids.items()}
        holders = {id_: name for name, id_ in self.ids.items()}
        rows = self.env.execute_query(
            SQL(
                """SELECT id, parent_id, slot, state, distributor_id
                     FROM mlm_position WHERE tree_id = %s""",
                self.tree.id,
            )
        )
        return {
            names[row[0]]: ((names.get(row[1]), row[2]), row[3], holders[row[4]]) for row in rows
        }

    def compare_past(self):
        """Ask product and model about one moment, for all links and for one person."""
        hours = int((self.clock - self.began).total_seconds() // 3600)
        at = self.began + timedelta(minutes=self.random.randint(0, hours * 60 + 30))
        names = {id_: name for name, id_ in self.ids.items()}
        spots = {id_: name for name, id_ in self.spot_ids.items()}
        Link = self.env["mlm.link"]
        self.same(
            f"sponsors on {at}",
            {
                names[link.distributor_id.id]: names.get(link.parent_distributor_id.id)
                for link in Link._as_of(self.company.mlm_network_id, at)
            },
            self.model.sponsors_at(at),
        )
        self.same(
            f"positions on {at}",
            {
                spots[link.position_id.id]: (
                    (spots[link.parent_position_id.id], link.slot)
                    if link.parent_position_id
                    else None
                )
                for link in Link._as_of(self.company.mlm_network_id, at, self.tree)
            },
            self.model.spots_at(at),
        )
        name = self.pick(self.model.people)
        person = self.who(name)
        upline = [names[id_] for id_ in person._upline_ids(at=at)]
        self.same(f"upline of {name} on {at}", upline, self.model.upline(name, at))
        downline = {names[id_] for id_ in person._downline_ids(at=at)}
        self.same(f"downline of {name} on {at}", downline, self.model.downline(name, at))
        now = [names[id_] for id_ in person._upline_ids()]
        self.same(f"upline of {name}", now, self.model.upline(name))
        spot = self.pick(self.model.spots)
        if not spot:
            return
        above = [spots[id_] for id_ in self.where(spot)._ancestor_ids(at=at)]
        self.same(f"positions above {spot} on {at}", above, self.model.above(spot, at))


# operation -> how often
_CHOICES = {
    "enrol": 8,
    "change_sponsor": 8,
    "correct_sponsor": 4,
    "suspend": 2,
    "reinstate": 2,
    "decease": 1,
    "terminate": 5,
    "readmit": 5,
    "promote": 1,
    "place": 8,
    "move": 6,
    "close": 2,
    "remove": 3,
    "reopen": 3,
    "seal": 1,
}


def play(env, first_seed, runs, steps):
    """Play ``runs`` sequences of ``steps`` operations, one for each seed.

    :return: dict with the ``operations`` tried, how many ``done`` of each kind, and
        ``failures`` as texts that name the seed
    """
    failures, counts = [], Counter()
    if not hasattr(env["mlm.distributor"], "_promote"):
        _CHOICES["promote"] = 0
    for seed in range(first_seed, first_seed + runs):
        savepoint = env.cr.savepoint(flush=False)
        game = None
        try:
            game = Game(env, seed)
            for __ in range(steps):
                game.step()
            broken = env["mlm.law"]._check_all()
            if broken:
                raise Difference(f"laws: {broken}")
        except Difference as error:
            history = "\n  ".join(game.log if game else [])
            failures.append(f"seed {seed}: {error}\n  {history}")
        finally:
            counts += game.counts if game else Counter()
            savepoint.rollback()
            savepoint.close(rollback=False)
            env.invalidate_all()
            env.registry.clear_all_caches()
    done = Counter()
    for (name, outcome), count in counts.items():
        done[name] += count if outcome != "refused" else 0
    return {
        "operations": counts.total(),
        "done": done,
        "outcomes": {f"{name} {outcome}": count for (name, outcome), count in counts.items()},
        "failures": failures,
    }
