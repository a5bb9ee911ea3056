# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = (
        "mlm_portal_names",
        "mlm_application_confirm",
        "mlm_confirm_hours",
        "mlm_limit_address_hour",
        "mlm_limit_address_day",
        "mlm_limit_sponsor_hour",
        "mlm_limit_sponsor_day",
        "mlm_limit_company_day",
        "mlm_limit_code_hour",
    )

    mlm_portal_names = fields.Selection(
        [("direct", "Only people they sponsor"), ("downline", "The whole downline")],
        string="Names shown in the portal",
        default="direct",
        required=True,
        help="Whose name, code and photo a distributor sees in the trees and the report of the "
        "portal. Choose the whole downline only if distributors have agreed to it in their "
        "contract; whoever agreed personally is always named.",
    )
    mlm_application_confirm = fields.Boolean(
        string="Confirm Applications",
        default=True,
        help="Before an applicant gets a code, the person confirms with a link in an e-mail, or "
        "the sponsor whose link they used confirms it. Without an outgoing mail server, staff "
        "decide.",
    )
    mlm_confirm_hours = fields.Integer(
        string="Hours of a Confirmation Link",
        default=72,
        help="How long the link in the e-mail confirms an application.",
    )
    mlm_limit_address_hour = fields.Integer(
        string="Applications per Address and Hour",
        default=5,
        help="How many applications by referral links one internet address may send in an hour.",
    )
    mlm_limit_address_day = fields.Integer(
        string="Applications per Address and Day",
        default=40,
        help="How many applications one internet address may send in a day, by links and portal.",
    )
    mlm_limit_sponsor_hour = fields.Integer(
        string="Enrolments per Sponsor and Hour",
        default=10,
        help="How many people a sponsor may enter in the portal in an hour.",
    )
    mlm_limit_sponsor_day = fields.Integer(
        string="Applications per Sponsor and Day",
        default=30,
        help="How many people may apply under a sponsor in a day, by links and portal.",
    )
    mlm_limit_company_day = fields.Integer(
        string="Applications per Day",
        default=1000,
        help="How many people may apply to the company in a day.",
    )
    mlm_limit_code_hour = fields.Integer(
        string="Referral Codes per Address and Hour",
        default=60,
        help="How many referral links or codes one internet address may open in an hour, so that "
        "nobody can guess codes.",
    )

    _mlm_limits_positive = models.Constraint(
        "CHECK(least(mlm_confirm_hours, mlm_limit_address_hour, mlm_limit_address_day,"
        " mlm_limit_sponsor_hour, mlm_limit_sponsor_day, mlm_limit_company_day,"
        " mlm_limit_code_hour) > 0)",
        "The limits of the forms must be at least 1.",
    )
