# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from mlm_engine.scenario import load

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..moment import KEY

PEOPLE = [
    {"code": "1", "name": "Ana", "place": "root", "joined": "2026-01-05"},
    {"code": "2", "name": "Beto", "sponsor": "1", "joined": "2026-01-06",
     "place": {"parent": "1", "leg": "left"}},
    {"code": "3", "name": "Caro", "sponsor": "1", "joined": "2026-01-06",
     "place": {"parent": "1", "leg": "right"}},
    {"code": "4", "name": "Dora", "sponsor": "2", "joined": "2026-08-18"},
    {"code": "5", "name": "Elsa", "sponsor": "2", "kind": "customer",
     "joined": "2026-01-10"},
]  # fmt: skip


def scenario(cycles=(924,), **more):
    """A ``Scenario`` of five people; ``more`` are sections of the file."""
    return load(
        {
            "scenario": 1,
            "title": "Five people",
            "plan": "gano_excel_co_2026",
            "company": {"currency": "COP", "rates": [{"from": "2026-01-01", "rate": 4500}]},
            "cycles": list(cycles),
            "distributors": PEOPLE,
            **more,
        }
    )


def sale(buyer, paid, *lines, **more):
    return {"buyer": buyer, "paid": paid, "lines": list(lines), **more}


@tagged("post_install", "-at_install")
class TestPlayer(TransactionCase):
    def play(self, played, **options):
        result = self.env["mlm.scenario.player"]._play(played, **options)
        self.assertEqual(result["differences"], [])
        self.assertEqual(result["laws"], [])
        return result

    def test_binary_carry_and_package_bonus(self):
        """From orders to a posted entry, over two cycles, with what was carried."""
        played = scenario(
            cycles=(924, 925),
            opening={
                "carry": {"1": {"binary": {"carry_left": "250", "carry_right": "33.5"}}},
                "packages": [{"distributor": "1", "package": "ESP-2", "at": "2026-06-10"}],
                "purchases": [{"distributor": "2", "cycle": 923, "pv": 60}],
            },
            sales=[
                sale("1", "2026-08-17", {"product": "501", "qty": 4}),
                sale("2", "2026-08-18", {"product": "899"}),
                sale("3", "2026-08-19", {"pv": 60, "cv": 300}),
                sale("3", "2026-08-26", {"product": "805", "qty": 2}),
            ],
        )
        first, second = self.play(played)["cycles"]
        # 300 matched at 16 % of the package, and ESP-2 against ESP-3 bought
        self.assertEqual(first["earnings"], {"1": {"binary": "216000.00", "gen5": "337500.00"}})
        self.assertEqual(first["breakage"]["1"], {"gen5": "337500.00"})
        self.assertEqual(
            first["carry"]["1"]["binary"], {"carry_left": "450", "carry_right": "33.5"}
        )
        self.assertEqual(first["entries"], ["COM/924/0001"])
        self.assertEqual(first["debit"], first["credit"])
        self.assertEqual(second["earnings"], {"1": {"binary": "72000.00"}})
        move = self.env["account.move"].search([("name", "=", "COM/924/0001")])
        self.assertEqual(move.date, date(2026, 9, 4))
        run = self.env["mlm.run"].search([("period_id.number", "=", 924)])
        self.assertNotEqual(run.computed_by_id, run.approved_by_id)

    def test_retail_and_refunds(self):
        """A customer's margin is paid; a return in the cycle nets, later takes back."""
        played = scenario(
            cycles=(924, 925),
            sales=[
                sale("1", "2026-08-17", {"product": "501", "qty": 4}),
                sale("2", "2026-08-17", {"product": "501", "qty": 4}),
                sale("5", "2026-08-18", {"product": "501", "qty": 3},
                     price_list="retail", id="R"),
                sale("3", "2026-08-18", {"product": "805", "qty": 2}, {"product": "301"},
                     id="B"),
            ],
            refunds=[
                {"sale": "R", "at": "2026-08-20", "lines": [{"line": 1, "qty": 1}]},
                {"sale": "B", "at": "2026-08-25", "lines": [{"line": 1, "qty": 1}]},
            ],
        )  # fmt: skip
        first, second = self.play(played)["cycles"]
        self.assertEqual(first["earnings"], {"2": {"retail": "58200.00"}})
        self.assertEqual(first["carry"]["1"]["binary"]["carry_right"], "94.9")
        self.assertEqual(second["carry"]["1"]["binary"]["carry_right"], "51.9")
        self.assertEqual(second["entries"], [])
        credit = self.env["account.move"].search([("move_type", "=", "out_refund")])
        self.assertEqual(set(credit.mapped("payment_state")), {"paid"})

    def test_events(self):
        """Placed from the tank, suspended, terminated at the close of the cycle."""
        played = scenario(
            cycles=(924, 925),
            sales=[
                sale("4", "2026-08-19", {"pv": 60, "cv": 50}),
                sale("4", "2026-08-26", {"pv": 60, "cv": 70}),
                sale("2", "2026-08-20", {"pv": 60, "cv": 10}),
            ],
            events=[
                {"at": "2026-08-25", "type": "place", "distributor": "4",
                 "parent": "2", "leg": "left"},
                {"at": "2026-08-21", "type": "suspend", "distributor": "3"},
                {"at": "2026-08-22", "type": "terminate", "distributor": "2"},
            ],
        )  # fmt: skip
        _first, second = self.play(played)["cycles"]
        self.assertNotIn("2", second["carry"])
        states = {person.code: person.state for person in self.env["mlm.distributor"].search([])}
        self.assertEqual(
            states, dict.fromkeys("145", "active") | {"3": "suspended", "2": "terminated"}
        )

    def test_promotion(self):
        """A customer of one cycle is a distributor of the next."""
        played = scenario(
            cycles=(924, 925),
            sales=[
                sale("5", "2026-08-19", {"product": "501"}),
                sale("5", "2026-08-27", {"pv": 60, "cv": 50}),
            ],
            events=[
                {"at": "2026-08-25", "type": "promote", "distributor": "5",
                 "to": "distributor"},
            ],
        )  # fmt: skip
        first, second = self.play(played)["cycles"]
        self.assertNotIn("5", first["ranks"])
        self.assertIn("5", second["ranks"])
        elsa = self.env["mlm.distributor"].search([("code", "=", "5")])
        self.assertEqual(elsa.kind, "distributor")

    def test_nobody_goes_back(self):
        lower = scenario(
            events=[
                {"at": "2026-08-18", "type": "promote", "distributor": "3", "to": "preferred"}
            ],
        )  # fmt: skip
        with self.assertRaisesRegex(UserError, "3 becomes a lower kind of person"):
            self.env["mlm.scenario.player"]._play(lower)

    def test_orders_keep_their_day(self):
        """Documents stand on the day of the scenario and copy what was valid then."""
        played = scenario(sales=[sale("1", "2026-08-19", {"product": "501"})])
        self.play(played)
        order = self.env["sale.order"].search([("mlm_buyer_id.code", "=", "1")])
        self.assertEqual(order.date_order.date(), date(2026, 8, 19))
        self.assertEqual(order.invoice_ids.invoice_date, date(2026, 8, 19))
        self.assertEqual(order.invoice_ids.payment_state, "paid")
        self.assertEqual(order.order_line.mlm_unit_cv_e4, 140000)
        later = order.copy()
        later.with_context(**{KEY: True}).action_confirm()
        self.assertEqual(later.date_order.date(), date.today())

    def test_open_cycle_stays_open(self):
        """Only the cycles asked for are posted; the others take orders on."""
        played = scenario(cycles=(924, 925), sales=[sale("1", "2026-08-25", {"product": "501"})])
        result = self.play(played, cycles=(924,))
        self.assertEqual([one["number"] for one in result["cycles"]], [924])
        period = self.env["mlm.period"].search([("number", "=", 925)])
        self.assertEqual(period.state, "open")
        self.assertEqual(period.entry_count, 1)

    def test_differences_and_progress_are_told_in_the_language_of_who_plays(self):
        player, told = self.env["mlm.scenario.player"], []
        expecting = scenario(expect={924: {"earnings": {"1": {"binary": 5}}}})
        for lang, said in (("en_US", "expected 5, got"), ("es_CO", "se esperaba 5")):
            found = player.with_context(lang=lang)._compare(
                expecting, {"cycles": [{"number": 924}]}
            )
            self.assertIn("924: start: 2026-08-17 ≠ –", found)
            self.assertIn(said, found[-1])
        player.with_context(lang="es_CO")._play(
            scenario(), progress=lambda _done, _total, text: told.append(text)
        )
        self.assertIn("Ciclo 924: liquidación", told)

    def test_says_what_it_cannot_play(self):
        left = {"code": "6", "sponsor": "1", "state": "terminated", "joined": "2026-01-10"}
        with self.assertRaisesRegex(UserError, "6 has left the network at the start"):
            self.env["mlm.scenario.player"]._play(scenario(distributors=[*PEOPLE, left]))

    def test_needs_an_empty_company(self):
        self.play(scenario())
        with self.assertRaisesRegex(UserError, "empty company"):
            self.env["mlm.scenario.player"]._play(scenario())

    def test_withholding_of_the_scenario(self):
        played = scenario(
            withholding={"rate": "3.5"},
            sales=[
                sale("2", "2026-08-17", {"product": "501", "qty": 4}),
                sale("5", "2026-08-18", {"product": "501"}, price_list="retail"),
            ],
        )
        (cycle,) = self.play(played)["cycles"]
        self.assertEqual((cycle["withheld"], cycle["payable"]), ("1018.50", "28081.50"))


UNILEVEL = {
    "plan": "by_the_month",
    "name": "By the month",
    "version": 1,
    "currency": {"base": "USD", "company": "COP"},
    "rounding": {"mode": "half_up", "unit": 0.01},
    "periods": {
        "month": {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01", "pay_day": 15}
    },
    "activity": {"period": "month", "pv": 10, "window": 1},
    "ranks": [
        {"code": "member", "name": "Member"},
        {"code": "leader", "name": "Leader", "measure": "own_pv", "min": 100},
    ],
    "bonuses": [
        {
            "code": "levels",
            "rule": "unilevel",
            "name": "Levels",
            "period": "month",
            "tree": "sponsor",
            "params": {"rates": [10, 5], "compression": {"kind": "dynamic"}},
        }
    ],
}


@tagged("post_install", "-at_install")
class TestPlayerByTheMonth(TransactionCase):
    """Plans without a placement tree, in calendar months, with real documents."""

    def test_unilevel(self):
        people = [
            {"code": code, "sponsor": sponsor, "joined": "2026-01-05"}
            for code, sponsor in (("1", None), ("2", "1"), ("3", "2"), ("4", "3"))
        ]
        for person in people:
            if not person["sponsor"]:
                del person["sponsor"]
        played = load(
            {
                "scenario": 1,
                "title": "Unilevel by the month",
                "plan": UNILEVEL,
                "company": {
                    "currency": "COP",
                    "rates": [{"from": "2026-01-01", "rate": 4500}],
                },
                "cycles": [8, 9],
                "distributors": people,
                "sales": [
                    sale("1", "2026-08-31 23:30", {"pv": 10, "cv": 10}),
                    sale("3", "2026-08-05", {"pv": 100, "cv": 80}),
                    sale("4", "2026-08-06", {"pv": 10, "cv": 10}),
                    sale("4", "2026-09-03", {"pv": 20, "cv": 20}),
                ],
            }
        )
        result = self.env["mlm.scenario.player"]._play(played)
        self.assertEqual(result["differences"], [])
        self.assertEqual(result["laws"], [])
        august, september = result["cycles"]
        # 2 bought nothing: level 1 of 80 CV goes to 1, of 10 CV to 3, level 2 to 1
        self.assertEqual(
            august["earnings"], {"1": {"levels": "38250.00"}, "3": {"levels": "4500.00"}}
        )
        self.assertEqual(august["pay_date"], "2026-09-15")
        self.assertEqual(august["ranks"]["3"], "leader")
        self.assertEqual(september["earnings"], {})
        period = self.env["mlm.period"].search([("number", "=", 8)])
        self.assertEqual(period.calendar, "month")
