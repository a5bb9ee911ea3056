from datetime import date

from mlm_engine.kernel import periods

from odoo.exceptions import UserError

from .common import PlanCommon
from .kinds_common import KindsMixin


class TestPeriodKinds(KindsMixin, PlanCommon):
    """Weeks and, beside them, four weeks of which each consists (RULES 10)."""

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
        with self.assertRaisesRegex(UserError, "takes no volume itself"):
            self.long.action_grace()

    def test_plan_with_other_cycles_is_refused(self):
        text = self.version.document.replace("version: 1", "version: 3", 1)
        text = text.replace("anchor_start: 2026-08-17", "anchor_start: 2026-08-18")
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-18")
        other = self.env["mlm.plan.version"]._import_document(text)
        with self.assertRaisesRegex(UserError, "are not those of"):
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


class TestMonth(PlanCommon):
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
