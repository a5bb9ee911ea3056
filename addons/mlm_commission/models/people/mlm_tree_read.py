# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.codes import Measure

from odoo import models
from odoo.tools import SQL

from ...roles import SEES_MONEY


class MlmTreeRead(models.AbstractModel):
    """Rank, activity and profit on the cards, from the last posted cycle."""

    _inherit = "mlm.tree.read"

    def _get_run(self, scope):
        """The last posted run that had ended at the moment asked about, or empty."""
        day = scope.at and self.env["mlm.period"]._local_date(scope.network, scope.at)
        # sudo: activity and rank of the people whom the caller may see; what they earn is
        # added for those only who may see that
        return self.env["mlm.run"].sudo()._last_deciding_ranks(scope.network, day)

    def _sees_money(self, scope):
        if scope.viewer is not None:
            return False
        return any(self.env.user.has_group(group) for group in SEES_MONEY.split(","))

    def _card_data(self, scope, cards):
        super()._card_data(scope, cards)
        run = self._get_run(scope)
        if not run:
            return
        people = self._get_open(cards)
        figures = run._values_of(people, (Measure.ACTIVE, Measure.RANK))
        earned = self._get_earned(scope, run, list(people))
        names = {rank.sequence: rank.name for rank in run.version_id.rank_ids}
        for person, own in people.items():
            rank = figures.get((person, Measure.RANK), 0)
            for card in own:
                card.update(
                    active=bool(figures.get((person, Measure.ACTIVE))),
                    rank=names.get(rank, "") if rank else "",
                    rank_level=rank,
                )
                if person in earned:
                    card["earned"] = earned[person]

    def _get_earned(self, scope, run, people):
        """``{distributor id: amount}``: everybody's for staff who see money; in the portal
        the reader's own and nobody else's (RULES 38)."""
        amount, mine = SQL("gross_e4"), SQL("TRUE")
        if scope.viewer is not None:
            people = [one for one in people if one == scope.viewer.id]
        elif not self._sees_money(scope):
            return {}
        else:
            amount = run._turned(amount, SQL("company_id"))
            homes = run.sudo(False)._read_homes()
            if homes is not None:
                mine = SQL("company_id = ANY(%s)", homes)
        self.env["mlm.statement"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT distributor_id, %s / 10000.0 FROM mlm_statement
                    WHERE run_id = %s AND distributor_id = ANY(%s) AND %s""",
                amount,
                run.id,
                people,
                mine,
            )
        )
        return {**dict.fromkeys(people, 0.0), **{one: float(amount) for one, amount in rows}}

    def _get_legend(self, scope):
        legend = super()._get_legend(scope)
        run = self._get_run(scope)
        if run:
            ranks = run.version_id.rank_ids.sorted("sequence")
            viewer = scope.viewer
            currency = run.currency_id if viewer is None else run._currency_of(viewer)
            legend.update(
                run_cycle=run.period_id.number,
                currency=currency.name,
                ranks=[{"level": rank.sequence, "name": rank.name} for rank in ranks],
            )
            legend["colours"] += ["activity", "rank"] if ranks else ["activity"]
            if self._sees_money(scope):
                legend["colours"].append("profit")
        return legend
