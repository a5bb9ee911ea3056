# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every declared parameter of a plan, wherever it stands: what checks of all of them walk."""

from dataclasses import dataclass, fields

from .. import measures as kinds
from .. import rules
from ..plan import params
from ..plan.schema import bonuses as bonus_schema
from ..plan.schema import payout


@dataclass(frozen=True)
class Parameter:
    """A parameter that may be given at ``path``.

    ``item``: its dataclass field; ``values``: canonical, by key, of all that stand beside it,
    references by their codes; ``beside``: their fields by key; ``written``: the document's
    mapping.
    """

    item: object
    path: tuple
    values: dict
    beside: dict
    written: dict

    @property
    def key(self):
        return params.key(self.item)

    @property
    def value(self):
        return self.values[self.key]

    def label(self, key=None):
        """Return what people call it."""
        item = self.beside[key] if key else self.item
        return item.metadata["label"]


def parameters(plan):
    """Yield the ``Parameter`` of all sections, those of groups included."""
    source = plan["source"]
    for index, bonus in enumerate(plan["bonuses"]):
        path, written = ("bonuses", index), source["bonuses"][index]
        own = written.get("params") or {}
        yield from _of(rules.get(bonus["rule"]).Params, bonus["params"], own, (*path, "params"))
        yield from _of(bonus_schema.Common, bonus["common"], written, path)
    for index, item in enumerate(plan["measures"]):
        kind, written = kinds.get(item["kind"]).Params, source["measures"][index]
        yield from _of(kind, item["params"], written, ("measures", index))
    for index, cap in enumerate(plan["caps"]):
        yield from _of(payout.Cap, cap, source["caps"][index], ("caps", index))
    yield from _of(payout.Payout, plan["payout"], source.get("payout") or {}, ("payout",))


def _of(declared, values, written, path):
    beside = {params.key(item): item for item in fields(declared)}
    by_key = {
        key: written.get(key) if item.metadata["kind"] == "ref" else values[item.name]
        for key, item in beside.items()
    }
    for key, item in beside.items():
        where = (*path, key)
        if item.metadata["kind"] == "group":
            inside = written.get(key) or {}
            yield from _of(item.metadata["params"], by_key[key], inside, where)
        else:
            yield Parameter(item, where, by_key, beside, written)
