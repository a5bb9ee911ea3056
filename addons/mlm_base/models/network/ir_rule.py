from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _eval_context(self):
        """Rules of the suite speak of networks as those of Odoo speak of companies.

        * ``network_ids``: those of the companies that are switched on;
        * ``led_network_ids``: of them, those whose common records (trees, plans, cycles,
          runs) the user works on: who works in every company of the network, or is a
          manager of networks. A network of one company is led by whoever works there;
        * ``home_ids``: companies whose people's amounts the user reads: those that are
          switched on, and for a manager of networks all of their networks.
        """
        context = super()._eval_context()
        # sudo: which companies share a network is no secret among them
        companies = self.env.companies.sudo()
        networks = companies.mlm_network_id
        leads = self.env.user.has_group("mlm_base.group_network_manager")
        # sudo: the user's own companies, only to compare
        led = networks.filtered(
            lambda one: leads or one.company_ids <= self.env.user.sudo().company_ids
        )
        context["network_ids"] = networks.ids
        context["led_network_ids"] = led.ids
        context["home_ids"] = (companies | networks.company_ids if leads else companies).ids
        return context
