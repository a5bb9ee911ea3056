# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small readers that several sections share."""

from ..exact import E6

PERCENT = E6 // 100


def percent(check, value, path):
    """Return a percentage as millionths."""
    return check.number(value, path, PERCENT, 0)


def section_index(check, data, key, path, codes):
    """Return the index of ``data[key]`` in ``codes``, -1 when it is not given."""
    if data.get(key) is None:
        return -1
    code = check.choice(str(data[key]), (*path, key), codes or ("",))
    return codes.index(code) if code in codes else -1


def unique(check, items, path):
    """Complain about codes that stand twice."""
    seen = set()
    for index, item in enumerate(items):
        if item["code"] in seen:
            check.wrong((*path, index, "code"), f"code {item['code']!r} stands twice")
        seen.add(item["code"])
