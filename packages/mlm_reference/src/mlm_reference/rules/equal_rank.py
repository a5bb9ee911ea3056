# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal-rank leadership: a rate on the groups of people of the own rank or higher."""

from ..bonus import Bonus
from ..heads import Heads
from ..numbers import rate


class Rule(Bonus):
    def of_payee(self, member):
        run = self.run
        rank = run.ranks.paying(member)
        if rank < run.plan.rank_index[str(self.param("rank"))]:
            return []
        heads = Heads(run.network, lambda one: run.ranks.paying(one) >= rank)
        rates, found = self.param("rates", []), []
        taken = self.returned(member, heads.first)
        for head, generation in heads.below(member):
            base = sum(map(self.staying, heads.group(head))) + taken.get(head, 0)
            if base > 0 and generation <= len(rates):
                found += self.earning(
                    member,
                    base,
                    rate(rates[generation - 1]),
                    self.refusal(member),
                    source=head,
                    level=generation,
                )
        return found
