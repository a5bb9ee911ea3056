from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError

from .common import VolumeCommon


class TestPeriod(VolumeCommon):
    def test_known_cycles(self):
        """GX-CAL-01 and GX-CAL-03."""
        for number, start, end, pay in (
            (924, date(2026, 8, 17), date(2026, 8, 23), date(2026, 9, 4)),
            (893, date(2026, 1, 12), date(2026, 1, 18), date(2026, 1, 30)),
        ):
            found = self.periods._calendar_values(self.network, number)
            self.assertEqual(
                (found["date_start"], found["date_end"], found["pay_date"]),
                (start, end, pay),
            )
            self.assertEqual(self.periods._number_on(self.network, end), number)

    def test_moments_are_bogota(self):
        """Sunday 23:30 in Bogotá is Monday in UTC and still the old cycle."""
        moment = datetime(2026, 8, 24, 4, 30)
        self.assertEqual(self.periods._local_date(self.network, moment), date(2026, 8, 23))
        self.assertEqual(self.cycle[924]._end_moment(), datetime(2026, 8, 24, 5))

    def test_first_cycle_is_the_network_s(self):
        self.assertEqual(min(self.cycle), 924)

    @freeze_time("2026-08-22 15:00:00")
    def test_present_cycle_cannot_be_closed(self):
        with self.assertRaisesRegex(UserError, "lasts until"):
            self.cycle[924].action_close()

    def test_cycles_close_in_order(self):
        with self.assertRaisesRegex(UserError, "Close Cycle 924 before"):
            self.cycle[925].action_close()
        self.cycle[924].action_close()
        self.cycle[925].action_close()
        self.assertEqual(self.cycle[925].state, "closed")

    def test_close_twice_says_why(self):
        self.cycle[924].action_close()
        with self.assertRaisesRegex(UserError, "“Closed” and should be"):
            self.cycle[924].action_close()

    def test_reopen(self):
        self.cycle[924].action_close()
        self.cycle[924].action_reopen()
        self.assertEqual(self.cycle[924].state, "grace")

    def test_closed_cycle_is_not_deleted(self):
        self.cycle[924].action_close()
        with self.assertRaises(UserError):
            self.cycle[924].unlink()

    @freeze_time("2026-09-05 12:00:00")
    def test_cron_creates_the_next_cycle_once(self):
        self.periods._cron_ensure_periods()
        count = self.periods.search_count([])
        self.periods._cron_ensure_periods()
        self.assertEqual(self.periods.search_count([]), count)
        self.assertTrue(self.periods.search([("number", "=", 927)]))

    @freeze_time("2026-08-18 12:00:00")
    def test_present_cycle_is_found(self):
        found = self.periods.search([("is_current", "=", True)])
        self.assertEqual(found, self.cycle[924])
        self.assertNotIn(found, self.periods.search([("is_current", "=", False)]))
