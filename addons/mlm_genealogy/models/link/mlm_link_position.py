from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal


class MlmLink(models.Model):
    """The links of positions: where each one stands, from when to when."""

    _inherit = "mlm.link"

    def _open_position_link(self, position):
        """Return the link that says where ``position`` stands now."""
        domain = [
            ("superseded_at", "=", False),
            ("valid_to", "=", False),
            ("position_id", "=", position.id),
        ]
        return self.search(domain)

    def _end_position(self, position, moment):
        """End the open link of ``position`` at ``moment``.

        :param moment: naive UTC datetime
        :raise UserError: the link began later than ``moment``
        """
        link = self._open_position_link(position)
        link.ensure_one()
        if moment < link.valid_from:
            raise UserError(
                self.env._(
                    "%(name)s has been on its current spot since %(date)s; it cannot be changed "
                    "earlier.",
                    name=position.display_name,
                    date=link.network_id._local_text(link.valid_from),
                )
            )
        ended = {
            "company_id": link.company_id.id,
            "network_id": link.network_id.id,
            "tree_id": link.tree_id.id,
            "distributor_id": link.distributor_id.id,
            "position_id": position.id,
            "parent_distributor_id": link.parent_distributor_id.id,
            "parent_position_id": link.parent_position_id.id,
            "slot": link.slot,
            "leg": link.leg,
            "event_id": link.event_id.id,
            "valid_from": link.valid_from,
            "valid_to": moment,
        }
        as_internal(link).write({"superseded_at": fields.Datetime.now()})
        link.flush_recordset()
        return as_internal(self).create(ended)

    def _open_position(self, position, moment, event):
        """Open the link of the spot that ``position`` shows now.

        :param event: `mlm.genealogy.event` that put it there
        """
        return as_internal(self).create(
            {
                "company_id": position.distributor_id.company_id.id,
                "network_id": position.network_id.id,
                "tree_id": position.tree_id.id,
                "distributor_id": position.distributor_id.id,
                "position_id": position.id,
                "parent_distributor_id": position.parent_id.distributor_id.id,
                "parent_position_id": position.parent_id.id,
                "slot": position.slot,
                "leg": position.leg,
                "event_id": event.id,
                "valid_from": moment,
            }
        )
