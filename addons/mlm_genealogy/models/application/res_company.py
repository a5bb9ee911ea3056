from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = ("mlm_portal_review", "mlm_referral_review", "mlm_referral_days")

    mlm_portal_review = fields.Boolean(
        string="Review Enrolments from the Portal",
        help="What a distributor enters in the portal waits for staff. Otherwise the person"
        " is enrolled at once, unless somebody like that is known already.",
    )
    mlm_referral_review = fields.Boolean(
        string="Review Enrolments from Referral Links",
        default=True,
        help="What somebody enters after a referral link waits for staff.",
    )
    mlm_referral_days = fields.Integer(
        string="Days of a Referral",
        default=30,
        help="For so many days a browser remembers by whose link it came.",
    )

    _mlm_referral_days_positive = models.Constraint(
        "CHECK(mlm_referral_days > 0)", "A referral is remembered for a day at least."
    )
