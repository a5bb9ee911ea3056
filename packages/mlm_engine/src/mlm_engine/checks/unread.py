# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a plan says and nothing reads, because the chosen mode does not.

Each parameter declares with which others it is read (``params.only``), each rule from which
trees (``as_of``).
"""

from dataclasses import fields

from .. import rules
from ..kernel.text import _, either, listed
from ..plan import params
from ..plan.finding import warning
from ..plan.schema import catalog, general
from .declared import Parameter, parameters

#: sections whose parameters count as they are written, not as they are read
_SECTIONS = {
    "activity": general.Activity,
    "packages": catalog.Package,
    "trees": general.Tree,
}


def check(plan):
    """Return a warning for each parameter that is written where it is not read."""
    found = [_unread(item) for item in parameters(plan)]
    found += [_as_of(plan, index) for index in range(len(plan["bonuses"]))]
    found += [_unread(item) for item in _written(plan["source"])]
    return [item for item in [*found, *_rates(plan)] if item]


def _unread(found):
    wanted = found.item.metadata.get("only", {})
    key, written = found.key, found.written
    if key not in written or written[key] is None:
        return None
    if params.is_nothing(written[key]) and params.is_nothing(found.item.default):
        return None  # it says no to what it would not do
    other = params.unread_by(wanted, found.values)
    if other is None:
        return None
    return _told(found.path, key, other, wanted[other], found)


def _told(path, key, other, these, found):
    label, beside = found.label(), found.label(other)
    if these == params.GIVEN or found.values[other] in ([], ()):
        return _without(path, key, other, label, beside)
    value, meta = found.values[other], found.beside[other].metadata
    told = ", ".join(value) if isinstance(value, (list, tuple)) else _word(value)
    chosen = listed([_option(meta, one) for one in _listed(value)])
    text = _(
        "`{key}` is not read with `{other}: {told}`",
        key=key,
        other=other,
        told=told,
        label=label,
        beside=beside,
        chosen=chosen,
    )
    named = [_("“{option}”", option=_option(meta, one)) for one in these]
    written = " or ".join(f"`{other}: {_word(one)}`" for one in these)
    remedy = _("Remove it, or write {written}", written=written, named=either(named))
    return warning(text, remedy, path)


def _without(path, key, other, label, beside):
    return warning(
        _(
            "`{key}` is not read without `{other}`",
            key=key,
            other=other,
            label=label,
            beside=beside,
        ),
        _("Remove it, or give `{other}`", other=other, beside=beside),
        path,
    )


def _listed(value):
    return value if isinstance(value, (list, tuple)) else [value]


def _word(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def _option(meta, value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return meta.get("options", {}).get(value) or str(value)


def _as_of(plan, index):
    """Say that a rule cannot choose the tree of the sale or of the period's end."""
    bonus = plan["bonuses"][index]
    written = plan["source"]["bonuses"][index].get("as_of")
    rule, of_bonus = rules.of(bonus)
    compression = rule.compression(of_bonus)
    able = rule.as_of
    if compression.get("kind") == "pass_up":
        able = ("period_end",)
    if written is None or written in able:
        return None
    text = _(
        "rule {name}{passing} does not read `as_of`: {told}",
        name=bonus["rule"],
        passing=_passing(able, compression),
        told=_ALWAYS[able[0] if able else None],
        label=rule.label,
    )
    return warning(text, _("Remove it"), ("bonuses", index, "as_of"))


_ALWAYS = {
    None: _("it does not look at the tree of a sale"),
    "sale": _("it always takes `sale`"),
    "period_end": _("it always takes `period_end`"),
}


def _passing(able, compression):
    return " with `kind: pass_up`" if compression.get("kind") == "pass_up" and able else ""


def _rates(plan):
    """Say that no bonus takes its percentage from ranks, packages or promotions."""
    named = set()
    for bonus in plan["bonuses"]:
        rule, of_bonus = rules.of(bonus)
        named.update(rule.rates_from(of_bonus))
    for section, (name, told) in _PERCENTAGES.items():
        paying = [place for place, item in enumerate(plan[section]) if item["rate_e6"]]
        if paying and name not in named:
            yield warning(
                _(
                    "`pct` of {told} is not read: no bonus has `pct_from: {name}`",
                    told=told,
                    name=name,
                ),
                _("Remove it, or give the rates to the bonus that pays"),
                (section, paying[0], "pct"),
            )


#: section → its name in ``pct_from``, in both languages
_PERCENTAGES = {
    "ranks": ("rank", _("ranks")),
    "packages": ("package", _("packages")),
    "promotions": ("promotion", _("promotions")),
}


def _written(source):
    for section, declared in _SECTIONS.items():
        beside = {params.key(item): item for item in fields(declared)}
        entries = source.get(section)
        for place, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            path = (section, place) if isinstance(entries, list) else (section,)
            for key, item in beside.items() if isinstance(entry, dict) else ():
                yield Parameter(item, (*path, key), entry, beside, entry)
