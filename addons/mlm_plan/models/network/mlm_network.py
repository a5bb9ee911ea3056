# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError

IN_FORCE = ("published", "active")


class MlmNetwork(models.Model):
    """Whose currency a network counts money in, and who leads it."""

    _inherit = "mlm.network"

    money_currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_money_currency_id",
        compute_sudo=True,
        string="Currency of the runs",
    )

    def _compute_money_currency_id(self):
        """The currency of the plan; of a network of one company the company's."""
        versions = self.env["mlm.plan.version"]
        for network in self:
            version = versions.browse()
            if network._is_shared():
                version = versions.search(
                    [("network_id", "=", network.id), ("state", "in", IN_FORCE)],
                    order="valid_from desc, version desc",
                    limit=1,
                )
            network.money_currency_id = network._get_money_company(version).currency_id

    def _get_homes(self):
        """Return the companies, the first one first."""
        self.ensure_one()
        # sudo: which companies there are is no secret inside their network
        return self.sudo().company_ids.sorted("id")

    def _get_money_company(self, version):
        """Return the company in whose currency totals of runs by a plan version are said.

        In a network of several companies the first one with the currency of the plan.

        :param version: `mlm.plan.version`, may be empty
        """
        homes = self._get_homes()
        if version and len(homes) > 1:
            code = version._plan()["company_currency"]
            homes = homes.filtered(lambda one: one.currency_id.name == code) or homes
        return homes[:1]

    def _is_led(self):
        """Tell whether the user works on what all companies of the network share."""
        self.ensure_one()
        if self.env.su:
            return True
        return self.id in self.env["ir.rule"]._eval_context()["led_network_ids"]

    def _ensure_led(self):
        """AccessError for who works in one of several companies only."""
        for network in self:
            if not network._is_led():
                raise AccessError(
                    self.env._(
                        "%(network)s has several companies. This is for who works in all of them,"
                        " or has the role “Network Manager”.",
                        network=network.display_name,
                    )
                )
