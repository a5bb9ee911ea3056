from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from ..pace import Pace, left_text, seconds_left

#: a course that is quick at first: half of the fraction in a tenth of the time
PAST = [[0.0, 0.0], [0.5, 60.0], [1.0, 600.0]]


@tagged("post_install", "-at_install")
class TestPace(TransactionCase):
    def _reach(self, pace, *points):
        """Seconds left at each ``(seconds since the beginning, fraction)``."""
        with freeze_time("2026-08-24 10:00:00") as clock:
            found, before = [], 0
            for moment, fraction in points:
                clock.tick(moment - before)
                found.append(pace.reach(fraction))
                before = moment
            return found

    def test_nothing_is_said_before_it_is_known(self):
        """Neither at once, nor of the first hundredths."""
        found = self._reach(Pace(), (0, 0), (1, 0.2), (30, 0.21), (40, 0.4))
        self.assertEqual(found[:2], [None, None])
        self.assertAlmostEqual(found[2], 30 * 0.79 / 0.21)
        self.assertEqual(seconds_left(0.5, 0.54, 100), None)

    def test_work_that_goes_on_where_it_was_left(self):
        """What was done before it began says nothing of its pace."""
        self.assertEqual(seconds_left(0.5, 0.75, 30), 30)

    def test_an_earlier_one_is_known_from_the_beginning(self):
        """Twice as many people take twice as long, at each place of the course."""
        self.assertEqual(self._reach(Pace(PAST, 2.0), (0, 0)), [1200])
        self.assertEqual(seconds_left(0, 0.5, 120, PAST, 2.0), 1080)
        self.assertEqual(seconds_left(0, 0.75, 660, PAST, 2.0), 540)

    def test_its_own_pace_counts_the_more_the_further_it_is(self):
        """Half as quick as it was expected to be."""
        self.assertEqual(seconds_left(0, 0.5, 120, PAST), 540 * 1.5)
        self.assertEqual(seconds_left(0, 0.75, 660, PAST), 270 * 1.75)
        self.assertEqual(seconds_left(0, 1, 1200, PAST), 0)

    def test_it_does_not_jump(self):
        """A part that took ten times as long as the others is met half-way."""
        found = self._reach(Pace(), (0, 0), (10, 0.1), (20, 0.2), (120, 0.3))
        self.assertEqual(found[1:3], [90, 80])
        self.assertAlmostEqual(found[3], (280 + 0) / 2)

    def test_it_counts_down_while_it_goes_as_expected(self):
        found = self._reach(Pace(), *((10 * part, part / 10) for part in range(11)))
        for part, left in enumerate(found[1:], 1):
            self.assertAlmostEqual(left, 100 - 10 * part)

    def test_tried_again(self):
        """A second attempt begins at nothing, and its time, too."""
        pace = Pace()
        found = self._reach(pace, (0, 0), (10, 0.5), (50, 0), (60, 0.25), (70, 0.5))
        self.assertEqual(found[2], None)
        self.assertEqual(pace.course, [[0, 0], [0.25, 10], [0.5, 20]])

    def test_in_words(self):
        for seconds, text in (
            (None, ""),
            (-121, ""),
            (-5, "less than a minute left"),
            (60, "less than a minute left"),
            (61, "about 2 min left"),
            (600, "about 10 min left"),
            (601, "about 15 min left"),
            (3600, "about 60 min left"),
            (3 * 3600 + 7 * 60, "about 3 h 10 min left"),
        ):
            with self.subTest(seconds=seconds):
                self.assertEqual(left_text(self.env(context={"lang": "en_US"}), seconds), text)
