# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tiny companies by hand, for tests of single rules.

One month (January 2026), dollars, half up to cents. Somebody is active with 50 PV,
which ``person`` gives unless told otherwise; a rank is held by title.
"""

from datetime import date

from mlm_engine import plans
from mlm_engine.kernel import run
from mlm_engine.kernel.snapshot import Snapshot
from networks import ints

START, END = date(2026, 1, 1).toordinal(), date(2026, 1, 31).toordinal()
END_MOMENT = (END + 1 - 719163) * 86400 + 5 * 3600
START_MOMENT = (START - 719163) * 86400 + 5 * 3600


def noon(day):
    """Return the moment of noon on a day of the month."""
    return START_MOMENT + (day - 1) * 86400 + 43200


def plan(*bonuses, ranks=("none",), **sections):
    """Return a loaded plan; ``ranks`` are codes, low to high."""
    return plans.load_plan(
        {
            "plan": "small",
            "name": "Small",
            "version": 1,
            "currency": {"base": "USD", "company": "USD"},
            "rounding": {"mode": "half_up", "unit": 0.01},
            "periods": {
                "month": {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"}
            },
            "activity": {"period": "month", "pv": 50, "window": 1},
            "ranks": [
                {"code": code, "name": code.title(), "requires": [{"title": code}][: bool(place)]}
                for place, code in enumerate(ranks)
            ],
            "bonuses": [
                {"code": item["rule"], "name": item["rule"].title(), **item} for item in bonuses
            ],
            **sections,
        }
    )


class Company:
    """People and sales by name; ``run()`` computes the month."""

    def __init__(self, plan, homes=(), fx_e6=10**6):
        self.homes, self.fx_e6 = list(homes), fx_e6
        self.plan, self.people, self.sales, self.moves, self.seats = plan, [], [], [], []

    def person(self, code, sponsor=None, *, rank=None, active=True, **more):
        """Enrol somebody; ``kind``, ``state``, ``joined`` (ordinal), ``pv``, ``home`` may be
        given."""
        codes = [item["code"] for item in self.plan["ranks"]]
        pv = more.get("pv", 50 if active else 0)
        self.people.append(
            {"code": code, "sponsor": sponsor, "rank": codes.index(rank) if rank else 0, **more}
            | {"pv": pv}
        )
        return self

    def chain(self, *people):
        """Enrol ``(code, rank, active)`` or codes, each under the one before."""
        above = None
        for item in people:
            code, rank, active = (item, None, True) if isinstance(item, str) else item
            self.person(code, above, rank=rank, active=active)
            above = code
        return self

    def seat(self, code, owner, parent=None, leg=-1, tree=0):
        """Add a position; owner ``None`` leaves it vacant."""
        self.seats.append((code, owner, parent, leg, tree))
        return self

    def sale(self, buyer, cv=100, *, credited=None, day=15, **more):
        """Sell to ``buyer``; ``pv`` is ``cv`` unless given; ``retail`` in money of ``seller``,
        by default the first home, where a point was worth ``point``."""
        sale = {"buyer": buyer, "credited": credited or buyer, "cv": cv, "pv": more.pop("pv", cv)}
        self.sales.append({**sale, "moment": noon(day), **more})
        return self

    def moved(self, member, before, day):
        """``member`` had the sponsor ``before`` until a day."""
        self.moves.append((noon(day), member, before))
        return self

    def index(self, code):
        return [item["code"] for item in self.people].index(code) if code else -1

    def seat_index(self, code):
        return [item[0] for item in self.seats].index(code) if code else -1

    def snapshot(self):
        data = Snapshot(self.plan, "month", 1, START, END, END_MOMENT, self.fx_e6)
        data.homes, several = self.homes, bool(self.homes)
        people, sales = self.people, self.sales
        data.member_id = ints(range(101, 101 + len(people)))
        data.member_kind = ints(item.get("kind", 0) for item in people)
        data.member_state = ints(item.get("state", 0) for item in people)
        data.member_joined = ints(item.get("joined", START - 400) for item in people)
        data.member_title = ints(item["rank"] for item in people)
        data.sponsor = ints(self.index(item["sponsor"]) for item in people)
        data.window_pv_e4 = ints(item["pv"] * 10**4 for item in people)
        data.member_paid = ints(item["rank"] for item in people)
        data.member_misses = ints(item.get("misses", 0) for item in people)
        data.member_home = ints(item.get("home", 0) for item in people if several)
        data.row_seller = ints(item.get("seller", 0) for item in sales if several)
        data.row_point_e6 = ints(item.get("point", 0) * 10**6 for item in sales if several)
        data.position_id = ints(range(501, 501 + len(self.seats)))
        data.position_member = ints(self.index(item[1]) for item in self.seats)
        data.position_parent = ints(self.seat_index(item[2]) for item in self.seats)
        data.position_leg = ints(item[3] for item in self.seats)
        data.position_tree = ints(item[4] for item in self.seats)
        data.row_id = ints(range(901, 901 + len(sales)))
        data.row_member = ints(self.index(item["credited"]) for item in sales)
        data.row_buyer = ints(self.index(item["buyer"]) for item in sales)
        data.row_position = ints(self.seat_index(item.get("seat")) for item in sales)
        data.row_moment = ints(item["moment"] for item in sales)
        data.row_pv_e4 = ints(round(item["pv"] * 10**4) for item in sales)
        data.row_cv_e4 = ints(round(item["cv"] * 10**4) for item in sales)
        data.row_package = ints(item.get("package", -1) for item in sales)
        data.row_package_from = ints([-1] * len(sales))
        data.row_package_qty = ints([1] * len(sales))
        data.row_retail_e4 = ints(round(item.get("retail", 0) * 10**4) for item in sales)
        data.row_reversal = ints(item.get("reversal", 0) for item in sales)
        data.row_product = ints(item.get("product", -1) for item in sales)
        moves = sorted(self.moves)
        data.link_moment = ints(item[0] for item in moves)
        data.link_member = ints(self.index(item[1]) for item in moves)
        data.link_sponsor = ints(self.index(item[2]) for item in moves)
        return data

    def run(self):
        self.data = self.snapshot()
        self.result = run.compute(self.data)
        return self

    def ranks(self):
        """Return ``{person: paid-as rank}``, the first one left out."""
        codes = [item["code"] for item in self.plan["ranks"]]
        ranks = zip(self.people, self.result.rank.tolist(), strict=True)
        return {person["code"]: codes[rank] for person, rank in ranks if rank}

    def measured(self, code):
        """Return ``{person: value}`` of a declared measure, zeros left out: points or counts."""
        item = next(one for one in self.plan["measures"] if one["code"] == code)
        found, wanted = self.result.measures, 500 + self.plan["measures"].index(item)
        scale = 10**4 if item["volume"] else 1
        return {
            self.people[member]["code"]: value / scale
            for member, measure, value in zip(
                found.member.tolist(), found.measure.tolist(), found.value.tolist(), strict=True
            )
            if measure == wanted
        }

    def rows(self, bonus=None):
        """Return earnings as ``(payee, level, paid level, amount, breakage, reason)``,
        money in plain numbers, nobody as ``None``."""
        found = self.result.earnings
        codes = [item["code"] for item in self.plan["bonuses"]]
        return [
            (
                self.people[found.payee[at]]["code"] if found.payee[at] >= 0 else None,
                int(found.level[at]),
                int(found.paid_level[at]),
                found.amount_e4[at] / 10**4,
                found.breakage_e4[at] / 10**4,
                int(found.reason[at]),
            )
            for at in range(found.payee.size)
            if bonus in (None, codes[found.bonus[at]])
        ]

    def paid(self, bonus=None):
        """Return ``{payee: sum}`` of what was paid, zeros left out."""
        total = {}
        for payee, _level, _paid, amount, _breakage, _reason in self.rows(bonus):
            if amount:
                total[payee] = round(total.get(payee, 0) + amount, 4)
        return total

    def breakage(self, bonus=None):
        return round(sum(item[4] for item in self.rows(bonus)), 4)
