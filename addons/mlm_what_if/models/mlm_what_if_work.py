# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.by_id import index_of
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.exact import sum_by
from mlm_engine.plan.document import DocumentError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.pace import Pace
from odoo.addons.mlm_commission.copy_binary import copy_out

from .mlm_what_if_person import CHANGES

NEW, VANISHED, UP, DOWN, SAME = range(len(CHANGES))


class MlmWhatIf(models.Model):
    """The work: the chain of the posted runs under the plan, and what comes of it."""

    _inherit = "mlm.what.if"

    def _ensure_can_compute(self):
        """UserError when there is nothing to try the plan on, or the plan is not finished.

        :return: the runs, see ``mlm.chain``
        """
        self.ensure_one()
        try:
            self.version_id._plan()
        except DocumentError as error:
            raise self.version_id._refused(error) from error
        runs = self.env["mlm.chain"]._get_runs(self.network_id, self.cycles, self.until_id)
        if not runs:
            raise UserError(
                self.env._(
                    "No cycle of %s is posted yet, so there is nothing to try a plan on.",
                    self.network_id.display_name,
                )
            )
        return runs

    def _do_waiting(self):
        progress, pace = self.env["mlm.what.if.progress"], Pace()
        self._compute_now(
            lambda stage, fraction: progress._set(self, stage, fraction, pace.reach(fraction))
        )

    def _compute_now(self, progress=None):
        """Compute all periods under the plan and store what comes of it. Repeatable.

        :param progress: ``f(stage, fraction)`` called as the work goes on
        """
        self.ensure_one()
        report = progress or (lambda stage, fraction: None)
        runs, version = self._ensure_can_compute(), self.version_id
        self._drop_rows()
        names = {run.id: run.period_id.display_name for run in runs}
        order = runs.ids

        def tell(done, stage, fraction):
            if fraction in (0, 1):  # stages are of a second, people read names of cycles
                report(names[order[min(done, len(order) - 1)]], (done + fraction) / len(order))

        tally = _Tally(version._plan())
        values = {}
        chain = self.env["mlm.chain"]
        for run, snapshot, result in chain._compute_under(version, runs, tell):
            frozen = run._read_frozen()
            values[run] = {
                "is_computed": True,
                "digest": result.digest,
                **self.env["mlm.what.if.cycle"]._keep_inputs(frozen, snapshot),
            }
            tally.add_new(run, snapshot, result)
        cycles = []
        for place, run in enumerate(runs):
            tally.add_old(run)
            cycles.append(
                {
                    "what_if_id": self.id,
                    "sequence": place,
                    "run_id": run.id,
                    "posted_e4": run.amount_e4,
                    "tried_e4": tally.tried_e4.get(run.id, 0),
                    **values.get(run, {}),
                }
            )
        report("", 1.0)
        as_internal(self.env["mlm.what.if.cycle"]).create(cycles)
        counts = self._store_people(tally, runs)
        base = runs.filtered("period_id.is_base")
        as_internal(self).write(
            {
                "state": "done",
                "error": False,
                "plan_hash": version.document_hash,
                "notes": "\n".join(chain._get_notes(version, runs)) or False,
                "money_company_id": runs[-1:].money_company_id.id,
                "figures": {**tally.figures(), "people": counts},
                "posted_e4": sum(runs.mapped("amount_e4")),
                "tried_e4": sum(tally.tried_e4.values()),
                "cv_e4": sum(run._cv_money_e4() for run in base),
                "net_sales_e4": sum(base.mapped("net_sales_e4")),
                "person_count": sum(counts.values()),
                "finished_at": self.env.cr.now(),
            }
        )
        self.env.invalidate_all()

    def _store_people(self, tally, runs):
        """Store what each person got and would have got; return ``{change: people}``."""
        amounts, people = self.env["mlm.what.if.amount"], self.env["mlm.what.if.person"]
        cycle, payee, old, new = tally.amounts(runs)
        first, _last = amounts._id_range(self.number)
        columns = {"posted_e4": old, "tried_e4": new, "payee_id": payee, "cycle": cycle}
        amounts._fill(self, {"id": first + 1 + np.arange(payee.size), **columns})
        ids, place = np.unique(payee, return_inverse=True)
        old, new = (sum_by(place, column, ids.size) for column in (old, new))
        change = np.select(
            [(old == 0) & (new != 0), (old != 0) & (new == 0), new > old, new < old],
            [NEW, VANISHED, UP, DOWN],
            SAME,
        )
        ranks = tally.ranks_of(ids)
        weight = tally.turned(runs[-1:], ids, np.abs(new - old))
        order = np.lexsort((ids, -weight))
        columns = {
            "posted_e4": old,
            "tried_e4": new,
            "payee_id": ids,
            "change": change,
            **ranks,
        }
        people._fill(
            self,
            {
                "id": first + 1 + np.arange(ids.size),
                **{name: column[order].astype(np.int64) for name, column in columns.items()},
            },
        )
        return {name: int((change == code).sum()) for code, (name, _label) in enumerate(CHANGES)}


class _Tally:
    """Sums of both sides. Amounts of people are in the currency of their company, all sums in
    that of the runs; ten-thousandths."""

    def __init__(self, plan):
        self.plan = plan
        self.tried_e4 = {}  # {id of a run: everything}
        self._new = {}  # {id of a run: (ids of people, amounts)}
        self._old = {}
        self._bonuses = {}  # {code: {"name", "old", "new"}}
        self._ranks = {}  # {side: {"names", "people", "amounts"}}
        self._held = {}  # {side: (ids of people, rank)} of the last period that decided ranks
        self._homes = None

    # -- what was computed

    def add_new(self, run, snapshot, result):
        rows = result.earnings
        paid = np.flatnonzero(rows.payee >= 0)
        payee, bonus, amount = (
            getattr(rows, name)[paid] for name in ("payee", "bonus", "amount_e4")
        )
        size = snapshot.member_id.size
        total = sum_by(payee, amount, size)
        turned = np.zeros(size, dtype=np.int64)
        for place, item in enumerate(self.plan["bonuses"]):
            if item["period"] == run.period_id.kind:
                chosen = bonus == place
                own = sum_by(payee[chosen], amount[chosen], size)
                turned_own = run._turn_members(snapshot, own)
                turned += turned_own
                self._bonus(item["code"], item["name"])["new"] += int(turned_own.sum())
        some = np.flatnonzero(total)
        self._new[run.id] = snapshot.member_id[some], total[some]
        self.tried_e4[run.id] = int(turned.sum())
        self._homes = snapshot.member_id, snapshot.member_home
        self._rank("new", run, self.plan, snapshot.member_id, result.rank, turned)

    # -- what was posted

    def add_old(self, run):
        paid = SQL("%s ORDER BY payee_id", run._paid_people())
        rows = copy_out(run.env.cr, paid, None, ("payee", "amount"))
        self._old[run.id] = rows["payee"], rows["amount"]
        plan = run.version_id._plan()
        names = {item["code"]: item["name"] for item in plan["bonuses"]}
        for total in run.bonus_total_ids:
            code = total.bonus_id.code
            self._bonus(code, names[code])["old"] += total.amount_e4
        ranks = run.env["mlm.measure"]._read_long(run, [Measure.RANK])
        holder = ranks["holder"]
        order = np.argsort(holder)
        ids, rank = holder[order], ranks["value"][order]
        at = index_of(ids, rows["payee"])
        # who holds the first rank has no figure of it
        ids = np.concatenate([ids, rows["payee"][at < 0]])
        rank = np.concatenate([rank, np.zeros(ids.size - rank.size, dtype=np.int64)])
        order = np.argsort(ids)
        ids, rank = ids[order], rank[order]
        amounts = np.zeros(ids.size, dtype=np.int64)
        amounts[index_of(ids, rows["payee"])] = self.turned(run, rows["payee"], rows["amount"])
        self._rank("old", run, plan, ids, rank, amounts)

    # -- by bonus and rank

    def _bonus(self, code, name):
        return self._bonuses.setdefault(code, {"code": code, "name": name, "old": 0, "new": 0})

    def _rank(self, side, run, plan, ids, rank, amounts):
        names = [item["name"] for item in plan["ranks"]]
        found = self._ranks.setdefault(side, {})
        totals = sum_by(rank, amounts, max(len(names), 1)).tolist()
        for place, item in enumerate(plan["ranks"]):
            entry = found.setdefault(
                item["code"], {"name": item["name"], "place": place, "amount": 0, "people": 0}
            )
            entry["amount"] += totals[place]
        if plan["ranks"] and plan["rank_policy"]["period"] == run.period_id.kind:
            people = np.bincount(rank, minlength=len(names)).tolist()
            for place, item in enumerate(plan["ranks"]):
                found[item["code"]]["people"] = people[place] if place else None
            self._held[side] = ids, rank, [item["code"] for item in plan["ranks"]]

    def ranks_of(self, ids):
        """Columns of people: rank of both sides, and whether it is a higher or lower one."""
        places, codes = {}, {}
        for side in ("old", "new"):
            known, rank, codes[side] = self._held.get(
                side, (np.zeros(0, np.int64), np.zeros(0, np.int64), [])
            )
            at = index_of(known, ids)
            places[side] = np.where(at >= 0, rank[at] if rank.size else 0, 0)
        here = [codes["new"].index(one) if one in codes["new"] else -1 for one in codes["old"]]
        was = np.array(here or [-1], dtype=np.int64)[places["old"]]
        change = np.where(was < 0, 0, np.sign(places["new"] - was))
        return {"old_rank": places["old"], "new_rank": places["new"], "rank_change": change}

    def turned(self, run, ids, amounts):
        """Amounts of people in the currency of a run."""
        if not run.homes or not self._homes:
            return amounts
        known, home = self._homes
        at, found = index_of(known, ids), amounts.copy()
        for place, company in enumerate(run.network_id._get_homes()):
            chosen = (at >= 0) & (home[at] == place)
            found[chosen] = run._turn_all(amounts[chosen], company)
        return found

    # -- results

    def amounts(self, runs):
        """Columns cycle, payee (id), old and new of everybody in every period."""
        none = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        pieces = []
        for place, run in enumerate(runs):
            old, new = (side.get(run.id, none) for side in (self._old, self._new))
            ids = np.union1d(old[0], new[0])
            columns = []
            for payee, amount in (old, new):
                column = np.zeros(ids.size, dtype=np.int64)
                column[index_of(ids, payee)] = amount
                columns.append(column)
            pieces.append((np.full(ids.size, place), ids, *columns))
        return tuple(np.concatenate(one).astype(np.int64) for one in zip(*pieces, strict=True))

    def figures(self):
        """``bonuses`` and ``ranks``, each with names by language and amounts of both sides."""
        none = {"amount": 0, "people": 0, "place": -1}
        old, new = (self._ranks.get(side, {}) for side in ("old", "new"))
        return {
            "bonuses": list(self._bonuses.values()),
            "ranks": [
                {
                    "code": code,
                    "name": (new.get(code) or old[code])["name"],
                    "old": old.get(code, none),
                    "new": new.get(code, none),
                }
                for code in {**new, **old}
            ],
        }
