# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

import numpy as np
from mlm_engine.kernel import snapshot_file
from mlm_engine.kernel.run import ENGINE_VERSION
from mlm_engine.sides import causes, facts

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.copy_binary import copy_in

from .mlm_run_pair_cause import KINDS

# Differences of the inputs are counted to the last one; so many of each table are kept.
KEPT = 5_000


class MlmRunPair(models.Model):
    """Finds what differs and what it is worth; the work of one transaction."""

    _inherit = "mlm.run.pair"

    def _finish(self, progress=None):
        """Compare and keep what was found. Repeatable after a kill.

        :param progress: ``f(fraction)``
        """
        self.ensure_one()
        report = progress or (lambda fraction: None)
        runs = self.before_id, self.after_id
        before, after = (snapshot_file.loads(run._snapshot_data()) for run in runs)
        report(0.1)
        found = facts.find(before, after, KEPT)
        report(0.2)
        ids, worth = causes.contributions(
            before,
            after,
            found.counts,
            [self._paid(run) for run in runs],
            again=any(run.engine_version != ENGINE_VERSION for run in runs),
            progress=lambda fraction: report(0.2 + 0.7 * fraction),
        )
        self._store_people(ids, worth)
        self._store_facts(found.facts)
        self._store_causes(found.counts, worth)
        people = int(np.any([part != 0 for part in worth.values()], axis=0).sum()) if worth else 0
        as_internal(self).write(
            {
                "state": "done",
                "error": False,
                "finished_at": self.env.cr.now(),
                "people_count": people,
                "fact_count": sum(found.counts.values()),
                "is_equal": not found.counts and not worth,
            }
        )
        self.invalidate_recordset()
        report(1.0)

    def _paid(self, run):
        """Return ``(ids, ten-thousandths)`` of what the run pays each."""
        gross = run._gross_by_payee()
        ids = np.array(sorted(gross), dtype=np.int64)
        return ids, np.array([gross[one] for one in ids.tolist()], dtype=np.int64)

    def _store_people(self, ids, worth):
        """Keep who gets more or less, or the same for causes that cancel out."""
        people = self.env["mlm.run.pair.person"]
        people.flush_model()
        self.env.cr.execute("DELETE FROM mlm_run_pair_person WHERE pair_id = %s", [self.id])
        changed = (
            np.any([part != 0 for part in worth.values()], axis=0)
            if worth
            else np.zeros(ids.size, dtype=bool)
        )
        ids = ids[changed]
        gross = self.before_id._gross_by_payee(ids.tolist())
        before = np.array([gross.get(one, 0) for one in ids.tolist()], dtype=np.int64)
        parts = {kind: part[changed] for kind, part in worth.items()}
        difference = sum(parts.values(), np.zeros(ids.size, dtype=np.int64))
        nothing = np.zeros(ids.size, dtype=np.int64)
        # sudo: whose distributor each is says in which currency
        homes = self.env["mlm.distributor"].sudo().browse(ids.tolist()).grouped("company_id")
        currency, size = nothing.copy(), nothing.copy()
        for company, members in homes.items():
            mine = np.isin(ids, members.ids)
            currency[mine] = self.after_id._currency_of(members[:1]).id
            size[mine] = np.abs(self.after_id._turn_all(difference[mine], company))
        order = np.lexsort((ids, -size))
        columns = {
            "pair_id": nothing + self.id,
            "distributor_id": ids,
            "currency_id": currency,
            "before_e4": before,
            "after_e4": before + difference,
            "difference_e4": difference,
            **{f"by_{kind}_e4": parts.get(kind, nothing) for kind, _label in KINDS},
        }
        copy_in(
            self.env.cr,
            "mlm_run_pair_person",
            {name: column[order] for name, column in columns.items()},
            dict.fromkeys(("pair_id", "distributor_id", "currency_id"), "int4"),
        )
        people.invalidate_model()

    def _store_facts(self, found):
        """Keep the differences of the inputs, with who and which sale they are about."""
        rows = [
            {
                "place": place,
                "kind": one.group,
                "what": one.table,
                "change": one.change,
                "old_values": one.before,
                "new_values": one.after,
                **_about({**one.before, **one.after}),
            }
            for place, one in enumerate(found)
        ]
        self.env["mlm.run.pair.fact"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM mlm_run_pair_fact WHERE pair_id = %(pair)s;
                INSERT INTO mlm_run_pair_fact (pair_id, kind, what, change, old_values, new_values,
                                               entry_id, distributor_id)
                SELECT %(pair)s, found.kind, found.what, found.change, found.old_values,
                       found.new_values, entry.id, coalesce(person.id, holder.distributor_id,
                                                            entry.distributor_id)
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS found (
                           place int, kind varchar, what varchar, change varchar,
                           old_values jsonb, new_values jsonb, member int, position int, row int)
                  LEFT JOIN mlm_distributor AS person ON person.id = found.member
                  LEFT JOIN mlm_position AS holder ON holder.id = found.position
                  LEFT JOIN mlm_volume_entry AS entry ON entry.id = found.row
                 ORDER BY found.place
                """,
                pair=self.id,
                rows=json.dumps(rows),
            )
        )
        self.env["mlm.run.pair.fact"].invalidate_model()

    def _store_causes(self, counts, worth):
        """Keep what each cause is worth in all, by currency."""
        self.cause_ids.unlink()
        values = []
        for sequence, (kind, _label) in enumerate(KINDS):
            if kind not in counts and kind not in worth:
                continue
            sums = self.env.execute_query(
                SQL(
                    """
                    SELECT currency_id, count(*) FILTER (WHERE %(part)s > 0),
                           count(*) FILTER (WHERE %(part)s < 0), sum(%(part)s)::bigint
                      FROM mlm_run_pair_person WHERE pair_id = %(pair)s AND %(part)s <> 0
                     GROUP BY 1 ORDER BY 1
                    """,
                    part=SQL.identifier(f"by_{kind}_e4"),
                    pair=self.id,
                )
            )
            for currency, more, less, amount in sums or [(self.after_id.currency_id.id, 0, 0, 0)]:
                values.append(
                    {
                        "pair_id": self.id,
                        "sequence": sequence,
                        "kind": kind,
                        "currency_id": currency,
                        "facts": counts.get(kind, 0),
                        "more": more,
                        "less": less,
                        "amount_e4": amount,
                    }
                )
        as_internal(self.env["mlm.run.pair.cause"]).create(values)
        self.env["mlm.run.pair.cause"].invalidate_model()

    # -- background ----------------------------------------------------------

    def _do_waiting(self):
        people = self.after_id._count_members(None)
        report = self.env["mlm.run.progress"]._watch(self.after_id, "pair", people)
        # one stage only, which the state names already
        self._finish(lambda fraction: report("", fraction))

    def _keep_failure(self, message):
        as_internal(self).write(
            {"state": "failed", "error": message, "finished_at": self.env.cr.now()}
        )


def _about(values):
    """Return the ids of the person, position and ledger row that a fact names first."""
    found = {}
    for name, value in values.items():
        if name in ("member_id", "row_id"):
            found.setdefault("member" if name == "member_id" else "row", value)
        elif name.endswith("_member") and not name.startswith(("row_", "position_")):
            found.setdefault("member", value)
        elif name in ("position_id", "carry_position", "moved_position", "fed_position"):
            found.setdefault("position", value)
    return found
