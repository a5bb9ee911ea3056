"""The seller: one order after the other, through the product's own methods. Runs inside Odoo."""

import os
import random
import time
from pathlib import Path

from odoo.service.model import retrying

from . import beside, company
from .server_cpu import cpu_of

#: the cycle that is open while the one before it is computed
_DAY = "2026-08-26"
_SEED = 3


def prepare(env, plan: str):
    """Put a plan in force, close the cycle that will be computed, and have something to sell."""
    env = env(context={"lang": "es_CO", "tz": "America/Bogota"})
    company.publish(env, plan)
    company.close(env)
    env["product.product"].create(
        {
            "name": "Café",
            "default_code": "BENCH",
            "type": "consu",
            "invoice_policy": "order",
            "list_price": 120_000,
            "taxes_id": False,
            "mlm_volume_ids": [(0, 0, {"pv_e4": 150_000, "cv_e4": 140_000})],
        }
    )
    account = env["account.account"].search([("account_type", "=", "asset_current")], limit=1)
    _bank(env).inbound_payment_method_line_ids.payment_account_id = account
    env.cr.commit()


def _bank(env):
    return env["account.journal"].search([("type", "=", "bank")], limit=1)


def sell(env):
    """Sell until the worker has put down a file `done`."""
    folder = Path(os.environ["MLM_BENCH_FOLDER"])
    Seller(env(context={"lang": "es_CO", "tz": "America/Bogota"}), folder).sell()


class Seller:
    def __init__(self, env, folder: Path):
        self.env = env
        self.done = folder / "done"
        self.notes = beside.Notes(folder, "sold")
        self.product = env["product.product"].search([("default_code", "=", "BENCH")])
        self.buyers = env["mlm.distributor"].search([("kind", "=", "distributor")]).ids
        self.chance = random.Random(_SEED)

    def sell(self):
        while not self.done.exists():
            buyer = self.env["mlm.distributor"].browse(self.chance.choice(self.buyers))
            order = self.env["sale.order"].create(
                {
                    "partner_id": buyer.partner_id.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                }
            )
            self.env.cr.commit()
            begin = time.time()
            told = {
                beside.CONFIRM: self._timed(order.action_confirm),
                beside.PAY: self._timed(
                    lambda order=order: self._pay(order),
                    self.env["mlm.capture.queue"]._process,
                ),
            }
            self.notes.add(begin=begin, end=time.time(), **told)

    def _pay(self, order):
        invoice = order._create_invoices()
        invoice.invoice_date = _DAY
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"payment_date": _DAY, "journal_id": _bank(self.env).id}).action_create_payments()

    def _timed(self, *transactions) -> dict:
        """Do each in a transaction of its own, as a request does, tried again on a collision."""
        tries = 0

        def counted(work):
            nonlocal tries
            tries += 1
            work()

        self.env.invalidate_all()
        begin, cpu = time.perf_counter(), self._cpu()
        for work in transactions:
            retrying(lambda work=work: counted(work), self.env)
            self.env.cr.commit()
        return {
            "seconds": time.perf_counter() - begin,
            "cpu": self._cpu() - cpu,
            "retries": tries - len(transactions),
        }

    def _cpu(self) -> float:
        """Processor time of this process and of the database's behind it."""
        server = cpu_of(self.env.cr._cnx.info.backend_pid) or 0.0
        return time.process_time() + server
