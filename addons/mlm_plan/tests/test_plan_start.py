import base64
from datetime import date

from freezegun import freeze_time
from mlm_engine.kernel.periods import starts_period
from mlm_engine.plans import load_plan, plan_names

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase

from odoo.addons.mlm_base.internal import as_internal

from .common import PLAN, PlanCommon


class TestPlanStart(PlanCommon):
    """A new plan from the gallery, from a file, or from nothing."""

    def _start(self, role="manager", **values):
        start = self._as(self.env["mlm.plan.start"], role).create(values)
        return self.env["mlm.plan.version"].browse(start.action_start()["res_id"])

    def test_from_the_gallery(self):
        form = Form(self._as(self.env["mlm.plan.start"], "manager"))
        form.template = PLAN
        self.assertIn("How you earn", form.preview_html)
        self.assertEqual((form.name, form.code), ("Gano Excel Colombia 2026", PLAN))
        form.code = "ours"
        form.valid_from = date(2026, 8, 31)
        version = self.env["mlm.plan.version"].browse(form.save().action_start()["res_id"])
        self.assertEqual(
            (version.plan_id.code, version.version, version.state), ("ours", 1, "draft")
        )
        self.assertEqual(version.valid_from, date(2026, 8, 31))
        self.assertFalse(version.error_count)
        self.assertIn("# the lesser leg is paid in whole steps", version.document)

    def test_every_plan_proposes_a_day_on_which_it_can_begin(self):
        """RULES 11: the first day of a period of every kind, and of none that is closed."""
        today = self.periods._today(self.network)
        for name in plan_names():
            form = Form(self._as(self.env["mlm.plan.start"], "manager"))
            form.template = name
            plan = {**load_plan(name), "valid_from": form.valid_from.toordinal()}
            with self.subTest(name):
                self.assertEqual(starts_period(plan), [])
                self.assertGreaterEqual(form.valid_from, today)

    def test_a_day_after_what_is_closed(self):
        plan = load_plan("organo_gold")  # weeks, and months of weeks
        first = self.env["mlm.plan.version"]._next_start(self.network, plan)
        later = self.env["mlm.plan.version"]._next_start(self.network, plan, first)
        self.assertGreater(later, first)
        self.assertEqual(starts_period({**plan, "valid_from": later.toordinal()}), [])

    def test_new_version_begins_after_what_is_closed(self):
        versions = self.env["mlm.plan.version"]
        with freeze_time("2026-08-18 12:00"):
            as_internal(self.cycle[925]).write({"state": "closed"})
            copy = versions.browse(self.version.action_new_version()["res_id"])
            self.assertEqual(copy.valid_from, self.cycle[926].date_start)
            self.assertFalse(copy.error_count)

    def test_plan_that_is_there_gets_its_next_version(self):
        version = self._start(source="template", template=PLAN)
        self.assertEqual((version.plan_id, version.version), (self.version.plan_id, 2))

    def test_from_nothing_with_the_company_s_cycle(self):
        self.network.write({"cycle_days": 14, "cycle_pay_after": 20})
        version = self._start(source="empty", name="Uninivel ñ", code="uninivel_n")
        plan = version._plan()
        self.assertEqual(plan["name"]["es"], "Uninivel ñ")
        self.assertEqual((plan["periods"]["week"]["days"], plan["bonuses"]), (14, []))
        self.assertEqual(version.plan_id.code, "uninivel_n")

    def test_code_follows_the_name(self):
        form = Form(self._as(self.env["mlm.plan.start"], "manager"))
        form.source = "empty"
        form.name = "Plan Nuevo 2027"
        self.assertEqual(form.code, "plan_nuevo_2027")
        form.code = "no spaces"
        with self.assertRaises(ValidationError):
            form.save().action_start()

    def test_from_a_file(self):
        text = self.env["mlm.plan.version"]._shipped(PLAN).replace("version: 1", "version: 9")
        version = self._start(source="file", file=base64.b64encode(text.encode()))
        self.assertEqual((version.version, version.document), (9, text))
        with self.assertRaisesRegex(ValidationError, r"line \d, column \d: not valid YAML"):
            self._start(source="file", file=base64.b64encode(b"plan: [1"))
        with self.assertRaisesRegex(UserError, "UTF-8"):
            self._start(source="file", file=base64.b64encode(b"\xff\xfe\x00"))
        windows = base64.b64encode("plan: x\nname: Año\n".encode("cp1252"))
        with self.assertRaisesRegex(UserError, "line 2: not UTF-8: it looks like Windows-1252"):
            self._start(source="file", file=windows)
        text = text.replace("version: 9", "version: 10")
        marked = base64.b64encode(text.encode("utf-8-sig"))
        self.assertEqual(self._start(source="file", file=marked).document, text)
        with self.assertRaisesRegex(UserError, "Choose the file"):
            self._start(source="file")

    def test_only_managers_start_plans(self):
        for role in ("support", "approver", "accountant", "warehouse", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._start(role, source="template", template=PLAN)


class TestPlanFiles(HttpCase, PlanCommon):
    """Documents about a plan, and who gets them."""

    def _get(self, role, address):
        user = self.users[role]
        user.password = user.login
        self.authenticate(user.login, user.login)
        return self.url_open(f"/mlm/plan/{self.version.id}{address}")

    def test_documents(self):
        for address, begins in ((".yaml", b"# Gano"), ("/es.pdf", b"%PDF"), ("/en.pdf", b"%PDF")):
            with self.subTest(address):
                found = self._get("auditor", address)
                self.assertEqual(found.status_code, 200)
                self.assertTrue(found.content.startswith(begins))
        found = self._get("auditor", f"/changes/{self.version.id}.pdf")
        self.assertTrue(found.content.startswith(b"%PDF"))

    def test_strangers_get_nothing(self):
        for address in (".yaml", "/es.pdf", f"/changes/{self.version.id}.pdf", "/fr.pdf"):
            with self.subTest(address):
                self.assertEqual(self._get("warehouse", address).status_code, 404)
