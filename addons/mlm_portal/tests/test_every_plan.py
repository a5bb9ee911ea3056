# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pages of the portal, for every plan that is shipped, in both languages."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from mlm_engine.kernel import run as engine_run
from mlm_engine.plans import plan_names
from mlm_engine.telling import entitled, rank_ladder
from mlm_engine.telling.view import View

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.mlm_commission.models.live import mlm_network
from odoo.addons.mlm_commission.models.live.mlm_period import as_projection

from .. import standing
from .common import Network

#: Below ANA's frontline, and everybody's customers: nobody of them is named to ANA.
HIDDEN = ("Eva Nombre", "Fina Nombre", "Clienta Nombre", "EVA", "FINA", "CLIENTA")
#: What each person buys of it all; enough for leaders, groups and awards.
SALES = {"ANA": 6_000, "BETO": 12_000, "CARO": 25_000, "DORA": 12_000, "EVA": 60_000, "FINA": 300}
#: What the shipped plans leave out, in one plan.
OTHERS = """
plan: others
name: {{es: Los demás, en: The others}}
version: 1
valid_from: 2026-01-01
sources: ['a test']
currency: {{base: USD, company: COP}}
rounding: {{mode: half_up, unit: 0.01}}
periods:
  month: {{kind: month, anchor_number: 1, anchor_start: 2026-01-01, pay_day: 15}}
measures:
  - {{code: gpv, name: {{es: PV del grupo, en: Group PV}}, kind: group}}
ranks:
  - {{code: none, name: {{es: Ninguno, en: None yet}}}}
  - {{code: leader, name: {{es: Líder, en: Leader}}, measure: gpv, min: 5000}}
  - {{code: head, name: {{es: Jefe, en: Head}}, requires: [{{any: [[{{measure: gpv, min: 100000}}], [{{title: head}}]]}}]}}
  - {{code: top, name: {{es: Cima, en: Summit}}, measure: gpv, min: 10000000}}
bonuses:
  - {{code: generations, rule: generation, name: {{es: Generaciones, en: Generations}}, period: month, params: {{rates: [5, 3, 1], rank: leader}}}}
  - {{code: infinity, rule: infinity, name: {{es: Infinito, en: Infinity}}, period: month, params: {{rates: {{leader: 1, head: 2}}}}}}
  - {{code: match, rule: matching, name: {{es: Igualación, en: Matching}}, period: month, params: {{bonuses: [generations], rates: [10, 5]}}}}
  - {{code: fund, rule: pool, name: {{es: Fondo, en: Fund}}, period: month, params: {{pct: 1, shares: {{leader: 1, head: 3}}}}}}
  - {{code: race, rule: contest, name: {{es: Carrera, en: Race}}, period: month, params: {{measure: gpv, start: {start}, end: {end}, mode: top, prizes: [{{place: 1, amount: 10}}, {{place: 2, amount: 5}}]}}}}
"""


@tagged("post_install", "-at_install")
class TestEveryPlan(Network, HttpCase):
    """ANA sponsors BETO, CARO and DORA; EVA is below BETO and sponsors FINA, who is new.

    One cycle is posted, the present one is open.
    """

    @classmethod
    def setUpClass(cls):
        super(Network, cls).setUpClass()
        cls.env = cls.env(su=True, context={**cls.env.context, "tracking_disable": True})
        cls.env["res.lang"]._activate_lang("es_CO")
        cls.reader = new_test_user(cls.env, "reader", groups="base.group_portal", lang="en_US")
        groups = "base.group_user,mlm_base.group_approver"
        cls.approver = new_test_user(cls.env, "every_approver", groups=groups, lang="en_US")
        cls.clean = cls.env, cls.env.user.company_id

    def test_rules_that_no_shipped_plan_has(self):
        """With the pages of the plans above each rule by level, by group or for all is shown."""
        today = self.env["mlm.period"]._today(self.clean[1].mlm_network_id)
        last = today.replace(day=1) - relativedelta(months=1, days=1)
        self._check("", OTHERS.format(start=last.replace(day=1), end=last), set())

    @classmethod
    def _begin(cls, plan, document=None):
        """A company that lives by a plan, with a posted and an open cycle."""
        cls.env, company = cls.clean
        cls.env.user.company_id = company
        cls._create_company(plan, document)
        cls.approver.company_ids += cls.company
        cls.approver.company_id = cls.company
        cls._create_cycles()
        cls._fill()

    def _check(self, plan, document=None, left_out=("pool",)):
        self._begin(plan, document)
        self.reader.write(
            {
                "partner_id": self.people["ANA"].partner_id.id,
                "company_ids": [(6, 0, self.company.ids)],
                "company_id": self.company.id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.env["ir.config_parameter"].set_param(mlm_network.LIMIT, "1000")
        rows = self._explainable()
        paid = {row.bonus_id.code for row in rows if row.amount_e4}
        told = self.version._plan()["bonuses"]
        # whom a pool is for would need a network of hundreds
        unpaid = {one["rule"] for one in told if one["code"] not in paid}
        self.assertLessEqual(unpaid, set(left_out))
        pages = [f"/my/network/earnings/{row.run_id.id}/{row.id}" for row in rows]
        pages += ["/my/network", "/my/network/earnings"]
        pages += [f"/my/network/earnings/{self.posted.id}"]
        for lang in ("en_US", "es_CO"):
            self.reader.lang = lang
            self.env.flush_all()
            self.authenticate("reader", "reader")
            for page in pages:
                self._see(page, lang)
        for lang in ("es", "en"):
            self.assertTrue(self.version._get_document_pdf(lang).startswith(b"%PDF"))
        self._see_in_the_back_office(rows)
        self._check_next_rank()
        self._check_stored()

    def _check_stored(self):
        """Figures that were stored say the same as those computed at once."""

        def shown():
            self.env.invalidate_all()
            boards = [self.env["mlm.portal.dashboard"]._get(one) for one in self.people.values()]
            teams = [self.env["mlm.portal.team"]._get(one) for one in self.people.values()]
            return [{**one, "as_of": None} for one in boards + teams]

        at_once = shown()
        self.assertTrue(all(one["live"] for one in at_once))
        self._make_large()
        self._refresh()
        self.assertEqual(shown(), at_once)
        self._check_told()
        for page in ("/my/network", "/my/network/team"):
            self.assertIn("Corte:", self._see(page, "es_CO"))

    def _check_told(self):
        """They say what an explanation of the open cycle would say."""
        now = self.env["mlm.live"]._get_now(self.network)[1]
        snapshot = self.env["mlm.snapshot"]._load(as_projection(self.cycle[0]), self.version)
        view = View(snapshot, engine_run.compute(snapshot), lang=now.view.lang)
        for member, key in enumerate(snapshot.member_id.tolist()):
            person = now.people(self.env["mlm.distributor"].browse(key))[key]
            for step in entitled.activity_steps(view, member):
                needed = standing.points(person.row["needed_e4"])
                self.assertEqual(needed, Decimal(step["conditions"][0]["required"]))
            if self.version._plan()["ranks"]:
                ladder = rank_ladder.ladder(view, member)
                asked = [rank for rank in ladder["ranks"] if rank["rank"] == ladder["next"]]
                self.assertEqual(
                    person.rank_conditions(), [one for r in asked for one in r["conditions"]]
                )
                self.assertEqual(person.rank_notes(), ladder["notes"])

    def _check_next_rank(self):
        """Each condition of the next rank, with the part reached: 100 % only where it holds."""
        mine = self.env["mlm.distributor"].with_user(self.reader)._current_for_user(self.reader)
        stands = mine.env["mlm.portal.dashboard"]._get(mine)["standing"]
        self.assertEqual(bool(stands["rank"]), bool(self.version._plan()["ranks"]))
        if stands["rank"] and stands["rank"]["next"]:
            asked = stands["rank"]["conditions"]
            self.assertEqual(len(asked), len(stands["rank"]["next"]["requires"]))
            self.assertTrue(all((one["done"] == 100) == one["holds"] for one in asked))

    def _see_in_the_back_office(self, rows):
        explanations = self.env["mlm.explanation"].create(
            [
                {"run_id": self.posted.id, "distributor_id": self.people["ANA"].id},
                *({"earning_ref": str(row.id)} for row in rows),
            ]
        )
        for one in explanations:
            self.assertIn("list-group-item", one.html)

    def _see(self, page, lang):
        response = self.url_open(page)
        self.assertEqual(response.status_code, 200, page)
        self.assertTrue(response.url.endswith(page), response.url)
        text = response.text
        body = text[text.index('class="o_mlm') :]
        for name in HIDDEN:
            self.assertNotIn(name, body, page)
        self.assertIn({"es_CO": "Resumen", "en_US": "Summary"}[lang], body)
        # of a figure that is missing, of a code or of a key nothing shows through
        self.assertFalse(re.search(r"\b(None|False|nan|undefined)\b", body), page)
        return body

    def _explainable(self):
        """ANA's rows, one of each bonus, reason and source of the percentage."""
        rows = self.env["mlm.earning"].search(
            [*self.posted._id_domain("mlm.earning"), ("payee_id", "=", self.people["ANA"].id)]
        )
        return list(
            {
                (row.bonus_id, row.reason, row.rate_source, row.level > 0): row for row in rows
            }.values()
        )

    @classmethod
    def _fill(cls):
        plan = cls.version._plan()
        cls.joined = datetime.combine(cls.cycle[-2].date_start - timedelta(days=90), time(12))
        new = datetime.combine(cls.cycle[-2].date_start, time(6))
        cls.people = {}
        trees = plan["trees"] or [{}]
        kind = trees[0].get("kind")
        if kind and not cls.env["mlm.tree"].search([("network_id", "=", cls.network.id)]):
            cls.env["mlm.tree"].create(
                {
                    "name": "Tree",
                    "code": trees[0]["code"],
                    "kind": kind,
                    "network_id": cls.network.id,
                }
            )

        def place(parent=None, leg=None):
            if not kind or not parent:
                return {} if kind else None
            return {"parent_code": parent, **({"leg": leg} if kind == "binary" else {})}

        cls._enrol("TOP", None, place(), is_root=True)
        cls._enrol("ANA", "TOP", place("TOP", "left"))
        cls._enrol("BETO", "ANA", place("ANA", "left"))
        cls._enrol("CARO", "ANA", place("ANA", "right"))
        cls._enrol("DORA", "ANA", place("CARO", "right"), at=new)
        cls._enrol("EVA", "BETO", place("BETO", "left"))
        cls._enrol("FINA", "EVA", place("EVA", "left"), at=new)
        cls._enrol("CLIENTA", "ANA", None, kind="customer")
        packages = [one["code"] for one in plan["packages"]]
        for cycle in (-2, 0):
            for code, points in SALES.items():
                package = packages[-1] if packages and cycle == -2 else None
                cls._sell(cycle, code, points, points, package=package)
            cls._sell(cycle, "ANA", 10, 10, buyer="CLIENTA", retail=29_100)
            if cycle == -2:
                cls.posted = cls._post(cls._preview(-2))


def _test(plan):
    def test(self):
        self._check(plan)

    return test


for _name in plan_names():
    setattr(TestEveryPlan, f"test_{_name}", _test(_name))
