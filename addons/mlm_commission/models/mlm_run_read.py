# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import lru_cache

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.exact import format_e4

from ..engine import explain as engine_explain
from ..engine import measures, snapshot_file
from ..engine import run as engine_run
from ..engine.measures import Measure


@lru_cache(maxsize=4)
def _computed(_sha, data):
    """Snapshot and result of a run's file; a few are kept for the next question.

    The engine is deterministic, so recomputing from the frozen inputs gives the
    stored rows in their stored order.
    """
    snapshot = snapshot_file.loads(data)
    return snapshot, engine_run.compute(snapshot)


def text_e4(value):
    """Ten-thousandths as plain text: ``"76500"``, ``"34.5"``."""
    return format_e4(value, digits=0, thousands="").rstrip(".")


class MlmRun(models.Model):
    """The read API: plain dicts that every screen renders and none computes.

    Contract: ``docs/contracts/read_api.md``. Amounts are strings in the company
    currency, points strings; callers check access before they call.
    """

    _inherit = "mlm.run"

    @api.model
    def _deciding_ranks(self, company, limit, day=None):
        """Posted runs of the kind of period that decides ranks, the last one first.

        :param day: only of periods that ended by then
        """
        domain = [("company_id", "=", company.id), ("state", "=", "posted")]
        if day:
            domain.append(("period_id.date_end", "<=", day))
        last = self.search(domain, order="number desc", limit=1)
        if not last:
            return last
        kind = last.version_id._plan()["rank_policy"]["period"]
        return self.search(
            [*domain, ("period_id.kind", "=", kind)], order="number desc", limit=limit
        )

    @api.model
    def _last_deciding_ranks(self, company, day=None):
        """Last posted run of the kind of period that decides ranks, or none."""
        return self._deciding_ranks(company, 1, day)

    def _values_of(self, distributors, codes):
        """``{(distributor id, code): value}`` of figures of persons in this run."""
        self.ensure_one()
        first, last = self.env["mlm.measure"]._id_range(self.number)
        self.env.cr.execute(
            """
            SELECT distributor_id, measure, value FROM mlm_measure_store
             WHERE id >= %s AND id < %s AND measure = ANY(%s) AND distributor_id = ANY(%s)
            """,
            [first, last, [int(code) for code in codes], distributors.ids],
        )
        return {(holder, code): value for holder, code, value in self.env.cr.fetchall()}

    def _ranks_of(self, distributors):
        """``{distributor id: name of the paid-as rank}`` in this run."""
        names = {rank.sequence: rank.name for rank in self.version_id.rank_ids}
        found = self._values_of(distributors, [Measure.RANK])
        return {one.id: names.get(found.get((one.id, Measure.RANK), 0), "") for one in distributors}

    def _get_measures(self, distributor):
        """Figures of a person: ``[{measure, label, unit, bonus, position, value}]``."""
        self.ensure_one()
        first, last = self.env["mlm.measure"]._id_range(self.number)
        self.env.cr.execute(
            """
            SELECT s.measure, b.code, p.code, s.value
              FROM mlm_measure_store s
              LEFT JOIN mlm_plan_bonus b ON b.id = s.bonus_id
              LEFT JOIN mlm_position p ON p.id = s.position_id
             WHERE s.id >= %s AND s.id < %s AND s.distributor_id = %s
             ORDER BY s.id
            """,
            [first, last, distributor.id],
        )
        found = self.env.cr.fetchall()
        lang = self.version_id._short_lang()
        plan = self.version_id._plan()
        return [
            {
                "measure": measures.name(code, plan),
                "label": measures.text(code, lang, plan),
                "unit": measures.unit(code, plan),
                "bonus": bonus,
                "position": position,
                "raw": value,
                "value": self._measure_text(code, value),
            }
            for code, bonus, position, value in found
        ]

    def _measure_text(self, code, value):
        unit = measures.unit(code, self.version_id._plan())
        scale = unit in ("pv", "cv", "rate")
        return text_e4(value) if scale else str(value)

    def _get_statement(self, distributor):
        """Statement of one payee in this run, posted or preview.

        :return: dict with ``period``, ``run``, ``state``, ``currency``, ``gross``,
            ``deductions``, ``net``, ``rank``, ``bonuses``, ``earnings`` (one dict
            per row, id included), ``missed`` (rows with breakage), ``measures``
        """
        self.ensure_one()
        earnings = self.env["mlm.earning"].search(
            [*self._id_domain("mlm.earning"), ("payee_id", "=", distributor.id)]
        )
        rows = [self._earning_dict(earning) for earning in earnings]
        statement = self.env["mlm.statement"].search(
            [("run_id", "=", self.id), ("distributor_id", "=", distributor.id)]
        )
        gross_e4 = sum(earnings.mapped("amount_e4"))
        if statement:
            deductions = [
                {
                    "code": line.code,
                    "name": line.name,
                    "reason": line.reason,
                    "base": text_e4(line.base_e4),
                    "rate": text_e4(line.rate_e6),
                    "amount": text_e4(line.amount_e4),
                }
                for line in statement.deduction_ids
            ]
            deducted_e4 = statement.deducted_e4
        else:
            # sudo: taxes are not the reader's, the amounts withheld are
            lines = (
                self.sudo()
                ._get_deductions({distributor.id: gross_e4}, self._posting_date())
                .get(distributor.id, [])
                if gross_e4
                else []
            )
            deductions = [
                {
                    "code": line["code"],
                    "name": line["name"],
                    "reason": line["reason"],
                    "base": text_e4(line["base_e4"]),
                    "rate": text_e4(line["rate_e6"]),
                    "amount": text_e4(line["amount_e4"]),
                }
                for line in lines
            ]
            deducted_e4 = sum(line["amount_e4"] for line in lines)
        totals = {}
        for earning in earnings:
            key = earning.bonus_id
            totals[key] = totals.get(key, 0) + earning.amount_e4
        return {
            "period": {
                "number": self.period_id.number,
                "start": str(self.period_id.date_start),
                "end": str(self.period_id.date_end),
                "pay_date": str(self.period_id.pay_date),
            },
            "run": self.id,
            "state": self.state,
            "currency": self.currency_id.name,
            "rank": self._ranks_of(distributor).get(distributor.id, ""),
            "gross": text_e4(gross_e4),
            "deductions": deductions,
            "deducted": text_e4(deducted_e4),
            "net": text_e4(gross_e4 - deducted_e4),
            "bonuses": [
                {"code": bonus.code, "name": bonus.name, "amount": text_e4(total)}
                for bonus, total in totals.items()
            ],
            "earnings": [row for row in rows if row["amount"] != "0"],
            "missed": [row for row in rows if row["breakage"] != "0"],
            "measures": self._get_measures(distributor),
        }

    def _earning_dict(self, earning):
        reasons = dict(self.env["mlm.earning"]._fields["reason"]._description_selection(self.env))
        sources = dict(
            self.env["mlm.earning"]._fields["rate_source"]._description_selection(self.env)
        )
        return {
            "id": earning.id,
            "bonus": earning.bonus_id.code,
            "bonus_name": earning.bonus_id.name,
            "source": earning.source_id.code or "",
            "source_name": earning.source_id.name or "",
            "order": earning.order_name or "",
            "moment": str(earning.entry_id.moment or ""),
            "level": earning.level,
            "paid_level": earning.paid_level,
            "base": text_e4(earning.base_e4),
            "rate": text_e4(earning.rate_e6),
            "rate_source": sources.get(earning.rate_source, ""),
            "fx": text_e4(earning.fx_e6 // 100),
            "amount": text_e4(earning.amount_e4),
            "breakage": text_e4(earning.breakage_e4),
            "reason": earning.reason,
            "reason_text": reasons.get(earning.reason, ""),
        }

    # -- explanation ---------------------------------------------------------

    def _snapshot_data(self):
        """Bytes of the frozen inputs; only the system may read the file itself.

        Forms are read with ``bin_size``, which would give the file's size instead.
        """
        return self.sudo().with_context(bin_size=False).snapshot_id.raw

    def _view(self, audience="staff", viewer=None):
        """Engine's explanation view of this run.

        :param audience: ``staff`` see names; a ``distributor`` sees codes and
            names of nobody but the own frontline and self (RULES 38)
        """
        self.ensure_one()
        data = self._snapshot_data()
        if not data:
            raise UserError(self.env._("%(run)s was not computed yet.", run=self.display_name))
        snapshot, result = _computed(self.snapshot_sha, data)
        namer = _Namer(self.sudo().env, snapshot, audience, viewer)
        return engine_explain.View(snapshot, result, namer, self.version_id._short_lang())

    def _explain(self, earning, audience="staff", viewer=None):
        """Explain one earning: source, path, base, rate, rounding, as a dict."""
        self.ensure_one()
        first, last = earning._id_range(self.number)
        if not first < earning.id < last or not earning.exists():
            raise UserError(self.env._("This amount is not one of %s.", self.display_name))
        view = self._view(audience, viewer)
        return engine_explain.earning(view, earning.id - first - 1)

    def _explain_distributor(self, distributor, audience="staff", viewer=None):
        """Explain the cycle of a person, also of one who earned nothing."""
        self.ensure_one()
        view = self._view(audience, viewer)
        member = int(np.searchsorted(view.snapshot.member_id, distributor.id))
        if (
            member >= len(view.snapshot.member_id)
            or view.snapshot.member_id[member] != distributor.id
        ):
            raise UserError(
                self.env._(
                    "%(name)s joined after %(run)s.",
                    name=distributor.display_name,
                    run=self.display_name,
                )
            )
        return engine_explain.person(view, member)

    def _action_explain(self, earning):
        """Open the explanation of an earning in a dialog."""
        wizard = self.env["mlm.explanation"].create(
            {"run_id": self.id, "earning_ref": str(earning.id)}
        )
        return wizard._action_open()


class _Namer:
    """Words for members, positions and rows, as far as the reader may see."""

    def __init__(self, env, snapshot, audience, viewer):
        self.env, self.snapshot = env, snapshot
        self.hide = audience != "staff"
        self.visible = set()
        if viewer:
            team = viewer.child_ids.filtered(lambda one: one.kind != "customer")
            self.visible = set((viewer + team).ids)

    def __call__(self, kind, index):
        record_id = int(getattr(self.snapshot, f"{kind}_id")[index])
        if kind == "row":
            entry = self.env["mlm.volume.entry"].browse(record_id)
            hidden = self.hide and not self.visible & set(
                (entry.distributor_id + entry.buyer_id).ids
            )
            return f"#{record_id}" if hidden else entry.order_name or f"#{record_id}"
        if kind == "position":
            position = self.env["mlm.position"].browse(record_id)
            return position.code
        distributor = self.env["mlm.distributor"].browse(record_id)
        if self.hide and record_id not in self.visible:
            if distributor.kind == "customer":
                return self.env._("a customer")
            return self.env._("another member")
        return distributor.display_name
