"""The plans of the bench: one that is shipped, and the same with what writes many rows.

``unilevel`` has one earning for all sales of a buyer to a payee, ``unilevel-by-sale`` one for each.
"""

from mlm_engine.plans import load_plan, merge, read_document

SHIPPED = "gano_excel_co_2026"
_MORE = {
    "plan": "gano_with_unilevel",
    "name": {"es": "Gano con uninivel", "en": "Gano with unilevel"},
    "bonuses": [
        {
            "code": "unilevel",
            "rule": "unilevel",
            "name": {"es": "Uninivel", "en": "Unilevel"},
            "period": "week",
            "tree": "sponsor",
            "as_of": "sale",
            "grain": "source",
            "params": {"rates": [5, 4, 3, 3, 2, 2, 1], "compression": {"kind": "dynamic"}},
        },
        {
            "code": "matching",
            "rule": "matching",
            "name": {"es": "Igualación", "en": "Matching"},
            "period": "week",
            "tree": "sponsor",
            "params": {"rates": [10, 5, 5], "bonuses": ["binary"]},
        },
    ],
}
#: measured unless one is named
USUAL = ("gano", "unilevel")
NAMES = (*USUAL, "unilevel-by-sale")


def document(name: str) -> dict:
    """The document of a plan of the bench, as YAML gives it."""
    shipped = read_document(SHIPPED).data
    if name == "gano":
        return shipped
    found = merge(shipped, _MORE)
    if name == "unilevel-by-sale":
        for bonus in found["bonuses"]:
            bonus.pop("grain", None)
    return found


def plan(name: str) -> dict:
    """The canonical plan."""
    return load_plan(document(name))
