# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo's figures for people: who got what, how the books prove it."""

from decimal import Decimal

from odoo.addons.mlm_base.formats import Formats

from .report import money


def names(runs):
    """``{code: name}`` of the people of the runs' company."""
    people = runs.env["mlm.distributor"].search([("network_id", "in", runs.network_id.ids)])
    return {person.code: person.name for person in people}


def readable(run, limit=15):
    """Names of bonuses, and payees of a posted run, the highest first, with ranks and entries."""
    statements = run.statement_ids.sorted(lambda one: (-one.gross_e4, one.id))
    ranks = run._ranks_of(statements.distributor_id)
    bonuses = {}
    for payee, bonus, amount_e4 in run.env["mlm.earning"]._read_group(
        [*run._id_domain("mlm.earning"), ("amount_e4", "!=", 0)],
        ["payee_id", "bonus_id"],
        ["amount_e4:sum"],
    ):
        bonuses.setdefault(payee.id, {})[bonus.code] = money(int(amount_e4))
    return {
        "number": run.period_id.number,
        "bonuses": {bonus.code: bonus.name for bonus in run.version_id.bonus_ids},
        "payees": [
            {
                "code": one.distributor_id.code,
                "name": one.distributor_id.name,
                "rank": ranks.get(one.distributor_id.id, ""),
                "gross": money(one.gross_e4),
                "withheld": money(one.deducted_e4),
                "net": money(one.net_e4),
                "bonuses": bonuses.get(one.distributor_id.id, {}),
            }
            for one in statements[:limit]
        ],
        "others": max(0, len(statements) - limit),
        "ranks": [
            {"rank": total.rank_id.name, "people": total.count}
            for total in run.rank_total_ids.sorted("sequence")
        ],
        "entries": run.chunk_ids.move_id.mapped("name"),
        "computed_by": run.computed_by_id.name,
        "approved_by": run.approved_by_id.name,
    }


def proof(env, document, differences, laws):
    """Sentences that say what was checked; a contradiction is said as such."""
    _, formats = env._, Formats(env, env.company.currency_id)
    lines = []
    for cycle in document["cycles"]:
        earned = sum(
            Decimal(value) for bonuses in cycle["earnings"].values() for value in bonuses.values()
        )
        paid = Decimal(cycle["withheld"]) + Decimal(cycle["payable"])
        figures = {Decimal(cycle["debit"]), Decimal(cycle["credit"]), earned, paid}
        values = {"number": cycle["number"], "amount": formats.amount(earned)}
        if len(figures) == 1:
            lines.append(
                _(
                    "Cycle %(number)s: debit = credit = earnings = withheld + payable = %(amount)s",
                    **values,
                )
            )
        else:
            lines.append(_("Cycle %(number)s: the books do not agree!", **values))
    lines.append(
        _("The engine on its own gives different figures!")
        if differences
        else _("The engine on its own, without a database, gives the same figures.")
    )
    lines.append(
        _("%s violations of integrity rules!", len(laws))
        if laws
        else _("The self-check found no violation of the integrity rules.")
    )
    return lines
