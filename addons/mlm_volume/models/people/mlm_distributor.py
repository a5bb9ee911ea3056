# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    mlm_entry_count = fields.Integer(compute="_compute_mlm_entry_count", string="Ledger rows")

    def _compute_mlm_entry_count(self):
        counts = dict(
            self.env["mlm.volume.entry"]._read_group(
                [("distributor_id", "in", self.ids)], ["distributor_id"], ["__count"]
            )
        )
        for distributor in self:
            distributor.mlm_entry_count = counts.get(distributor, 0)

    @api.model
    def _mlm_of_partner(self, partner, company):
        """Enrolment of ``partner`` (or of the company it belongs to) in the network of
        ``company``, or none.

        Where a person was enrolled twice it is the membership that goes on, and a
        co-holder without an own membership buys for the one that is shared.
        """
        partners = partner | partner.commercial_partner_id
        # sudo: who is enrolled decides the credit, whoever writes the document
        found = self.sudo().search(
            [
                ("partner_id", "in", partners.ids),
                ("network_id", "=", company.sudo().mlm_network_id.id),
            ]
        )
        member = found.filtered(lambda one: one.partner_id == partner) or found[:1]
        while member.merged_into_id:
            member = member.merged_into_id
        # sudo: as above
        return member or self.browse().sudo().with_company(company)._get_co_held(partner)

    @api.model
    def _mlm_ensure_same_network(self, documents):
        """Refuse orders and invoices whose volume goes to another network than that of the
        company that sells."""
        # sudo: who is credited need not be visible to whoever writes the document
        for document in documents.sudo():
            network = document.company_id.mlm_network_id
            if document.mlm_distributor_id and document.mlm_distributor_id.network_id != network:
                raise ValidationError(
                    self.env._(
                        "The volume of %(document)s would go to somebody of another network."
                        " Choose a distributor of %(network)s.",
                        document=document.display_name,
                        network=network.display_name,
                    )
                )

    def _mlm_position_at(self, moment):
        """Own position at ``moment`` (naive UTC) that volume goes to, or none: the
        first one of the first binary tree."""
        self.ensure_one()
        # sudo: whoever sells need not read the links of the network
        links = (
            self.env["mlm.link"]
            .sudo()
            .search(
                [
                    ("distributor_id", "=", self.id),
                    ("position_id", "!=", False),
                    ("superseded_at", "=", False),
                    ("valid_from", "<=", moment),
                    "|",
                    ("valid_to", "=", False),
                    ("valid_to", ">", moment),
                ]
            )
        )
        positions = links.position_id.sorted(
            lambda position: (
                position.tree_id.kind != "binary",
                position.tree_id.sequence,
                position.tree_id.id,
                position.id,
            )
        )
        return positions[:1].with_env(self.env)

    def _mlm_open_orders(self, buyers=None):
        """Confirmed orders of others that credit this person and whose volume is not in
        the ledger yet.

        :param buyers: `mlm.distributor`, only orders of these
        """
        self.ensure_one()
        domain = [
            ("mlm_distributor_id", "=", self.id),
            ("mlm_buyer_id", "!=", self.id),
            ("state", "=", "sale"),
        ]
        if buyers is not None:
            domain.append(("mlm_buyer_id", "in", buyers.ids))
        # sudo: whoever changes the network need not have rights on sales
        orders = self.env["sale.order"].sudo().search(domain, order="date_order, id")
        return orders.filtered(lambda order: not any(order.invoice_ids.mapped("mlm_entry_count")))

    def _mlm_successor(self):
        """Who gets the volume of somebody who has left: the membership that goes on,
        or the sponsor, or the next one above who is still there; none for a root."""
        self.ensure_one()
        person = self
        while person.state == "terminated":
            person = person.merged_into_id or person._get_former_sponsor()
        return person

    def _terminate_one(self, reason, moment, cause, placement, document):
        event = super()._terminate_one(reason, moment, cause, placement, document)
        successor = self._mlm_successor()
        if successor:
            self._mlm_open_orders()._mlm_credit_to(successor)
        return event

    def action_mlm_entries(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Volume of %(name)s", name=self.display_name),
            "res_model": "mlm.volume.entry",
            "view_mode": "list,pivot,form",
            "domain": [("distributor_id", "=", self.id)],
        }
