# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prepared inputs, kept in a process for the next question about them."""

from collections import OrderedDict
from threading import Lock

#: so many views are kept at the most, and of so many people together: those of a million take
#: 450 MiB, and a server's process has little more
VIEWS, PEOPLE = 4, 400_000


class KeptViews:
    """The last ``View`` s of nobody that were asked for; the very last one however large it is."""

    def __init__(self):
        self._views, self._lock = OrderedDict(), Lock()

    def get(self, key, make):
        """Return the view that is kept under a key, else what ``make()`` gives."""
        with self._lock:
            if key in self._views:
                self._views.move_to_end(key)
                return self._views[key]
        view = make()
        with self._lock:
            self._views[key] = view
            while len(self._views) > 1 and self._are_many():
                self._views.popitem(last=False)
        return view

    def _are_many(self):
        people = sum(view.snapshot.member_id.size for view in self._views.values())
        return len(self._views) > VIEWS or people > PEOPLE

    def clear(self):
        """Forget all of them."""
        with self._lock:
            self._views.clear()


KEPT = KeptViews()
