# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import datetime, timedelta

from PIL import Image

from odoo.tests import TransactionCase, tagged

from ..company.build import TOLD, build
from ..models import mlm_demo
from ..play import photos

#: Wednesday of 928, in UTC and where the company is.
NOW = datetime(2026, 9, 16, 15)
LOCAL = NOW - timedelta(hours=5)


@tagged("post_install", "-at_install")
class TestWeeks(TransactionCase):
    """What is made up without a database."""

    def test_the_told_weeks_are_as_they_were(self):
        told, later = build().document, build(LOCAL).document
        for name in ("opening", "events", "refunds", "plan", "company"):
            self.assertEqual(told[name], later[name], name)
        # only what happens from 926 on is new
        count = len(told["sales"])
        before = [sale for sale in later["sales"] if sale["paid"] < "2026-08-31"]
        self.assertEqual(before, [sale for sale in told["sales"] if sale["paid"] < "2026-08-31"])
        self.assertGreater(len(later["sales"]), count)
        people = len(told["distributors"])
        self.assertEqual(told["distributors"], later["distributors"][:people])

    def test_up_to_the_moment_and_not_beyond(self):
        for now in (
            datetime(2026, 9, 7, 0, 1),
            datetime(2026, 9, 13, 23, 59),
            datetime(2027, 1, 4, 12),
        ):
            with self.subTest(now=now):
                demo = build(now)
                self.assertEqual(demo.document["cycles"][-1], demo.running)
                paid = [sale["paid"] for sale in demo.document["sales"]]
                self.assertLessEqual(max(paid), str(now))
                start = now.date() - timedelta(days=now.weekday())
                running = [day for day in paid if day >= str(start)]
                self.assertTrue(running)
                self.assertLessEqual(max(str(s["paid"]) for *_, s in demo.extras), str(now))
        self.assertEqual(demo.document, build(datetime(2027, 1, 4, 12)).document)

    def test_at_most_twelve_weeks_are_filled(self):
        sales = build(datetime(2027, 8, 25, 12)).document["sales"]
        days = [sale["paid"][:10] for sale in sales if sale["paid"] > "2026-09-07"]
        self.assertEqual(min(days)[:7], "2027-05")

    def test_before_the_told_weeks_end(self):
        self.assertEqual(mlm_demo._local(datetime(2026, 1, 1)), TOLD)

    def test_portraits(self):
        one, again, other = (
            photos.draw(code, name)
            for code, name in (("1", "Ana Gil"), ("1", "Ana Gil"), ("2", "Luis Gil"))
        )
        self.assertEqual(one, again)
        self.assertNotEqual(one, other)
        self.assertEqual(Image.open(io.BytesIO(one)).size, (photos.SIZE, photos.SIZE))
