# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The plan as people wrote it, with the defaults of ``docs/contracts/plan.md``."""

from datetime import date

from .numbers import E6, fraction, points, rate, rounded


def day(value):
    """Return the ordinal of a written day."""
    return date.fromisoformat(str(value)[:10]).toordinal()


class Plan:
    """Sections of the document, and what its codes stand for."""

    def __init__(self, document):
        self.document = document
        rounding = document["rounding"]
        self.mode, self.unit = rounding["mode"], points(rounding["unit"])
        self.packages = self._section("packages")
        self.ranks = self._section("ranks")
        self.bonuses = self._section("bonuses")
        self.measures = self._section("measures")
        self.promotions = self._section("promotions")
        self.caps = self._section("caps")
        self.catalog = self._section("catalog")
        self.activity = document.get("activity")
        self.payout = document.get("payout") or {}
        self.rank_policy = document.get("rank_policy") or {}
        self.periods = document["periods"]
        self.first_period = next(iter(self.periods))
        self.base_currency = document["currency"]["base"]
        self.company_currency = document["currency"]["company"]
        self.trees = [self._tree(item) for item in document.get("trees") or []]
        self.trees = [item for item in self.trees if item["code"] != "sponsor"]
        self.rank_index = self._index(self.ranks)
        self.package_index = self._index(self.packages)
        self.bonus_index = self._index(self.bonuses)
        self.measure_index = self._index(self.measures)
        self.product_index = self._index(self.catalog)

    def _section(self, name):
        return self.document.get(name) or []

    @staticmethod
    def _index(items):
        return {str(item["code"]): place for place, item in enumerate(items)}

    @staticmethod
    def _tree(item):
        return item if isinstance(item, dict) else {"code": item, "kind": "binary"}

    def tree_of(self, code):
        """Return the index of a placement tree, -1 for the sponsor tree."""
        codes = [str(item["code"]) for item in self.trees]
        return -1 if code == "sponsor" else codes.index(code)

    def by_rank(self, grid, rank, read=rate, nothing=0):
        """Return what a mapping of ranks gives a rank: the nearest lower one named."""
        named = {self.rank_index[str(code)]: value for code, value in (grid or {}).items()}
        reached = [index for index in named if index <= rank]
        return read(named[max(reached)]) if reached else nothing

    def month_of(self, ordinal):
        found = date.fromordinal(ordinal)
        return found.year * 12 + found.month


def times(percent_e6, share_e6):
    """Multiply two rates in millionths, rounded half up."""
    return rounded(fraction(percent_e6) * share_e6 / E6)


def add_months(ordinal, months):
    """Return the day of the same number some months later, or that month's last day."""
    start = date.fromordinal(ordinal)
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    number = start.day
    while True:
        try:
            return date(year, month, number).toordinal()
        except ValueError:
            number -= 1
