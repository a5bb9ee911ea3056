# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks and how they are kept: readers of ``ranks`` and ``rank_policy``."""

from ...kernel.exact import E4
from ...kernel.text import _
from . import conditions
from .common import MOST_RANKS, percent, unique

_KEYS = ("measure", "min", "pct", "requires")


def ranks(check, value, plan):
    """Canonical: ``code``, ``name``, ``requires`` (conditions), ``rate_e6``, and
    ``min_e4``, the least of its only short condition, for lists."""
    result = []
    for path, item in check.sequence(value, ("ranks",), MOST_RANKS):
        data = check.mapping(item, path, ("code", "name"), _KEYS)
        requires = conditions.read_list(check, data.get("requires"), (*path, "requires"), plan)
        least = check.number(data.get("min", 0), (*path, "min"), E4, 0)
        if data.get("measure") is not None:
            short = conditions.by_name(check, data["measure"], data.get("min", 0), path, plan)
            requires = ([short] if short and short["min"] else []) + requires
        elif least:
            check.wrong((*path, "measure"), _("`min` of which measure?"), _("Add `measure: …`"))
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "name": check.names(data.get("name"), (*path, "name")),
                "requires": requires,
                "min_e4": least,
                "rate_e6": percent(check, data.get("pct", 0), (*path, "pct")),
            }
        )
    unique(check, result, ("ranks",))
    if result and result[0]["requires"]:
        check.wrong(("ranks", 0), _("the first rank is everybody's: it requires nothing"))
    return result


def policy(check, value, plan):
    """How ranks are kept from period to period; see ``docs/contracts/rules.md`` §4."""
    path = ("rank_policy",)
    keys = ("period", "mode", "grace", "demotion", "paid_rank", "title")
    data = check.mapping(value or {}, path, (), keys)
    first = next(iter(plan["periods"]), None)

    def choose(name, *options):
        return check.choice(data.get(name, options[0]), (*path, name), options)

    return {
        "period": check.choice(
            data.get("period", first), (*path, "period"), plan["periods"] or (None,)
        ),
        "mode": choose("mode", "own", "ladder"),
        "grace": check.integer(data.get("grace", 0), (*path, "grace"), 0),
        "demotion": choose("demotion", "earned", "one_step", "none"),
        "paid_rank": choose("paid_rank", "current", "last_closed"),
        "title": choose("title", "keeps", "paid"),
    }
