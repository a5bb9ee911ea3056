# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.mlm_base.internal import as_system

from .common import VolumeCommon


@tagged("post_install", "-at_install")
class TestNetworkChange(VolumeCommon):
    """Cycles decide from when on the network may change; orders follow the people."""

    def _wizard(self, action, **values):
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        for name, value in values.items():
            form[name] = value
        return form

    def test_moments(self):
        self.assertFalse(self.network._earliest_change())
        self.cycle[924].action_close()
        self.assertEqual(self.network._earliest_change(), self.cycle[924]._end_moment())
        close = self.network._close_moment()
        now = fields.Datetime.now()
        self.assertTrue(now < close <= now + timedelta(days=7))
        with self.assertRaisesRegex(UserError, "closed cycle"):
            self.juan._suspend("Test", self.cycle[924]._start_moment())
        self.juan._suspend("Test", self.cycle[925]._start_moment())

    def test_close_carries_out_what_is_planned(self):
        moment = self.cycle[924]._end_moment()
        operation = self.env["mlm.operation"]._plan("_terminate", self.juan, moment, "Resigns")
        self.cycle[924].action_close()
        self.assertEqual(operation.state, "done", operation.error)
        self.assertEqual(self.juan.state, "terminated")
        self.assertEqual(self.clara.sponsor_id, self.maria)
        link = self.env["mlm.link"]._open_sponsor_link(self.clara)
        self.assertEqual(link.valid_from, moment)

    def test_orders_of_a_customer_who_moves(self):
        unpaid = self._order(self.clara)
        invoice = self._invoice(self._order(self.clara))
        stays = self._order(self.clara)
        paid = self._sale(self.clara)
        offer = self.env["sale.order"].create({"partner_id": self.clara.partner_id.id})
        self.assertEqual(offer.mlm_distributor_id, self.juan)
        form = self._wizard(
            self.clara.action_change_sponsor(), sponsor_id=self.maria, reason="Moves house"
        )
        self.assertIn("3 confirmed orders", form.preview)
        wizard = form.save()
        lines = wizard.mlm_order_ids
        self.assertEqual(lines.order_id, unpaid | stays | invoice.line_ids.sale_line_ids.order_id)
        lines.filtered(lambda line: line.order_id != stays).goes_along = True
        wizard.action_confirm()
        self.assertEqual(offer.mlm_distributor_id, self.maria)
        self.assertEqual(unpaid.mlm_distributor_id, self.maria)
        self.assertEqual(stays.mlm_distributor_id, self.juan)
        self.assertEqual(invoice.mlm_distributor_id, self.maria)
        self.assertEqual(paid.mlm_distributor_id, self.juan)
        self._pay(invoice)
        self._capture()
        self.assertEqual(self._ledger(invoice).distributor_id, self.maria)
        # a return follows the original distributor
        refund = paid._reverse_moves([{"invoice_date": "2026-08-25"}])
        refund.action_post()
        self._capture()
        self.assertEqual(self._ledger(refund).distributor_id, self.juan)

    def test_orders_stay_when_the_change_is_planned(self):
        order = self._order(self.clara)
        self.periods._ensure_until(self.network, fields.Date.today())
        form = self._wizard(
            self.clara.action_change_sponsor(),
            sponsor_id=self.maria,
            reason="Moves house",
            timing="close",
        )
        self.assertIn("stays there", form.preview)
        wizard = form.save()
        wizard.mlm_order_ids.goes_along = True
        wizard.action_confirm()
        self.assertEqual(order.mlm_distributor_id, self.juan)
        self.assertEqual(self.clara.planned_ids.method, "_change_sponsor")

    def test_orders_of_customers_of_somebody_who_leaves(self):
        order = self._order(self.clara)
        own = self._order(self.juan)
        form = self._wizard(self.juan.action_terminate(), reason="Resigns", timing="now")
        self.assertIn("1 confirmed orders", form.preview)
        form.save().action_confirm()
        self.assertEqual(order.mlm_distributor_id, self.maria)
        self.assertEqual(own.mlm_distributor_id, self.juan)
        # a person outside the network buys: the one above gets the volume
        self.assertEqual(self._order(self.juan).mlm_distributor_id, self.maria)

    def test_idle(self):
        self.assertFalse(self.env["mlm.distributor"].search([("mlm_is_idle", "=", True)]))
        self.network.inactivity_cycles = 4
        self.periods._ensure_until(self.network, fields.Date.today())
        self.assertTrue(self.juan.mlm_is_idle)
        self.assertFalse(self.maria.mlm_is_idle, "the root never is")
        self.assertFalse(self.clara.mlm_is_idle, "a customer never is")
        as_system(self.juan).action_mlm_terminate_idle()
        self.assertEqual(self.juan.planned_ids.method, "_terminate")
        self.assertEqual(self.juan.planned_ids.arguments["cause"], "inactivity")
        as_system(self.juan).action_mlm_terminate_idle()
        self.assertEqual(len(self.juan.planned_ids), 1)
        with self.assertRaisesRegex(UserError, "Not inactive"):
            as_system(self.maria).action_mlm_terminate_idle()

    def test_not_idle_after_a_sale(self):
        self.network.inactivity_cycles = 4
        self.periods._ensure_until(self.network, fields.Date.today())
        self._sale(self.juan, day=fields.Date.to_string(fields.Date.today()))
        self.assertFalse(self.juan.mlm_is_idle)

    def test_idle_by_itself(self):
        self.network.inactivity_cycles = 4
        self.periods._ensure_until(self.network, fields.Date.today())
        self.env.flush_all()
        cron = self.env.ref("mlm_volume.cron_inactivity")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self.juan.planned_ids)
        self.network.inactivity_automatic = True
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.juan.planned_ids.method, "_terminate")
