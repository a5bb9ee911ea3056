# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np

from odoo.tests import BaseCase, tagged

from .. import kept_views
from ..kept_views import KeptViews


@tagged("post_install", "-at_install")
class TestKeptViews(BaseCase):
    """A process keeps a few prepared inputs, and of large networks only the last ones."""

    def setUp(self):
        super().setUp()
        self.kept, self.made = KeptViews(), []

    def _get(self, key, people=1):
        def make():
            self.made.append(key)
            return SimpleNamespace(key=key, snapshot=SimpleNamespace(member_id=np.arange(people)))

        view = self.kept.get(key, make)
        self.assertEqual(view.key, key)

    def test_each_is_made_once(self):
        for key in "abab":
            self._get(key)
        self.assertEqual(self.made, ["a", "b"])
        self.kept.clear()
        self._get("a")
        self.assertEqual(self.made, ["a", "b", "a"])

    def test_the_one_that_nobody_asked_for_goes_first(self):
        with patch.object(kept_views, "VIEWS", 2):
            for key in "abacab":
                self._get(key)
        self.assertEqual(self.made, ["a", "b", "c", "b"])

    def test_of_so_many_people_together(self):
        with patch.object(kept_views, "PEOPLE", 10):
            for key, people in (("a", 5), ("b", 5), ("a", 5), ("c", 4), ("a", 5), ("b", 5)):
                self._get(key, people)
            self.assertEqual(self.made, ["a", "b", "c", "b"])
            for key in "ddad":  # larger than all that may be kept: alone
                self._get(key, 20 if key == "d" else 5)
        self.assertEqual(self.made, ["a", "b", "c", "b", "d", "a", "d"])
