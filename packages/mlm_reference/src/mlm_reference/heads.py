# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Groups of heads: people of a rank, each with those below up to the next heads."""


class Heads:
    """``is_head(member)`` says who is one; trees as of the period's end."""

    def __init__(self, network, is_head):
        self.network, self.is_head = network, is_head

    def group(self, head):
        """Return the head and everybody below who stands under no other head."""
        found = [head]
        for one in found:
            found += [
                other for other in self.network.sponsored.get(one, ()) if not self.is_head(other)
            ]
        return found

    def first(self, people):
        """Return the first head of people from a sale up, -1 for none."""
        return next((one for one in people if self.is_head(one)), -1)

    def below(self, member):
        """Yield ``(head, generation)`` of all heads below somebody."""
        waiting = [(one, 1) for one in self.network.sponsored.get(member, ())]
        for one, generation in waiting:
            head = self.is_head(one)
            if head:
                yield one, generation
            waiting += [(other, generation + head) for other in self.network.sponsored.get(one, ())]

    def above(self, member):
        """Return the nearest head above somebody, -1 for none."""
        member = self.network.sponsor(member)
        while member >= 0 and not self.is_head(member):
            member = self.network.sponsor(member)
        return member
