from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = ("mlm_portal_review", "mlm_referral_review", "mlm_referral_days")

    mlm_portal_review = fields.Boolean(
        string="Review Enrolments from the Portal",
        help="What a distributor enters in the portal waits for staff. If off, the person is "
        "enrolled at once, unless somebody similar already exists.",
    )
    mlm_referral_review = fields.Boolean(
        string="Review Enrolments from Referral Links",
        default=True,
        help="What somebody enters through a referral link waits for staff.",
    )
    mlm_referral_days = fields.Integer(
        string="Days of a Referral",
        default=30,
        help="For how many days a browser remembers whose link it came from.",
    )

    _mlm_referral_days_positive = models.Constraint(
        "CHECK(mlm_referral_days > 0)", "A referral is remembered for at least a day."
    )
