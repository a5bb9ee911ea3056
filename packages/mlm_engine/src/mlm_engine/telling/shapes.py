# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The few shapes that steps of explanations have, whatever the rule.

A screen draws a shape; it never asks which rule or which step it draws, so a rule that is
new needs no new screen. Every step has

``step``     what it is about, a name for programs
``shape``    a key of ``SHAPES``
``title``    heading, words
``text``     the whole step as a sentence; its numbers are written as in its language
``figures``  may be absent: what the sentence says for programs, plain values by a name of
             the rule's own; points, money and percent as decimal text, counts as integers

and what its shape adds:

``sentence``    nothing: the text is all
``amounts``     ``rows``: figures, one below the other
``formula``     ``terms``: figures with their signs, read from left to right, the last one
                the outcome (``=``); ``rows``: further figures beside it, may be empty
``path``        ``level_name``: what a level is called; ``path``: people from below up;
                ``left_out``: how many in the middle are not listed
``conditions``  ``conditions``: what is asked, one by one
``sales``       ``sales``: the largest volume rows; ``count``: how many there are in all

What stands in those lists (``ITEMS``; a ``?`` marks a key that may be absent):

figure     ``label`` words; ``value`` decimal text in ``unit``, which is ``CV``, ``PV``, ``%``,
           the code of a currency or empty for a count; ``shown``: value and unit as written
           in the language
term       a figure with ``sign``: empty, ``+``, ``−``, ``×``, ``÷`` or ``=``
person     ``level``: steps above where the path begins; ``name``; ``here``: whether it is the
           payee of the row explained; ``reason``: ``paid``, ``passed``, ``not_qualified`` or a
           name of ``codes.Reason``; ``reason_text``: words, empty where there is nothing to
           say; ``member?``, ``position?``: indexes; ``amount?``: money got here;
           ``paid_levels?``. A discreet reader gets the optional ones of the payee alone, and
           of others ``paid``, ``passed`` or ``not_qualified`` (RULES 38)
condition  ``holds``; ``text``; ``done``: whole percent reached, 0 to 100; ``required?``,
           ``reached?``, ``missing?``: decimal text, of a package or title ``required`` is its
           name; ``lists?``: lists of conditions of which one must hold
sale       ``row``: index; ``name``; and what a figure has, its share of the volume
"""

from ..kernel.text import _
from .language import tell

ITEMS = {
    "figure": {"label": str, "value": str, "unit": str, "shown": str},
    "person": {
        "level": int,
        "name": str,
        "here": bool,
        "reason": str,
        "reason_text": str,
        "member?": int,
        "position?": int,
        "amount?": str,
        "paid_levels?": list,
    },
    "condition": {
        "holds": bool,
        "text": str,
        "done": int,
        "required?": str,
        "reached?": str,
        "missing?": str,
        "lists?": list,
    },
}
ITEMS["term"] = {"sign": str, **ITEMS["figure"]}
ITEMS["sale"] = {"row": int, "name": str, **ITEMS["figure"]}

#: Keys that each shape adds, each with its type or the item that its list holds.
SHAPES = {
    "sentence": {},
    "amounts": {"rows": "figure"},
    "formula": {"terms": "term", "rows": "figure"},
    "path": {"level_name": str, "path": "person", "left_out": int},
    "conditions": {"conditions": "condition"},
    "sales": {"sales": "sale", "count": int},
}
_EVERY = {"step": str, "shape": str, "title": str, "text": str, "figures?": dict}
_SIGNS = ("", "+", "−", "×", "÷", "=")

#: Headings of what many rules tell; a step may bring its own.
_TITLES = {
    "source": _("Where it comes from"),
    "path": _("Up the line to the person who is paid"),
    "level": _("The level paid"),
    "base": _("What it is paid on"),
    "rate": _("The percentage"),
    "fx": _("Exchange rate"),
    "less": _("Why it is not more"),
    "rounding": _("The amount"),
    "limited": _("What is left"),
    "cap": _("Cap"),
    "company": _("Limit of the company"),
    "guarantee": _("Guarantee"),
    "not_paid": _("Not paid"),
    "not_entitled": _("Why there is no share"),
    "activity": _("Activity"),
    "rank": _("Rank"),
    "rank_note": _("Rank"),
    "conditions": _("The conditions"),
    "volume": _("The sales behind it"),
    "share": _("This sale"),
}
_ANY = _("How it was computed")


def sentence(view, step, text, title=None, **figures):
    """Return a step that is a sentence; ``title`` is its heading."""
    return _step(view, step, "sentence", text, title, figures)


def amounts(view, step, text, rows, title=None, **figures):
    """Return a step that is a few figures, see ``figure``."""
    return _step(view, step, "amounts", text, title, figures, rows=rows)


def formula(view, step, text, terms, rows=(), title=None, **figures):
    """Return a step that is a calculation; ``terms``: ``(sign, figure)`` each."""
    terms = [{"sign": sign, **one} for sign, one in terms]
    return _step(view, step, "formula", text, title, figures, terms=terms, rows=list(rows))


def path(view, step, text, people, level_name, left_out=0, title=None, **figures):
    """Return a step that is people up a line."""
    told = {"level_name": level_name, "path": people, "left_out": left_out}
    return _step(view, step, "path", text, title, figures, **told)


def conditions(view, step, text, listed, title=None, **figures):
    """Return a step that is conditions, as ``entitled.conditions_of`` gives them."""
    return _step(view, step, "conditions", text, title, figures, conditions=listed)


def sales(view, step, text, largest, count, title=None, **figures):
    """Return a step that is the sales behind an amount; ``largest``: ``(row, figure)`` each."""
    listed = [{"row": int(row), "name": view.name("row", row), **one} for row, one in largest]
    return _step(view, step, "sales", text, title, figures, sales=listed, count=count)


def figure(view, label, value, unit=""):
    """Return a figure: decimal text with its label and unit."""
    shown = view.number(value) + (f"\N{NO-BREAK SPACE}{unit}" if unit else "")
    return {"label": tell(label, view.lang), "value": value, "unit": unit, "shown": shown}


def problems(step):
    """Return what is wrong with the form of a step, a list of words; empty: nothing."""
    if step.get("shape") not in SHAPES:
        return [f"no shape of its own: {step}"]
    found = _unlike(step, {**_EVERY, **SHAPES[step["shape"]]}, step.get("step"))
    found += [f"{step['step']}: no {key}" for key in ("title", "text") if not step.get(key)]
    return found


def _step(view, step, shape, text, title, figures, **told):
    title = tell(title or _TITLES.get(step, _ANY), view.lang)
    told = {"step": step, "shape": shape, "title": title, "text": text, **told}
    return {**told, "figures": figures} if figures else told


def _unlike(found, keys, where):
    """Say where a mapping has other keys, or values of another type, than declared."""
    required = {key for key in keys if not key.endswith("?")}
    known = {key.removesuffix("?"): kind for key, kind in keys.items()}
    result = [f"{where}: {key} is missing" for key in sorted(required - set(found))]
    result += [f"{where}: {key} is not declared" for key in sorted(set(found) - set(known))]
    for key in sorted(set(found) & set(known)):
        value, kind = found[key], known[key]
        if isinstance(kind, str):
            for one in value:
                result += _unlike(one, ITEMS[kind], f"{where}.{key}")
        elif type(value) is not kind:
            result.append(f"{where}: {key} is {type(value).__name__}, not {kind.__name__}")
        elif key == "lists":
            for one in (one for listed in value for one in listed):
                result += _unlike(one, ITEMS["condition"], f"{where}.{key}")
        elif key == "sign" and value not in _SIGNS:
            result.append(f"{where}: {value!r} is no sign")
    return result
