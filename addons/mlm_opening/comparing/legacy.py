# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The results of the old system, as its file says them."""

from dataclasses import dataclass, field

from odoo.addons.mlm_base.importing import reader
from odoo.addons.mlm_base.importing.headings import Headings, plain, reverse
from odoo.addons.mlm_base.importing.values import parse_e4, parse_identifier

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "bonus": ("bono", "bonus", "código del bono", "concepto"),
        "amount": ("valor", "amount", "monto", "total", "comisión"),
        "rank": ("rango", "rank", "rango de pago", "paid-as rank", "rango pagado"),
        "own_pv": ("vp", "own pv", "pv", "volumen personal"),
        "left": ("izquierda", "left", "vc izquierda"),
        "right": ("derecha", "right", "vc derecha"),
        "active": ("activo", "active"),
        "package": ("paquete", "package"),
        "percent": ("porcentaje", "percent", "percentage", "%"),
        "sponsor": ("código del patrocinador", "sponsor code", "patrocinador", "sponsor"),
        "above": ("posición superior", "placement below", "colocado debajo de"),
    },
    ("code", "amount"),
)
TOTAL = ""
_TOTALS = {plain(one) for one in ("", "total", "totales", "all", "todos")}
_FLAGS = reverse(
    {
        True: ("sí", "si", "yes", "y", "s", "1", "true", "activo"),
        False: ("no", "n", "0", "false", "inactivo"),
    }
)
_NUMBERS = ("own_pv", "left", "right", "percent")
_TEXTS = ("rank", "package", "sponsor", "above")


class LegacyError(ValueError):
    """The file cannot be compared; ``problems`` are ``(line, column key, value)``, ``limit``
    is the `FileProblem` of a file that is too large."""

    def __init__(self, code, problems=(), limit=None):
        super().__init__(code)
        self.code, self.problems, self.limit = code, problems, limit


@dataclass
class Legacy:
    """The old system's results.

    ``amounts``: ``{(code, bonus code or TOTAL): ten-thousandths}``; ``lines``: the line
    of each; ``facts``: ``{code: {column key: value}}`` of the optional columns.
    """

    amounts: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)

    @property
    def unit_e4(self):
        """The finest step in which its amounts are written, a whole unit at most."""
        for unit_e4 in (10_000, 1_000, 100, 10):
            if all(amount % unit_e4 == 0 for amount in self.amounts.values()):
                return unit_e4
        return 1

    @property
    def by_bonus(self):
        return any(bonus for _code, bonus in self.amounts)


def read(content):
    """Return the `Legacy` of a file.

    :param bytes content: CSV or XLSX
    :raise LegacyError: with every bad line
    """
    try:
        rows = list(reader.read(content, HEADINGS))
    except reader.FileProblem as problem:
        if problem.code in reader.LIMITS:
            raise LegacyError(problem.code, limit=problem) from problem
        raise LegacyError(problem.code, [(1, key, "") for key in problem.detail or ()]) from problem
    found, problems = Legacy(), []
    for line, cells in rows:
        code = _identifier(line, cells, "code", problems)
        bonus = _identifier(line, cells, "bonus", problems)
        if code is None or bonus is None:
            continue
        bonus = TOTAL if plain(bonus) in _TOTALS else bonus
        if not code:
            problems.append((line, "code", ""))
            continue
        try:
            amount_e4 = parse_e4(cells.get("amount") or 0)
        except ValueError:
            problems.append((line, "amount", cells.get("amount")))
            continue
        key = (code, bonus)
        if key in found.amounts:
            problems.append((line, "code", f"{code} {bonus}".strip()))
            continue
        found.amounts[key] = amount_e4
        found.lines[key] = line
        _read_facts(line, cells, found.facts.setdefault(code, {}), problems)
    mixed = {code for code, bonus in found.amounts if not bonus} & {
        code for code, bonus in found.amounts if bonus
    }
    problems += [(found.lines[code, TOTAL], "bonus", code) for code in sorted(mixed)]
    if problems:
        raise LegacyError("lines", sorted(problems, key=lambda one: one[0]))
    if not found.amounts:
        raise LegacyError("empty")
    return found


def _identifier(line, cells, key, problems):
    """Return a code exactly as it was meant, None where it cannot be told."""
    value = cells.get(key)
    try:
        if isinstance(value, reader.Formula):
            raise ValueError(value)
        return parse_identifier(value)
    except ValueError:
        problems.append((line, key, value))
        return None


def _read_facts(line, cells, facts, problems):
    for key in _TEXTS:
        text = _identifier(line, cells, key, problems)
        if text:
            facts[key] = text
    for key in _NUMBERS:
        text = str(cells.get(key) if cells.get(key) is not None else "").strip()
        if not text:
            continue
        try:
            value = cells[key]
            facts[key] = parse_e4(text.rstrip("% ") if isinstance(value, str) else value)
        except ValueError:
            problems.append((line, key, text))
    text = str(cells.get("active") if cells.get("active") is not None else "").strip()
    if text:
        flag = _FLAGS.get(plain(text))
        if flag is None:
            problems.append((line, "active", text))
        else:
            facts["active"] = flag
