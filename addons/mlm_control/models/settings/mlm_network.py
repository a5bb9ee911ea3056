# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmNetwork(models.Model):
    """What is looked at before a run is approved, and from where on it is listed."""

    _inherit = "mlm.network"
    _free = (
        "check_days",
        "check_least",
        "check_stack_sponsor",
        "check_stack_address",
        "check_shared_bank",
        "check_shared_phone",
        "check_shared_address",
        "check_shared_login",
        "check_return_cycles",
        "outlier_runs",
        "outlier_deviations",
        "outlier_percentile",
        "outlier_times",
        "outlier_least",
        "guard_cv",
        "guard_sales",
        "guard_daily",
        "audit_policy",
        "audit_whole",
        "audit_sample",
    )

    check_days = fields.Integer(
        string="Last days of the cycle",
        default=2,
        help="The cycle is computed again without people's own purchases of its last days: "
        "whoever loses activity, rank or package is listed. Zero switches it off.",
    )
    check_least = fields.Monetary(
        string="Minimum amount of a case",
        currency_field="money_currency_id",
        help="Cases that move less than this are not listed.",
    )
    check_stack_sponsor = fields.Integer(
        string="Enrolled one below the other by the same sponsor",
        default=5,
        help="Number of people enrolled within the cycle by one sponsor, one below the other. "
        "Zero switches it off.",
    )
    check_stack_address = fields.Integer(
        string="Enrolled one below the other from the same address",
        default=3,
        help="Number of people with one address enrolled within the cycle, one below the other. "
        "Zero switches it off.",
    )
    check_shared_bank = fields.Integer(
        string="Paid to the same bank account",
        default=2,
        help="Number of people paid in the run who share a bank account. Zero switches it off.",
    )
    check_shared_phone = fields.Integer(
        string="With the same phone number",
        default=2,
        help="Number of people paid in the run who share a phone number. Zero switches it off.",
    )
    check_shared_address = fields.Integer(
        string="At the same address",
        default=3,
        help="Number of people paid in the run who share an address. Zero switches it off.",
    )
    check_shared_login = fields.Integer(
        string="Behind the same internet address",
        default=3,
        help="Number of people paid in the run who used the portal from one internet address "
        "during the cycle. Zero switches it off.",
    )
    check_return_cycles = fields.Integer(
        string="Cycles to look back for returns",
        default=4,
        help="Number of past cycles computed again without what was returned later. Zero "
        "switches it off.",
    )

    outlier_runs = fields.Integer(
        string="Posted cycles to compare with",
        default=8,
        help="An amount is compared with the person's own last posted cycles. Zero switches"
        " it off.",
    )
    outlier_deviations = fields.Float(
        string="Deviations",
        default=6.0,
        help="How many times the usual deviation (median absolute deviation) from the median of "
        "the person's history counts as unusual. Always at least half of the median.",
    )
    outlier_percentile = fields.Float(
        string="Percentile of the rank",
        default=99.5,
        help="An amount is compared with this percentile of the amounts of the same rank.",
    )
    outlier_times = fields.Float(
        string="Times the percentile",
        default=1.5,
        help="How many times the percentile of the rank counts as unusual. Zero switches it off.",
    )
    outlier_least = fields.Monetary(
        string="Minimum unusual amount",
        currency_field="money_currency_id",
        help="Differences below this are not listed.",
    )

    guard_cv = fields.Float(
        string="Alert above % of CV",
        default=60.0,
        help="A run that pays more than this percentage of the cycle's CV alerts the managers "
        "and needs the signature of a third person. Zero: no limit.",
    )
    guard_sales = fields.Float(
        string="Alert above % of net sales",
        default=50.0,
        help="A run that pays more than this percentage of the cycle's net sales alerts the "
        "managers and needs the signature of a third person. Zero: no limit.",
    )
    guard_daily = fields.Boolean(
        string="Nightly preview of the current cycle",
        help="The current cycle is computed every night, so that the alert comes while there is "
        "still time to act. The previous night's preview is discarded.",
    )

    audit_policy = fields.Selection(
        [
            ("required", "Only when both calculations agree"),
            ("reason", "With a reason where they do not agree or were not compared"),
        ],
        string="Approval and audit",
        required=True,
        default="required",
        help="The reference calculator recomputes each submitted run. This setting says what its "
        "result means for the approval.",
    )
    audit_whole = fields.Integer(
        string="Recompute everybody in networks up to",
        default=100_000,
        help="The reference calculator goes person by person: in a larger network it recomputes"
        " a sample.",
    )
    audit_sample = fields.Integer(
        string="People of a sample",
        default=500,
        help="Drawn at random, half of them from those who are paid.",
    )
