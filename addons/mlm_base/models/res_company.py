from zoneinfo import ZoneInfo

from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["mlm.guarded", "res.company"]
    _free = ("mlm_tz",)

    mlm_tz = fields.Selection(
        _tz_get,
        string="Network Time Zone",
        required=True,
        default="America/Bogota",
        help="Days of the network (enrolment, periods) begin and end here.",
    )

    def _mlm_local_date(self, moment):
        """Return the day of the network on which ``moment`` falls.

        :param moment: naive datetime in UTC, as Odoo stores it
        """
        self.ensure_one()
        moment = moment.replace(tzinfo=ZoneInfo("UTC"))
        return moment.astimezone(ZoneInfo(self.mlm_tz)).date()
