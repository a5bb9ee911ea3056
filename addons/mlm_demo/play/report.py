# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a play gave, as plain data: figures by code, amounts as text.

``of_run`` reads the database and gives the entry that the engine's own report gives
for a cycle, so that comparing the two is comparing two dicts.
"""

from datetime import timedelta

from mlm_engine.kernel.codes import FIGURES
from mlm_engine.kernel.exact import E4
from mlm_engine.plan.document import unscaled
from mlm_engine.scenario.read_opening import CARRIED

from odoo.tools import SQL

#: Sections that must be the same, whoever plays the scenario.
COMPARED = (
    "start",
    "end",
    "pay_date",
    "earnings",
    "breakage",
    "ranks",
    "carry",
    "withheld",
    "payable",
    "debit",
    "credit",
    "companies",
)
#: Of these, what a scenario with its one rate cannot know where the law of a country withholds.
WITHHELD = {"withheld", "payable"}
#: Key of breakage that no person could have earned.
COMPANY = "company"
CARRY = {int(FIGURES[name]): name for name in CARRIED}


def money(value_e4):
    return unscaled(value_e4, E4, 2)


def of_run(run):
    """The JSON contract's entry of one posted run."""
    run.env.flush_all()
    period = run.period_id
    moves = run.chunk_ids.move_id
    return {
        "number": period.number,
        "start": str(period.date_start),
        "end": str(period.date_end),
        "pay_date": str(period.pay_date),
        "earnings": _earned(run, "amount_e4"),
        "breakage": _earned(run, "breakage_e4"),
        "ranks": _ranks(run),
        "carry": _carry(_measures(run, list(CARRY))),
        "entries": moves.sorted("name").mapped("name"),
        **(_companies(run) if run.network_id._is_shared() else _sums(run, moves)),
        "digest": run.digest,
    }


def _sums(run, moves):
    """What is withheld and owed, and the books, of the one company."""
    return {
        "withheld": money(sum(run.statement_ids.mapped("deducted_e4"))),
        "payable": money(sum(run.statement_ids.mapped("net_e4"))),
        **_ledger(moves),
    }


def _companies(run):
    """The same of each company, in its own currency."""
    found = {}
    for company in run.network_id.company_ids.sorted("id"):
        own = run.statement_ids.filtered(lambda one, company=company: one.company_id == company)
        found[company.id] = {
            "currency": company.currency_id.name,
            "earned": money(sum(own.mapped("gross_e4"))),
            "withheld": money(sum(own.mapped("deducted_e4"))),
            "payable": money(sum(own.mapped("net_e4"))),
        }
    return {"companies": found}


def _earned(run, column):
    first, last = run.env["mlm.earning"]._id_range(run.number)
    run.env.cr.execute(
        f"""
        SELECT coalesce(d.code, %s), b.code, sum(s.{column})::bigint
          FROM mlm_earning_store s
          JOIN mlm_plan_bonus b ON b.id = s.bonus_id
          LEFT JOIN mlm_distributor d ON d.id = s.payee_id
         WHERE s.id >= %s AND s.id < %s
         GROUP BY 1, 2 HAVING sum(s.{column}) <> 0
         ORDER BY 1, 2
        """,
        [COMPANY, first, last],
    )
    return _nested(((code, bonus), money(value)) for code, bonus, value in run.env.cr.fetchall())


def _measures(run, wanted):
    """Rows ``(code, bonus, measure, value)``: of the position, else of the person."""
    return run.env.execute_query(
        SQL(
            """
            SELECT coalesce(p.code, d.code), b.code, s.measure::int, s.value
              FROM (%s) AS s
              LEFT JOIN mlm_position p ON p.id = s.position
              LEFT JOIN mlm_distributor d ON d.id = s.holder
              LEFT JOIN mlm_plan_bonus b ON b.version_id = %s AND b.sequence = s.place
             ORDER BY 1, 2, 3
            """,
            run.env["mlm.measure"]._get_long(run, wanted),
            run.version_id.id,
        )
    )


def _ranks(run):
    """Paid-as rank of every distributor of the cycle, also of those without one."""
    codes = [rank.code for rank in run.version_id.rank_ids.sorted("sequence")]
    if not codes:
        return {}
    people = run.env["mlm.distributor"].search(
        [
            ("network_id", "=", run.network_id.id),
            ("join_date", "<=", run.period_id.date_end),
        ]
    )
    kinds = people._kinds_at(run.period_id._end_moment() - timedelta(seconds=1))
    people = people.filtered(lambda person: kinds[person.id] == "distributor")
    reached = {row[0]: row[3] for row in _measures(run, [FIGURES["rank"]])}
    return {code: codes[reached.get(code, 0)] for code in people.mapped("code")}


def _carry(rows):
    return _nested(
        ((code, bonus, CARRY[measure]), unscaled(value, CARRIED[CARRY[measure]]))
        for code, bonus, measure, value in rows
    )


def _ledger(moves):
    lines = moves.line_ids
    currency = moves.company_id.currency_id
    return {
        name: money(sum(round(line[name] * E4) for line in lines) if currency else 0)
        for name in ("debit", "credit")
    }


def _nested(items):
    """``{(a, b): value}`` pairs as ``{a: {b: value}}``, any depth."""
    result = {}
    for key, value in items:
        inner = result
        for part in key[:-1]:
            inner = inner.setdefault(part, {})
        inner[key[-1]] = value
    return result


def differences(expected, actual, prefix=""):
    """Texts about where two nested dicts of figures differ."""
    found = []
    for key in sorted({*expected, *actual}, key=str):
        where = f"{prefix}{key}"
        one, other = expected.get(key), actual.get(key)
        if isinstance(one, dict) or isinstance(other, dict):
            found += differences(one or {}, other or {}, f"{where}.")
        elif one != other:
            found.append(f"{where}: {one or '–'} ≠ {other or '–'}")
    return found
