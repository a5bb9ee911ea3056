# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.telling.language import name_in

from odoo import api, models

# Winners and losers named on the form, of each.
TOP = 5


class MlmWhatIf(models.Model):
    """What the charts show: one what-if beside what was posted, or two."""

    _inherit = "mlm.what.if"

    @api.readonly
    def read_figures(self, other_id=False):
        """What the charts and tables of the form show.

        :param other_id: id of another what-if of the same cycles, to be shown beside this one
        :return: dict with ``currency`` (id), ``peers`` ``[{id, name}]``, ``sides`` ``[{name,
            total, cv_ratio, sales_ratio, people}]`` (what was posted first), ``cycles``,
            ``bonuses`` ``[{name, amounts}]`` and ``ranks`` ``[{name, amounts, people}]`` with one
            figure per side, ``winners`` and ``losers`` ``[{id, name, difference}]`` of this one;
            amounts are numbers to be shown
        """
        self.ensure_one()
        self.check_access("read")
        peers = self._get_peers()
        shown = self + peers.filtered(lambda one: one.id == other_id)
        return {
            "currency": self.currency_id.id,
            "peers": [{"id": one.id, "name": one.name} for one in peers],
            "sides": [self._get_side(), *(one._get_side(True) for one in shown)],
            "cycles": shown._get_cycle_figures(),
            "bonuses": shown._get_section("bonuses"),
            "ranks": shown._get_section("ranks"),
            "winners": self._get_top(">"),
            "losers": self._get_top("<"),
        }

    def _get_peers(self):
        """Other what-ifs of the same runs, the newest first."""
        runs = self.cycle_ids.run_id
        others = self.search(
            [
                ("id", "!=", self.id),
                ("network_id", "=", self.network_id.id),
                ("state", "=", "done"),
                ("cycle_ids.run_id", "in", runs[-1:].ids),
            ]
        )
        return others.filtered(lambda one: one.cycle_ids.run_id == runs)

    def _get_side(self, new=False):
        """Totals of the side with the plan that was tried, or of what was posted."""
        total = self.tried_e4 if new else self.posted_e4

        def ratio(base):
            return 100 * total / base if base else None

        return {
            "name": self.name if new else self.env._("As posted"),
            "total": total / 10_000,
            "cv_ratio": ratio(self.cv_e4),
            "sales_ratio": ratio(self.net_sales_e4),
            "people": self.figures["people"] if new else None,
        }

    def _get_cycle_figures(self):
        """Of each cycle its name and what every side pays."""
        first = self[:1]
        return [
            {
                "name": cycle.period_id.display_name,
                "amounts": [
                    cycle.posted,
                    *(
                        one.cycle_ids.filtered(lambda c, at=at: c.sequence == at).tried
                        for one in self
                    ),
                ],
            }
            for at, cycle in enumerate(first.cycle_ids)
        ]

    def _get_section(self, section):
        """Bonuses or ranks of all sides, by code, with a figure for each side."""
        lang = self.env["mlm.plan.version"]._short_lang()
        by_code = [{item["code"]: item for item in one.figures[section]} for one in self]
        names = {code: item["name"] for found in reversed(by_code) for code, item in found.items()}
        rows = []
        for code in {code: None for found in by_code for code in found}:
            row = {"name": name_in(names[code], lang)}
            sides = [by_code[0].get(code, {}).get("old")]
            sides += [found.get(code, {}).get("new") for found in by_code]
            if section == "bonuses":
                row["amounts"] = [(side or 0) / 10_000 for side in sides]
            else:
                row["amounts"] = [(side or {}).get("amount", 0) / 10_000 for side in sides]
                row["people"] = [(side or {}).get("people", 0) for side in sides]
            rows.append(row)
        return rows if section == "bonuses" else rows[::-1]  # the highest rank first

    def _get_top(self, sign):
        people = self.env["mlm.what.if.person"].search(
            [*self._id_domain("mlm.what.if.person"), ("difference", sign, 0)], limit=TOP
        )
        return [
            {
                "id": one.payee_id.id,
                "name": one.payee_id.display_name,
                "ranks": one.ranks,
                "difference": one.difference,
                "currency": one.currency_id.id,
            }
            for one in people
        ]

    def _get_rank_names(self):
        """Names of the ranks of what was posted and of the plan that was tried, by place."""
        lang = self.env["mlm.plan.version"]._short_lang()
        found = []
        for side in ("old", "new"):
            ranks = [item for item in self.figures["ranks"] if item[side]["place"] >= 0]
            ranks.sort(key=lambda item: item[side]["place"])
            found.append([name_in(item["name"], lang) for item in ranks])
        return found
