# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A person of the demo company while the network grows."""

from dataclasses import dataclass, field
from datetime import date

LEGS = ("left", "right")


@dataclass(eq=False)
class Member:
    """``key`` names people with a story; ``wanted`` says where they go: left or
    right (the outer spot of that leg below the sponsor), hold (the holding tank) or
    ``(key of the parent, leg)``."""

    joined: date
    key: str = ""
    name: str = ""
    kind: str = "distributor"
    sponsor_key: str = ""
    wanted: object = None
    package: str = ""
    #: Does the chance of the generator touch it: sponsors others, buys by itself.
    free: bool = True
    code: str = ""
    sponsor: object = None
    parent: object = None
    leg: str = ""
    below: dict = field(default_factory=dict)
    recruits: int = 0

    @property
    def placed(self):
        return self.parent is not None or self.key == "root"

    def outer(self, leg):
        """The last member of the line along ``leg``, below whom the spot is free."""
        member = self
        while leg in member.below:
            member = member.below[leg]
        return member
