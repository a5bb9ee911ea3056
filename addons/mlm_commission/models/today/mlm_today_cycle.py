# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats

from ..run.mlm_run import COMPUTED

#: so many posted cycles are compared
TREND = 8


class MlmToday(models.AbstractModel):
    """What the present cycle costs so far, by its last preview, beside those before."""

    _inherit = "mlm.today"

    @api.model
    def _card_cycle(self, cycle, today, suffix=""):
        card = super()._card_cycle(cycle, today, suffix)
        if not self.env["mlm.run"].has_access("read"):
            return card
        run = self._get_cost_run(cycle)
        if run:
            card["facts"] += self._get_cost_facts(run)
            card["meters"] = self._get_meters(run)
            card["note"] = self.env._(
                "By the preview of %s.", Formats(self.env).moment(run.computed_at)
            )
        else:
            card["note"] = self.env._("No preview yet: the cost is not known.")
        card["trend"] = self._get_trend(cycle)
        if "button" not in card and self.env["mlm.run"].has_access("write"):
            card["button"] = self._get_preview_button(cycle)
        return card

    @api.model
    def _get_cost_run(self, cycle):
        return self.env["mlm.run"].search(
            [
                ("period_id", "=", cycle.id),
                ("state", "in", COMPUTED),
            ],
            order="number desc",
            limit=1,
        )

    @api.model
    def _get_cost_facts(self, run):
        amount = Formats(self.env, run.currency_id).money(from_e4(run.amount_e4))
        return [{"label": self.env._("Projected cost"), "value": amount}]

    @api.model
    def _get_meters(self, run):
        """Return the cost as a part of CV and of net sales, each with its limit."""
        limit_cv, limit_sales = self._get_limits(run)
        return [
            self._get_meter(self.env._("Of CV"), run.payout_ratio, limit_cv),
            self._get_meter(self.env._("Of net sales"), run.sales_ratio, limit_sales),
        ]

    @api.model
    def _get_limits(self, run):
        """Return the limits, in percent of CV and of net sales; 0: none."""
        return 0, 0

    @api.model
    def _get_meter(self, label, value, limit):
        formats = Formats(self.env)
        text = formats.ratio(value)
        if limit:
            text = self.env._("%(value)s (limit %(limit)s)", value=text, limit=formats.ratio(limit))
        return {"label": label, "value": round(value, 2), "limit": limit, "text": text}

    @api.model
    def _get_trend(self, cycle):
        runs = cycle._get_trend_runs(TREND)
        if len(runs) < 2:
            return None
        formats = Formats(self.env)
        return {
            "label": self.env._("Paid in the last cycles, % of CV"),
            "bars": [
                {
                    "label": str(run.period_id.number),
                    "value": round(run.payout_ratio, 2),
                    "text": formats.number(run.payout_ratio, 1),
                }
                for run in reversed(runs)
            ],
        }

    @api.model
    def _get_preview_button(self, cycle):
        """None while the cycle before is not posted: nothing can be computed then."""
        previous = cycle._previous_period()
        if not cycle.has_access("write") or (previous and previous.state != "posted"):
            return None
        return {
            "label": self.env._("Preview"),
            "model": "mlm.period",
            "method": "action_preview",
            "ids": cycle.ids,
        }
