from odoo import api, models


class MlmDistributor(models.Model):
    """How somebody stands now: what a clerk reads on top of the form, and lists show.

    An add-on gives its field ``compute="_compute_now"`` and adds the values to `_get_now`,
    for all people of a page at once.
    """

    _inherit = "mlm.distributor"

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_now(self):
        found = self._origin._get_now()
        names = [name for name, field in self._fields.items() if field.compute == "_compute_now"]
        for record in self:
            values = found.get(record._origin.id, {})
            for name in names:
                record[name] = values.get(name, False)

    def _get_now(self):
        """Return ``{id: {field: value}}`` of these people; what is absent is empty.

        Add-ons extend it in a number of queries that does not grow with the people.
        """
        return {record.id: {} for record in self}

    def action_more(self):
        """Open what else can be done with this person now, each with a sentence."""
        self.ensure_one()
        view = self.env.ref("mlm_genealogy.mlm_distributor_view_form_actions")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("More Actions for %s", self.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }
