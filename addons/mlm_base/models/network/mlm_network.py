from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import ormcache

from odoo.addons.base.models.res_partner import _tz_get

from ...formats import Formats


class MlmNetwork(models.Model):
    """One genealogy, one plan and one calendar, for one or more companies.

    People, trees, cycles, plans and runs are a network's. Contracts, prices, invoices,
    journal entries and payouts are a company's. A company has a network of its own until it
    joins another one.
    """

    _name = "mlm.network"
    _description = "Network"
    _inherit = "mlm.guarded"
    _order = "id"
    _free = ("name", "currency_id", "tz", "names_elsewhere")

    name = fields.Char(help="Empty: the name of its company.")
    company_ids = fields.One2many("res.company", "mlm_network_id", string="Companies")
    currency_id = fields.Many2one(
        "res.currency",
        string="Currency of Points",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company.currency_id,
        help="The currency of one point of commissionable volume. The first plan that is "
        "published sets it.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Network Time Zone",
        required=True,
        default="America/Bogota",
        help="The network's days (enrolment, periods) begin and end in this time zone.",
    )
    names_elsewhere = fields.Selection(
        [("name", "By code and name"), ("code", "By code only")],
        string="People of Other Companies",
        required=True,
        default="name",
        help="How staff of one company of the network see people whose contract is with"
        " another one.",
    )

    @api.depends("name", "company_ids.name")
    def _compute_display_name(self):
        for network in self:
            # sudo: names of companies are no secret inside their network
            names = network.sudo().company_ids.sorted("id").mapped("name")
            network.display_name = network.name or ", ".join(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_company(self):
        # sudo: companies that the user does not see keep it too; the right to delete was checked
        for network in self.sudo().filtered("company_ids"):
            raise UserError(
                self.env._("%s has companies, so it cannot be deleted.", network.display_name)
            )

    def write(self, vals):
        result = super().write(vals)
        if "names_elsewhere" in vals:
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache("company_ids")
    def _is_any_shared(self, company_ids):
        """Tell whether one of these companies shares its network with another one. Kept, as
        `_hides_names`."""
        # sudo: that there are others is known to all of them
        networks = self.env["res.company"].sudo().browse(company_ids).mlm_network_id
        return any(network._is_shared() for network in networks)

    @api.model
    @ormcache("company_ids")
    def _hides_names(self, company_ids):
        """Tell whether a network of one of these companies shows people at home elsewhere by
        code only. Asked by every search of people, so the answer is kept.

        :param tuple company_ids: ids of `res.company`
        """
        # sudo: what a network shows is the same for all of its companies
        networks = self.env["res.company"].sudo().browse(company_ids).mlm_network_id
        return any(one.names_elsewhere == "code" and one._is_shared() for one in networks)

    def _is_shared(self):
        """Tell whether several companies work in the network."""
        self.ensure_one()
        # sudo: that there are others is known to all of them
        return len(self.sudo().company_ids) > 1

    def _ensure_may_join(self):
        """AccessError where the user makes a company read networks that are not the own ones:
        of who works in all companies of a network, or in one as a network manager."""
        if self.env.su:
            return
        # sudo: only to compare
        user = self.env.user.sudo()
        leads = user.has_group("mlm_base.group_network_manager")
        for companies in (network.company_ids for network in self.sudo()):
            mine = companies & user.company_ids
            if companies != mine and not (leads and mine):
                raise AccessError(
                    self.env._(
                        "Somebody who works in all companies of the network, or its network "
                        "manager, has to let a company in."
                    )
                )

    def _local_date(self, moment):
        """Return the day of the network on which ``moment`` falls.

        :param moment: naive datetime in UTC, as Odoo stores it
        """
        self.ensure_one()
        moment = moment.replace(tzinfo=ZoneInfo("UTC"))
        return moment.astimezone(ZoneInfo(self.tz)).date()

    def _local_text(self, moment):
        """Return a naive UTC moment as people of the network write it."""
        return Formats(self.env).moment(moment, self.tz)
