# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

from mlm_engine.kernel.codes import RateSource, Reason

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..company.build import build
from ..models.mlm_demo import PARAMETER
from ..play import logins, taxes
from .test_present_week import LOCAL, NOW
from .walk.walks import Walks

#: percent of income tax and per mil of ICA of those who are known; of the others the default
TAXED = {
    "maria": ("10", "0"),
    "root": ("10", "11.04"),
    "luis": ("0", "0"),
    "sandra": ("11", "9.66"),
    "diana": ("10", "9.66"),
    "andres": ("11", "0"),
    "jorge": ("10", "11.04"),
}
DEFAULT = ("10", "13.8")
MINIMUM_OF_ICA = 4 * 52_374


@tagged("post_install", "-at_install")
class TestDemoCompany(Walks, HttpCase):
    """The told weeks, two ordinary ones after them, and a third that runs."""

    # making the company takes long: those who walk through it do so in the same one
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mlm.demo"]._play(now=NOW)
        cls.codes = build().codes
        cls.summary = cls.env["mlm.demo"]._summary()
        cls.cycles = {cycle["number"]: cycle for cycle in cls.summary["cycles"]}

    def of(self, cycle, key):
        """Earnings of one of the cast."""
        return self.cycles[cycle]["earnings"].get(self.codes[key], {})

    def person(self, key):
        return self.env["mlm.distributor"].search([("code", "=", self.codes[key])])

    def measures(self, cycle, key):
        run = self.env["mlm.run"].search([("period_id.number", "=", cycle)])
        return {row["measure"]: row["raw"] for row in run._get_measures(self.person(key))}

    def test_engine_alone_gives_the_same(self):
        self.assertEqual(self.summary["differences"], [])
        self.assertEqual(self.summary["laws"], [])
        self.assertEqual(list(self.cycles), [924, 925, 926, 927])

    def test_books_prove_the_earnings(self):
        for cycle in self.cycles.values():
            earned = sum(
                float(value) for row in cycle["earnings"].values() for value in row.values()
            )
            self.assertAlmostEqual(earned, float(cycle["debit"]), 2)
            self.assertEqual(cycle["debit"], cycle["credit"])
            self.assertTrue(cycle["entries"])

    def test_withholds_by_the_law_of_colombia(self):
        """Every statement once more, by hand: rate of the person, base, whole pesos."""
        known = {self.codes[key]: rates for key, rates in TAXED.items()}
        statements = self.env["mlm.statement"].search([])
        self.assertLessEqual(set(known), set(statements.distributor_id.mapped("code")))
        for one in statements:
            gross = Decimal(one.gross_e4) / 10_000
            percent, per_mil = known.get(one.distributor_id.code, DEFAULT)
            ica = per_mil if gross >= MINIMUM_OF_ICA else "0"
            parts = {
                "renta": gross * Decimal(percent) / 100,
                "reteica": gross * Decimal(ica) / 1000,
            }
            expected = {
                code: int(amount.quantize(Decimal(1), ROUND_HALF_UP))
                for code, amount in parts.items()
            }
            actual = {line.code: line.amount_e4 / 10_000 for line in one.deduction_ids}
            with self.subTest(code=one.distributor_id.code, run=one.run_id.number):
                self.assertEqual(actual, {code: one for code, one in expected.items() if one})
                self.assertEqual(one.net_e4, one.gross_e4 - 10_000 * sum(expected.values()))

    def test_screens_of_the_tax_office_have_content(self):
        accountant = self.env["res.users"].search([("login", "=", "contador@demo.local")])
        cards = {
            card["code"]: card.get("count")
            for card in self.env["mlm.today"].with_user(accountant)._get_cards("commissions")
            if card
        }
        self.assertEqual(cards["co_profiles"], 2)
        self.assertGreater(cards["co_gaps"], 10)
        gaps = self.env["mlm.co.gap"].search([("holds", "=", True)]).distributor_id
        self.assertIn(self.person("jorge"), gaps)
        self.assertNotIn(self.person("maria"), gaps)
        lines = self.env["mlm.statement.deduction"].search([])
        for kind, code in (("income", "renta"), ("ica", "reteica")):
            certificates = self.env["mlm.co.certificate"].search(
                [("kind", "=", kind), ("state", "=", "issued")]
            )
            withheld = lines.filtered(lambda line, code=code: line.code == code)
            self.assertTrue(certificates)
            self.assertEqual(
                sum(certificates.mapped("withheld_e4")), sum(withheld.mapped("amount_e4"))
            )

    def test_a_month_is_filed_and_ica_is_asked_back(self):
        excess = self.env["mlm.co.excess"].search([])
        self.assertEqual((excess.distributor_id, excess.state), (self.person("jorge"), "requested"))
        self.assertEqual(excess.amount_input, excess.left)
        filings = self.env["mlm.co.filing"]
        self.assertFalse(filings.search([]))
        session = SimpleNamespace(
            env=self.env,
            company=self.env.company,
            roles={"accountant": self.user("accountant")},
        )
        taxes.file(session, date(2026, 11, 5))
        filing = filings.search([])
        self.assertEqual(str(filing.date_from), "2026-09-01")
        lines = self.env["mlm.statement.deduction"].search([("code", "=", "renta")])
        self.assertEqual(filing.withheld_e4, sum(lines.mapped("amount_e4")))

    def test_a_year_of_which_nobody_knows_the_uvt_has_an_invented_one(self):
        years = self.env["mlm.co.uvt"]
        last = max(years.search([]).mapped("year"))
        taxes.ensure_uvt(self.env, date(last + 2, 1, 4))
        made = years.search([("year", ">", last)])
        self.assertEqual(made.mapped("year"), [last + 2, last + 1])
        self.assertEqual(set(made.mapped("norm")), {taxes.INVENTED})
        self.assertTrue(all(made.mapped("to_confirm")))
        taxes.ensure_uvt(self.env, date(last, 12, 31))
        self.assertEqual(years.search([("year", ">", last)]), made)

    def test_two_people_and_one_cycle_still_open(self):
        for run in self.env["mlm.run"].search([("state", "=", "posted")]):
            self.assertEqual(run.computed_by_id.login, "gerente@demo.local")
            self.assertEqual(run.approved_by_id.login, "aprobador@demo.local")
        now = self.env["mlm.period"].search([("number", "=", 928)])
        self.assertEqual(now.state, "open")
        self.assertGreater(now.entry_count, 5)
        self.assertFalse(self.env.ref("mlm_volume.cron_periods").active)
        self.assertEqual(self.env["mlm.period"].search([], order="number desc", limit=1), now)

    def test_reaches_every_reason_and_rate(self):
        """Each rule of the plan has somebody to show it."""
        rows = self.env["mlm.earning"].search([])
        reasons = Counter(rows.mapped("reason"))
        for reason in ("smaller_package", "no_package", "inactive", "suspended",
                       "pv_tier", "no_upline"):  # fmt: skip
            self.assertTrue(reasons[reason], reason)
        rates = Counter(rows.mapped("rate_source"))
        for rate in ("package", "rank", "promotion", "pv_tier", "bonus"):
            self.assertTrue(rates[rate], rate)
        first = self.cycles[924]["ranks"]
        self.assertLessEqual({"bronce", "plata", "oro", "diamante"}, set(first.values()))

    def test_stories(self):
        self.assertEqual(self.measures(924, "gloria")["reason"], int(Reason.NO_ACTIVE_RIGHT))
        self.assertFalse(self.of(924, "gloria") | self.of(925, "gloria"))
        self.assertGreater(self.measures(924, "gloria")["carry_left"], 0)
        self.assertGreater(self.measures(924, "rodrigo")["left_expired"], 0)
        self.assertEqual(self.of(924, "natalia"), {"gen5": "112500.00"})
        # generation 5 of an ESP-3: 40 USD whole, 20 USD between 50 and 99 PV
        self.assertEqual(self.of(924, "linea0")["gen5"], "180000.00")
        self.assertEqual(self.of(924, "linea1")["gen5"], "180000.00")
        self.assertEqual(self.measures(924, "maria")["rate"], 170_000)
        self.assertEqual(self.measures(924, "german")["rate"], 150_000)
        self.assertEqual(self.measures(924, "olga")["rate_source"], int(RateSource.RANK))
        self.assertEqual(self.measures(925, "andres")["rate_source"], int(RateSource.PROMOTION))
        self.assertGreater(self.measures(924, "ricardo")["right_excess"], 0)
        self.assertIn("binary", self.cycles[924]["breakage"][self.codes["fabio"]])
        self.assertEqual(self.person("fabio").state, "suspended")
        self.assertTrue(self.of(924, "yaneth"))
        self.assertEqual(self.measures(925, "yaneth")["reason"], int(Reason.TERMINATED))
        self.assertEqual(self.measures(924, "pedro")["reason"], int(Reason.BELOW_MINIMUM))
        self.assertTrue(self.of(924, "laura")["binary"])
        self.assertFalse(self.person("wilson").position_ids)
        self.assertTrue(self.person("tatiana").position_ids)
        self.assertEqual(self.person("sofia").sponsor_id, self.person("diana"))
        self.assertTrue(any("retail" in row for row in self.cycles[924]["earnings"].values()))

    def test_documents_of_daily_life(self):
        moves = self.env["account.move"].search(
            [("move_type", "in", ("out_invoice", "out_refund"))]
        )
        self.assertTrue(moves.filtered(lambda move: move.state == "cancel"))
        self.assertTrue(moves.filtered(lambda move: move.move_type == "out_refund"))
        unpaid = moves.filtered(
            lambda move: move.state == "posted" and move.payment_state == "not_paid"
        )
        self.assertEqual(len(unpaid), 3 + 2)
        self.assertFalse(sum(unpaid.mapped("mlm_entry_count")))
        cancelled = moves.filtered(lambda move: move.state == "cancel")
        rows = self.env["mlm.volume.entry"].search([("move_id", "=", cancelled.id)])
        self.assertEqual(len(rows), 2)
        self.assertEqual(sum(rows.mapped("pv_e4")), 0)
        self.assertTrue(self.env["sale.order"].search([("state", "=", "draft")]))

    def test_logins(self):
        rows = self.env["mlm.demo"]._logins()
        self.assertEqual(len(rows), 1 + len(logins.STAFF) + len(logins.DISTRIBUTORS))
        users = self.env["res.users"].search([("login", "in", [row["login"] for row in rows])])
        self.assertEqual(len(users), len(rows))
        self.assertEqual(set(users.mapped("lang")), {"es_CO"})
        self.assertEqual(set(users.mapped("tz")), {"America/Bogota"})
        maria = users.filtered(lambda user: user.login == "maria@demo.local")
        self.assertTrue(maria._is_portal())
        distributor = self.env["mlm.distributor"]._current_for_user(maria)
        self.assertEqual(distributor, self.person("maria"))

    def test_administrator_has_a_password_nobody_guesses(self):
        admin = self.env.ref("base.user_admin")
        shown = self.administrator()
        self.assertEqual(shown["login"], "admin")
        self.assertGreaterEqual(len(shown["password"]), 16)
        self.assertTrue(logins._opens(admin, shown["password"]))
        self.assertFalse(logins._opens(admin, "admin"))
        # it stays as long as nobody changes it, and an old demo gets one
        logins.secure_administrator(self.env)
        self.assertEqual(self.administrator(), shown)
        admin.password = "admin"
        self.assertEqual(self.administrator()["password"], "")
        logins.secure_administrator(self.env)
        self.assertFalse(logins._opens(admin, "admin"))
        self.assertNotEqual(self.administrator()["password"], shown["password"])
        # whoever is not the administrator does not read it
        support = self.env["res.users"].search([("login", "=", "gerente@demo.local")])
        with self.assertRaises(AccessError):
            self.env["ir.config_parameter"].with_user(support).search(
                [("key", "=", logins.ADMIN_PASSWORD)]
            ).mapped("value")

    def administrator(self):
        return next(row for row in logins.listed(self.env) if row["login"] == "admin")

    def test_staff_read_what_they_work_with(self):
        models = {
            "gerente": ("mlm.run", "mlm.earning", "mlm.volume.entry", "sale.order"),
            "aprobador": ("mlm.run", "mlm.earning", "account.move"),
            "contador": ("mlm.run", "mlm.statement", "account.move", "account.payment"),
            "soporte": ("mlm.distributor", "mlm.position", "sale.order"),
            "bodega": ("mlm.distributor", "sale.order"),
            "auditor": ("mlm.run", "mlm.earning", "mlm.volume.entry", "account.move"),
        }
        for login, names in models.items():
            user = self.env["res.users"].search([("login", "=", f"{login}@demo.local")])
            for name in names:
                with self.subTest(login=login, model=name):
                    found = self.env[name].with_user(user).search([], limit=3)
                    self.assertTrue(found)
                    found.read(["display_name"])

    def test_sample_contracts_say_so_and_open_the_forms(self):
        company = self.env.company
        texts = self.env["mlm.contract"]._get_published(company)
        self.assertEqual(set(texts.mapped("kind")), {"distributor", "privacy"})
        for lang, words in (("en_US", "Sample text"), ("es_CO", "Texto de muestra")):
            for text in texts.with_context(lang=lang):
                self.assertIn(words, text.body)
        applications = self.env["mlm.application"].with_context(lang="es_CO")
        form = applications._get_form(company)
        self.assertEqual({one["kind"] for one in form["contracts"]}, {"distributor", "privacy"})
        post = {
            "name": "Nueva Persona",
            "document_type": "cc",
            "vat": "1020304050",
            "email": "nueva@example.com",
            "phone": "3001234567",
            "city": "Bogotá",
            "state_id": self.env.ref("base.state_co_03").id,
            "kind": "distributor",
            **{f"contract_{text.id}": "on" for text in texts},
        }
        for channel, state in (("portal", "waiting"), ("referral", "waiting")):
            with self.subTest(channel=channel):
                found, message = applications._take(self.person("maria"), post, channel, None)
                self.assertEqual((message, found.state), ("", state))
                post.update(vat="1020304069", email="otra@example.com", name="Otra Persona")

    def test_second_call_changes_nothing(self):
        models = ("mlm.distributor", "sale.order", "account.move", "mlm.run", "res.users")
        before = [self.env[name].search_count([]) for name in models]
        self.env["mlm.demo"]._play()
        self.assertEqual(before, [self.env[name].search_count([]) for name in models])

    def test_always_the_same_company(self):
        one, other = build(), build()
        self.assertEqual(one.document, other.document)
        self.assertEqual(one.persons, other.persons)
        self.assertEqual(len(one.document["distributors"]), len(one.persons))
        names = [person["name"] for person in one.document["distributors"]]
        self.assertEqual(len(names), len(set(names)))

    def test_next_code(self):
        person = self.env["mlm.distributor"]._enrol(
            [{"acceptance": "later", "name": "Nueva", "sponsor_id": self.person("maria").id}]
        )
        self.assertEqual(person.code, f"{len(build(LOCAL).persons) + 1:06d}")

    def test_the_company_lives(self):
        totals = {
            cycle["number"]: sum(
                float(value) for row in cycle["earnings"].values() for value in row.values()
            )
            for cycle in self.summary["cycles"]
        }
        self.assertEqual((totals[924], totals[925]), (42_143_800, 24_182_700))
        self.assertTrue(totals[926] and totals[927])
        running = self.env["mlm.period"].search([("state", "=", "open")])
        self.assertEqual(running.number, 928)
        self.assertGreater(running.entry_count, 5)
        rows = self.env["mlm.volume.entry"].search([("period_id", "=", running.id)])
        self.assertLessEqual(max(rows.mapped("moment")), NOW)
        waiting = self.env["mlm.distributor"].search(
            [
                ("join_date", ">=", "2026-09-14"),
                ("position_ids", "=", False),
                ("kind", "=", "distributor"),
            ]
        )
        self.assertTrue(waiting)
        unpaid = self.env["account.move"].search(
            [("invoice_date", ">=", "2026-09-14"), ("payment_state", "=", "not_paid")]
        )
        self.assertEqual(len(unpaid), 2)

    def test_the_day_does_not_begin_with_empty_lists(self):
        manager = self.env["res.users"].search([("login", "=", "gerente@demo.local")])
        contest = self.env["mlm.contest"].search([])
        self.assertEqual(contest.state, "running")
        self.assertIn("María", contest.standings_html)
        self.assertEqual(self.env["mlm.adjustment"].search([]).state, "requested")
        self.assertEqual(self.env["mlm.application"].search([]).state, "waiting")
        deposits = self.env["mlm.deposit"].search([("state", "=", "open")])
        self.assertEqual(len(deposits), 2)
        self.assertEqual(len(deposits.invoice_id), 1)
        cards = self.env["mlm.today"].with_user(manager)._get_cards("commissions")
        self.assertGreater(len(cards), 3)

    def test_people_have_faces_and_have_signed(self):
        people = self.env["mlm.distributor"].search([])
        self.assertEqual(len(people), len(build(LOCAL).persons))
        self.assertTrue(all(people.mapped("partner_id.image_128")))
        self.assertFalse(people.waiting_contract_ids)
        signed = people.acceptance_ids
        self.assertTrue(all(signed.mapped("is_text_intact")))
        self.assertLessEqual(max(signed.mapped("accepted_at")), NOW)

    def test_login_page_of_the_demo_says_who_there_is(self):
        page = self.url_open("/web/login").text
        admin = self.env["ir.config_parameter"].get_param(logins.ADMIN_PASSWORD)
        for role in logins.STAFF.values():
            self.assertIn(f"{role[0]}@{logins.DOMAIN}", page)
        self.assertNotIn(admin, page)
        self.env["ir.config_parameter"].set_param(PARAMETER, False)
        self.assertNotIn(logins.PASSWORD, self.url_open("/web/login").text)
