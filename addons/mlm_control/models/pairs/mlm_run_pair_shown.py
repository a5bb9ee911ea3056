# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats


class MlmRunPair(models.Model):
    """What is shown of two runs: both heads, and their totals with the differences."""

    _inherit = "mlm.run.pair"

    html = fields.Html(compute="_compute_html", sanitize=False, string="Totals")

    @api.depends("before_id", "after_id", "state")
    @api.depends_context("lang", "tz")
    def _compute_html(self):
        for pair in self:
            values = {"blocks": pair._get_blocks()}
            pair.html = self.env["ir.qweb"]._render("mlm_control.side_by_side", values)

    def _get_runs(self):
        return self.before_id, self.after_id

    def _get_blocks(self):
        """``[{"title", "rows": [{"label", "before", "after", "difference", "rises"}]}]``, all
        text but ``rises``: 1, -1, or 0."""
        self.ensure_one()
        _ = self.env._
        currency = self.after_id.currency_id.name
        blocks = [
            (_("Which previews"), self._get_head()),
            # the currency once: on a phone there is no room for it beside each amount
            (_("Totals (%s)", currency), self._get_totals()),
            (_("Earned by bonus (%s)", currency), self._get_parts("bonus")),
            (_("People by rank"), self._get_parts("rank")),
        ]
        return [{"title": title, "rows": rows} for title, rows in blocks if rows]

    def _get_head(self):
        _ = self.env._
        formats = Formats(self.env)
        states = dict(self.after_id._fields["state"]._description_selection(self.env))
        told = [
            (_("Run"), lambda run: str(run.number)),
            (_("State"), lambda run: states[run.state]),
            (_("Computed on"), lambda run: formats.moment(run.computed_at)),
            (_("Computed by"), lambda run: run.computed_by_id.name),
            (_("Plan"), lambda run: run.version_id.display_name),
            (_("Exchange rate"), lambda run: run.fx),
            # whole ones stand with the proof of each run
            (_("Inputs (SHA-256)"), lambda run: run.snapshot_sha[:12]),
            (_("Result (SHA-256)"), lambda run: run.digest[:12]),
        ]
        return [self._row(label, *(tell(run) for run in self._get_runs())) for label, tell in told]

    def _get_totals(self):
        _ = self.env._
        formats = Formats(self.env, self.after_id.currency_id)
        money, count = (lambda value: formats.amount(from_e4(value))), formats.number
        shown = [
            (_("Earned"), "amount_e4", money),
            (_("Deductions"), "deducted_e4", money),
            (_("To pay"), "net_e4", money),
            (_("Breakage"), "breakage_e4", money),
            (_("People paid"), "payee_count", count),
            (_("CV of the cycle"), "cv", count),
            (_("Paid % of CV"), "payout_ratio", formats.ratio),
            (_("Paid % of net sales"), "sales_ratio", formats.ratio),
        ]
        return [
            self._row(label, *(run[name] for run in self._get_runs()), tell)
            for label, name, tell in shown
        ]

    def _get_parts(self, kind):
        formats = Formats(self.env, self.after_id.currency_id)
        money, count = (lambda value: formats.amount(from_e4(value))), formats.number
        return [
            self._row(
                part["name"], part["before"], part["after"], money if kind == "bonus" else count
            )
            for part in self._get_sums(kind)
        ]

    def _get_sums(self, kind):
        """``[{"name", "before", "after"}]`` of each bonus (ten-thousandths) or rank (people) of
        either run, which are the same where they have the same code."""
        found = {}
        for side, run in zip(("before", "after"), self._get_runs(), strict=True):
            for total in run.bonus_total_ids if kind == "bonus" else run.rank_total_ids:
                record = total[f"{kind}_id"]
                one = found.setdefault(record.code, {"before": 0, "after": 0})
                one |= {"name": record.name, "sequence": total.sequence}
                one[side] = total.amount_e4 if kind == "bonus" else total.payees
        # the highest rank first, bonuses as the plan has them
        parts = sorted(found.values(), key=lambda one: one.pop("sequence"), reverse=kind == "rank")
        return [one for one in parts if one["before"] or one["after"]]

    def _row(self, label, before, after, tell=None):
        """A row of a block; of figures ``tell`` gives the text, and there is a difference."""
        if not tell:
            return {
                "label": label,
                "before": before,
                "after": after,
                "difference": "" if before == after else "≠",
                "rises": 0,
            }
        step = after - before
        return {
            "label": label,
            "before": tell(before),
            "after": tell(after),
            "difference": f"{'+' if step > 0 else ''}{tell(step)}" if step else "=",
            "rises": (step > 0) - (step < 0),
        }

    @api.readonly
    def read_sides(self):
        """What the chart shows: ``currency`` (id), names of both runs, and ``bonuses``
        ``[{name, before, after}]``; amounts are numbers to be shown."""
        self.ensure_one()
        self.check_access("read")
        return {
            "currency": self.after_id.currency_id.id,
            "before": self.before_id.display_name,
            "after": self.after_id.display_name,
            "bonuses": [
                {**one, "before": one["before"] / 10_000, "after": one["after"] / 10_000}
                for one in self._get_sums("bonus")
            ],
        }
