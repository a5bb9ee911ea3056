from datetime import date

from freezegun import freeze_time
from mlm_engine.kernel import periods

from odoo.exceptions import UserError

from .common import CommissionCommon

KINDS = """\
periods:
  week: {kind: days, days: 7, anchor_number: 924, anchor_start: 2026-08-17, pay_after_start: 18}
  four_weeks: {kind: days, days: 28, anchor_number: 231, anchor_start: 2026-08-10,
    pay_after_start: 40}
"""
MATCHING = """\
  - code: match
    rule: matching
    name: {es: Bono de igualación, en: Matching bonus}
    period: four_weeks
    tree: sponsor
    as_of: period_end
    params: {bonuses: [binary], rates: [10]}
"""


class TestPeriodKinds(CommissionCommon):
    """Weeks and, beside them, four weeks of which each consists (RULES 10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = cls.version.document
        start, end = text.index("periods:"), text.index("activity:")
        text = text[:start] + KINDS + text[end:]
        text = text.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-10")
        # GEN5 by four weeks, all else by week
        head, tail = text.split("  - code: gen5\n")
        text = head + "  - code: gen5\n" + tail.replace("period: week", "period: four_weeks", 1)
        cls.two_kinds = cls.env["mlm.plan.version"]._import_document(text)
        cls.two_kinds._publish_at_once()
        cls.long = cls.periods.search([("kind", "=", "four_weeks")], order="number")

    def test_longer_periods_appear_with_the_cycles(self):
        """924 to 926 end in the four weeks from 10 August; these exist once."""
        self.assertEqual(self.long.mapped("number"), [231])
        self.assertEqual(self.long.date_start, date(2026, 8, 10))
        self.assertEqual(self.long.date_end, date(2026, 9, 6))
        self.assertEqual(self.long.pay_date, date(2026, 9, 19))
        self.assertFalse(self.long.is_base)
        self.assertEqual(self.long.part_ids.mapped("number"), [924, 925, 926])
        self.assertEqual(self.long.display_name, "28 days, number 231")
        self.periods._ensure_until(self.network, date(2026, 9, 13))
        self.assertEqual(self.periods.search_count([("kind", "=", "four_weeks")]), 2)
        self.periods._ensure_until(self.network, date(2026, 9, 13))
        self.assertEqual(self.periods.search_count([("kind", "=", "four_weeks")]), 2)

    def test_volume_goes_to_cycles_only(self):
        sale = self._sale(self.juan, day="2026-08-19")
        self.assertEqual(self._ledger(sale).period_id, self.cycle[924])
        self.assertEqual(self.long.cv, 14)
        self.assertEqual(self.long.entry_count, 1)
        with self.assertRaisesRegex(UserError, "takes no more volume"):
            self.env["mlm.volume.entry"]._insert_rows(
                [
                    {
                        "network_id": self.network.id,
                        "period_id": self.long.id,
                        "distributor_id": self.juan.id,
                        "kind": "sale",
                        "moment": "2026-08-19 12:00:00",
                        "pv_e4": 1,
                    }
                ]
            )

    def test_longer_period_waits_for_its_cycles(self):
        with self.assertRaisesRegex(UserError, "Post Cycle 924 first"):
            self.long.action_close()
        with self.assertRaisesRegex(UserError, "none of its cycles is posted"):
            self.long.action_preview()
        with self.assertRaisesRegex(UserError, "takes no volume itself"):
            self.long.action_grace()

    @freeze_time("2026-09-10 12:00:00")
    def test_run_of_four_weeks(self):
        """Its run pays its own bonuses on the rows of all its cycles."""
        self._sale(self.maria, product=self.packages["ESP-3"], day="2026-08-18")
        self._sale(self.maria, product=self.big, day="2026-08-19")
        self._sale(self.juan, product=self.packages["ESP-1"], day="2026-08-27")
        self._sale(self.yenny, product=self.packages["ESP-1"], day="2026-09-02")
        for number in (924, 925):
            run = self._posted(number)
            self.assertNotIn("gen5", run.bonus_total_ids.bonus_id.mapped("code"))
            self.assertNotIn(("MARIA", "gen5"), self._amounts(run))
        self.assertEqual(self.long.state, "open")
        early = self._preview_of(self.long)
        self.assertEqual(self._amounts(early), {("MARIA", "gen5"): 25 * 4500})
        with self.assertRaisesRegex(UserError, "Cycle|open"):
            self._as(early, "manager").action_submit()

        self._posted(926)
        self.assertEqual(self.long.state, "closed", "closes with its last cycle")
        run = self._preview_of(self.long)
        self.assertEqual(self._amounts(run), {("MARIA", "gen5"): 2 * 25 * 4500})
        self.assertEqual(run.bonus_total_ids.bonus_id.mapped("code"), ["gen5"])
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self._as(run, "manager").action_post()
        self.env.invalidate_all()
        self.assertEqual(self.long.state, "posted")
        self.assertEqual(run.chunk_ids.move_id.name, "COM/FOUR_WEEKS-231/0001")
        self.assertFalse(run._verify())
        self.assertFalse(self.env["mlm.law"]._check_all())

    def _preview_of(self, period):
        action = self._as(period, "manager").action_preview()
        return self.env["mlm.run"].browse(action["res_id"])

    def test_plan_with_other_cycles_is_refused(self):
        text = self.version.document.replace("version: 1", "version: 3", 1)
        text = text.replace("anchor_start: 2026-08-17", "anchor_start: 2026-08-18")
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-18")
        other = self.env["mlm.plan.version"]._import_document(text)
        with self.assertRaisesRegex(UserError, "has other cycles than"):
            other._publish_at_once()

    def test_company_without_cycles_takes_the_plan_s(self):
        network = self.env["res.company"].create({"name": "Empty"}).mlm_network_id
        text = self.version.document.replace("anchor_number: 924", "anchor_number: 24")
        version = self.env["mlm.plan.version"]._import_document(text, network)
        version._publish_at_once()
        self.assertEqual(network.cycle_anchor_number, 24)
        found = self.periods._calendar_values(network, 24)
        self.assertEqual((found["kind"], found["pay_date"]), ("week", date(2026, 9, 4)))

    def test_company_by_the_month(self):
        """A plan whose first kind is a month: cycles are months, paid the month after."""
        network = self.env["res.company"].create({"name": "Monthly"}).mlm_network_id
        text = self.version.document
        start, end = text.index("periods:"), text.index("activity:")
        month = "{kind: month, anchor_number: 1, anchor_start: 2026-01-01, pay_day: 15}"
        text = text[:start] + f"periods:\n  month: {month}\n" + text[end:]
        text = text.replace("period: week", "period: month")
        version = self.env["mlm.plan.version"]._import_document(text, network)
        version._publish_at_once()
        self.periods._ensure_until(network, date(2026, 2, 10))
        found = self.periods.search([("network_id", "=", network.id)])
        self.assertEqual(found.mapped("display_name"), ["February 2026"])
        self.assertEqual(found.number, 2)
        self.assertEqual((found.date_end, found.pay_date), (date(2026, 2, 28), date(2026, 3, 15)))
        definition = version._plan()["periods"]["month"]
        for number in (-11, 0, 12, 100):
            dates = periods.bounds(definition, number)
            values = self.periods._calendar_values(network, number)
            self.assertEqual(
                [values[name].toordinal() for name in ("date_start", "date_end", "pay_date")],
                list(dates),
            )
            self.assertEqual(self.periods._number_on(network, values["date_end"]), number)


class TestMatchingByTheMonth(CommissionCommon):
    """A bonus of a longer period on what the cycles inside it paid."""

    @freeze_time("2026-09-10 12:00:00")
    def test_earned_in_the_cycles(self):
        text = self.version.document
        start, end = text.index("periods:"), text.index("activity:")
        text = text[:start] + KINDS + text[end:]
        text = text.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-10")
        text = text.replace("catalog:", MATCHING + "catalog:", 1)
        version = self.env["mlm.plan.version"]._import_document(text)
        version._publish_at_once()
        four_weeks = self.periods.search([("kind", "=", "four_weeks")])
        self._enrol("ANA", "JUAN", "left")
        ana = self.env["mlm.distributor"].search([("code", "=", "ANA")])
        for day in ("2026-08-19", "2026-08-26", "2026-09-02"):
            self._balanced_sales(left=2, right=2, day=day)
        earned = 0
        for number in (924, 925, 926):
            run = self._posted(number)
            earned += self._amounts(run).get(("MARIA", "binary"), 0)
        self.assertTrue(earned)
        snapshot = self.env["mlm.snapshot"]._load(four_weeks, version)
        found = dict(
            zip(
                snapshot.member_id[snapshot.earned_member].tolist(),
                snapshot.earned_amount_e4.tolist(),
                strict=True,
            )
        )
        self.assertEqual(found[self.maria.id], earned * 10_000)
        self.assertNotIn(ana.id, found)
        action = self._as(four_weeks, "manager").action_preview()
        run = self.env["mlm.run"].browse(action["res_id"])
        self.assertFalse(run._verify())
        self.assertEqual(run.bonus_total_ids.bonus_id.mapped("code"), ["match"])


class TestMonth(CommissionCommon):
    """Weeks and the months in which they end."""

    def test_weeks_of_the_month(self):
        text = self.version.document
        text = text.replace(
            "activity:\n",
            "  month: {kind: weeks_of_month, of: week, anchor_number: 202601,"
            " anchor_start: 2026-01-01, pay_day: 20}\nactivity:\n",
            1,
        )
        text = text.replace("version: 1", "version: 2", 1)
        # weeks that end in August begin on 27 July
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-07-27")
        version = self.env["mlm.plan.version"]._import_document(text)
        version._publish_at_once()
        months = self.periods.search([("kind", "=", "month")], order="number")
        self.assertEqual(months.mapped("display_name"), ["August 2026", "September 2026"])
        self.assertEqual(months[0].date_start, date(2026, 7, 27))
        self.assertEqual(months[0].date_end, date(2026, 8, 30))
        self.assertEqual(months[0].pay_date, date(2026, 9, 20))
        self.assertEqual(months[0].part_ids.mapped("number"), [924, 925])
        self.assertEqual(months[1].part_ids.mapped("number"), [926])


class TestWindow(CommissionCommon):
    def test_window_of_weeks_seen_from_four(self):
        """Own PV of the window is what was before plus the rows read, whatever is longer."""
        for day in ("2026-08-19", "2026-08-26", "2026-09-02"):
            self._sale(self.juan, day=day)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[926], self.version)
        at = list(snapshot.member_id).index(self.juan.id)
        self.assertEqual(snapshot.window_pv_e4[at], 2 * 150_000)
