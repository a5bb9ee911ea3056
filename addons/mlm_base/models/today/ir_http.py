from odoo import models

#: Whose day is the cycles'; the others begin with the first app, which is the network.
OF_COMMISSIONS = tuple(
    f"mlm_base.group_{role}" for role in ("manager", "approver", "accountant", "auditor")
)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Who chose no home action and works with commissions lands where they wait."""
        info = super().session_info()
        if not info.get("home_action_id") and any(map(self.env.user.has_group, OF_COMMISSIONS)):
            info["home_action_id"] = self.env.ref("mlm_base.mlm_today_action_commissions").id
        return info
