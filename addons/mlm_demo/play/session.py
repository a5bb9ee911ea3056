# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the steps of one play share."""

from dataclasses import dataclass, field
from datetime import date, datetime, timezone

from mlm_engine.scenario.clock import Clock


def quiet(records):
    """Without chatter: nobody reads notes about ten thousand played documents."""
    return records.with_context(
        tracking_disable=True,
        mail_create_nolog=True,
        mail_create_nosubscribe=True,
        mail_notrack=True,
        mail_activity_automation_skip=True,
    )


@dataclass
class Session:
    """One play: a company and what the scenario's codes became.

    A network of several companies has one of these for each (``shops``, by code): what a
    company has of its own is apart, people, runs and documents are common.

    ``products`` maps codes of the catalogue, ``bare`` bare lines to products;
    ``members`` codes to distributors; ``invoices`` ids of sales to invoices;
    ``roles`` manager, approver and accountant to users.
    """

    env: object
    company: object
    scenario: object
    progress: object = None
    firm: object = None  # the company as the scenario says it
    shops: dict = field(default_factory=dict)
    roles: dict = field(default_factory=dict)
    version: object = None
    journal: object = None
    pricelists: dict = field(default_factory=dict)
    products: dict = field(default_factory=dict)
    bare: dict = field(default_factory=dict)
    members: dict = field(default_factory=dict)
    orders: dict = field(default_factory=dict)
    invoices: dict = field(default_factory=dict)
    runs: dict = field(default_factory=dict)  # {number of a cycle: its run}
    longer: dict = field(default_factory=dict)  # {(kind, number): its run}
    by_law: bool = False  # withholds as the country says, not the rate of the scenario

    def __post_init__(self):
        self.env = quiet(self.env[self.company._name].with_company(self.company)).env
        self.company = self.company.with_env(self.env)
        self.network = self.company.mlm_network_id
        self.firm = self.firm or self.scenario.company
        self.clock = Clock(self.scenario.company.timezone)

    def shop(self, code):
        """The company of a code: that of a person's home, or the one that sold."""
        return self.shops[code]

    @property
    def is_first(self):
        """Whether this is the company that the scenario begins with."""
        return self.firm is self.scenario.company

    @property
    def plan(self):
        return self.scenario.plan

    @property
    def period_kind(self):
        return self.plan["periods"][self.scenario.period_kind]

    def tree(self, number):
        """The network's placement tree that is the plan's tree ``number``, or none."""
        places = self.env["mlm.snapshot"]._placement_trees(self.plan, self.network)
        found = [tree for tree, place in places.items() if place == number]
        return self.env["mlm.tree"].browse(found[:1])

    def position(self, code, number):
        """Position of a code in the plan's tree ``number``, or none: a person's first has
        the person's own."""
        tree = self.tree(number)
        return self.member_of(code).position_ids.filtered(
            lambda one: one.tree_id == tree and one.code == code
        )

    def member_of(self, code):
        """Distributor to whom a position belongs."""
        return self.members[self.scenario.positions[code]]

    def tell(self, stage, fraction):
        """Report progress: a text for people and the part done, 0 to 1."""
        if self.progress:
            self.progress(fraction, 1.0, stage)

    def utc(self, moment):
        """Naive UTC datetime, as Odoo stores it, of a moment of the scenario."""
        return datetime.fromtimestamp(moment, timezone.utc).replace(tzinfo=None)

    def day(self, moment):
        """Local date of a moment."""
        return date.fromordinal(self.clock.day_of(moment))
