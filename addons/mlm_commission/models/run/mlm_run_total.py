# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary

#: payees whose deductions a preview asks for in one question: so many are in memory
EXPECTED_AT_ONCE = 20_000


class MlmRunTotal(models.Model):
    """Totals of a run by bonus or by rank, for the preview screen."""

    _name = "mlm.run.total"
    _description = "Total of a Run"
    _inherit = "mlm.guarded"
    _order = "run_id, kind, sequence"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="run_id.network_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    kind = fields.Selection([("bonus", "Bonus"), ("rank", "Rank")], required=True)
    sequence = fields.Integer()
    bonus_id = fields.Many2one("mlm.plan.bonus", ondelete="cascade")
    rank_id = fields.Many2one("mlm.plan.rank", ondelete="cascade")
    count = fields.Integer(string="Rows")
    payees = fields.Integer(string="People")
    amount_e4 = BigInteger(string="Earned (ten-thousandths)")
    breakage_e4 = BigInteger(string="Breakage (ten-thousandths)")
    cap_e4 = BigInteger(string="Capped (ten-thousandths)")
    scale_e4 = BigInteger(string="Scaled (ten-thousandths)")
    previous_e4 = BigInteger(string="Preview before (ten-thousandths)")
    amount = ScaledMonetary(scaled="amount_e4", string="Earned")
    breakage = ScaledMonetary(scaled="breakage_e4", string="Breakage")
    capped = ScaledMonetary(
        scaled="cap_e4", string="Capped", help="Cut by caps per person and period."
    )
    scaled = ScaledMonetary(
        scaled="scale_e4",
        string="Scaled",
        help="Cut by the company's cap, moved by guarantees or added by the guaranteed minimum.",
    )
    previous = ScaledMonetary(scaled="previous_e4", string="Preview before")

    share = fields.Float(
        compute="_compute_share", string="Share %", help="Share of everything earned in the run."
    )

    @api.depends("run_id.currency_id")
    def _compute_currency_id(self):
        for total in self:
            total.currency_id = total.run_id.currency_id

    @api.depends("amount_e4", "run_id.amount_e4")
    def _compute_share(self):
        for total in self:
            whole = total.run_id.amount_e4
            total.share = 100 * total.amount_e4 / whole if whole else 0

    def action_open(self):
        self.ensure_one()
        if self.kind == "bonus":
            return self.run_id._action_earnings(bonus=self.bonus_id)
        return self.run_id._action_rank(self.rank_id)


class MlmRun(models.Model):
    """What a run comes to: by bonus, by rank, by person, and what will be deducted."""

    _inherit = "mlm.run"

    def _store_totals(self):
        """Totals by bonus and rank, counts, and the deductions to expect."""
        first, last = self.env["mlm.run.sum"]._id_range(self.number)
        self.bonus_total_ids.unlink()
        self.rank_total_ids.unlink()
        company, join = self._payee_company()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT bonus_id, sum(count)::bigint, sum(payees)::bigint,
                       sum(%(amount)s)::bigint, sum(%(breakage)s)::bigint,
                       sum(%(cap)s)::bigint, sum(%(scale)s)::bigint
                  FROM (SELECT store.bonus_id, %(company)s AS company_id,
                               sum(store.count) AS count,
                               count(store.payee_id) FILTER (WHERE store.is_paid) AS payees,
                               sum(store.amount_e4) AS amount_e4,
                               coalesce(sum(store.breakage_e4), 0) AS breakage_e4,
                               coalesce(sum(store.cap_e4), 0) AS cap_e4,
                               coalesce(sum(store.scale_e4), 0) AS scale_e4
                          FROM mlm_run_sum_store AS store %(join)s
                         WHERE store.id >= %(first)s AND store.id < %(last)s
                         GROUP BY 1, 2) AS part
                 GROUP BY bonus_id
                """,
                company=company,
                join=join,
                first=first,
                last=last,
                **{
                    name: self._turned(SQL("part.%s", SQL.identifier(f"{name}_e4")))
                    for name in ("amount", "breakage", "cap", "scale")
                },
            )
        )
        found = {row[0]: row[1:] for row in rows}
        before = {
            total.bonus_id.code: total.amount_e4 for total in self.previous_id.bonus_total_ids
        }
        values = []
        for bonus in self._bonuses():
            count, payees, amount, breakage, cap, scale = found.get(bonus.id, (0,) * 6)
            values.append(
                {
                    "run_id": self.id,
                    "kind": "bonus",
                    "sequence": bonus.sequence,
                    "bonus_id": bonus.id,
                    "count": count,
                    "payees": payees,
                    "amount_e4": amount,
                    "breakage_e4": breakage,
                    "cap_e4": cap,
                    "scale_e4": scale,
                    "previous_e4": before.get(bonus.code, 0),
                }
            )
        values += self._rank_totals()
        as_internal(self.env["mlm.run.total"]).create(values)
        self.env["mlm.run.total"].invalidate_model()
        gross = self._gross_by_company()
        deducted = {
            company: self._expected_deductions(company, payees) for company, payees in gross.items()
        }
        as_internal(self).write(
            {
                "earning_count": sum(row[0] for row in found.values()),
                "payee_count": sum(map(len, gross.values())),
                "amount_e4": sum(row[2] for row in found.values()),
                "breakage_e4": sum(row[3] for row in found.values()),
                **self._deducted_values(deducted, sum(row[2] for row in found.values())),
            }
        )
        self._store_company_totals(gross, deducted)
        self.invalidate_recordset()

    def _bonuses(self):
        """Bonuses that a run of this kind of period computes."""
        kinds = {bonus["code"]: bonus["period"] for bonus in self.version_id._plan()["bonuses"]}
        return self.version_id.bonus_ids.filtered(
            lambda bonus: kinds[bonus.code] == self.period_id.kind
        )

    def _rank_totals(self):
        first, last = self.env["mlm.measure"]._id_range(self.number)
        self.env.cr.execute(
            """
            SELECT rank, count(*) FROM mlm_measure_store
             WHERE id >= %s AND id < %s AND rank IS NOT NULL GROUP BY rank
            """,
            [first, last],
        )
        counts = dict(self.env.cr.fetchall())
        return [
            {
                "run_id": self.id,
                "kind": "rank",
                "sequence": rank.sequence,
                "rank_id": rank.id,
                "count": counts[rank.sequence],
                "payees": counts[rank.sequence],
            }
            for rank in self.version_id.rank_ids
            if counts.get(rank.sequence)
        ]

    def _gross_by_payee(self, payees=None):
        """``{distributor id: gross in ten-thousandths}`` of everybody paid.

        :param payees: ids of distributors, to add up the rows of theirs only
        """
        if payees is None:
            paid = self._paid_people()
        else:
            first, last = self.env["mlm.earning"]._id_range(self.number)
            paid = SQL(
                """
                SELECT payee_id::int, sum(amount_e4)::bigint FROM mlm_earning_store
                 WHERE id >= %s AND id < %s AND payee_id = ANY(%s)
                 GROUP BY payee_id HAVING sum(amount_e4) <> 0
                """,
                first,
                last,
                payees,
            )
        return dict(self.env.execute_query(SQL("%s ORDER BY payee_id", paid)))

    def _gross_by_bonus(self, payees, store="mlm.run.sum"):
        """``{distributor id: {bonus code: gross in ten-thousandths}}`` of who is paid.

        :param payees: ids of distributors
        :param store: ``mlm.run.sum``, or ``mlm.earning`` to add up the rows themselves
        """
        codes = {bonus.id: bonus.code for bonus in self.version_id.bonus_ids}
        first, last = self.env[store]._id_range(self.number)
        found = {}
        for payee, bonus, amount_e4 in self.env.execute_query(
            SQL(
                """
                SELECT payee_id::int, bonus_id::int, sum(amount_e4)::bigint FROM %s
                 WHERE id >= %s AND id < %s AND payee_id = ANY(%s)
                 GROUP BY 1, 2 HAVING sum(amount_e4) <> 0 ORDER BY 1, 2
                """,
                SQL.identifier(self.env[store]._store),
                first,
                last,
                list(payees),
            )
        ):
            found.setdefault(payee, {})[codes[bonus]] = amount_e4
        return found

    def _expected_deductions(self, company, payees):
        """Deductions if posted today; the accounts may still be missing."""
        people, date = list(payees), self._posting_date()
        deducted_e4 = 0
        try:
            for start in range(0, len(people), EXPECTED_AT_ONCE):
                gross = self._gross_by_bonus(people[start : start + EXPECTED_AT_ONCE])
                # sudo: taxes and accounts are not the manager's to read, totals are
                lines = self.sudo()._get_deductions(company, gross, date)
                deducted_e4 += sum(line["amount_e4"] for one in lines.values() for line in one)
        except UserError as error:
            self.message_post(body=str(error.args[0]))
            return 0
        return deducted_e4
