# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

import numpy as np
from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel import snapshot_file
from mlm_engine.telling import explain as engine_explain

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_system
from odoo.addons.mlm_base.scaled import ScaledMonetary
from odoo.addons.mlm_commission.kept_views import KEPT


class MlmWhatIfCycle(models.Model):
    """One posted period of a what-if: what it paid and what it would have paid.

    The inputs are those of the run but for some columns and the plan, which are kept in a
    file, so an amount is explained without computing the periods before it again.
    """

    _name = "mlm.what.if.cycle"
    _description = "Cycle of a What-If"
    _inherit = "mlm.guarded"
    _order = "what_if_id, sequence"
    _log_access = False
    _server_only = True

    what_if_id = fields.Many2one(
        "mlm.what.if", string="What-if", required=True, index=True, ondelete="cascade"
    )
    network_id = fields.Many2one(related="what_if_id.network_id")
    sequence = fields.Integer()
    run_id = fields.Many2one("mlm.run", required=True, ondelete="restrict")
    period_id = fields.Many2one(related="run_id.period_id")
    currency_id = fields.Many2one(related="what_if_id.currency_id")
    is_computed = fields.Boolean(help="The plan has periods of this kind.")
    digest = fields.Char(string="Result (SHA-256)")
    inputs_id = fields.Many2one("ir.attachment")
    replaced = fields.Json(help="Columns of the inputs that are not those of the run.")
    posted_e4 = BigInteger(string="As posted (ten-thousandths)")
    tried_e4 = BigInteger(string="With this plan (ten-thousandths)")
    posted = ScaledMonetary(scaled="posted_e4", string="As posted")
    tried = ScaledMonetary(scaled="tried_e4", string="With this plan")

    def _keep_inputs(self, frozen, snapshot):
        """Values that keep the inputs: what differs from the frozen ones, in a file of the
        system."""
        before = dict(frozen.arrays())
        changed = {
            name: array
            for name, array in snapshot.arrays()
            if not np.array_equal(array, before[name])
        }
        empty = {name: array[:0] for name, array in before.items()}
        data = snapshot_file.dumps(replace(snapshot, **{**empty, **changed}))
        # sudo: as the system, whose file it is; who may compute was checked before
        attachment = as_system(self.env["ir.attachment"]).create(
            {
                "name": "what-if.snapshot",
                "raw": data,
                "mimetype": "application/octet-stream",
            }
        )
        return {"inputs_id": attachment.id, "replaced": sorted(changed)}

    def _get_inputs(self):
        """The ``Snapshot`` that was computed."""
        frozen = self.run_id._read_frozen()
        # sudo: the file is the system's; callers have checked access to the what-if
        data = self.sudo().with_context(bin_size=False).inputs_id.raw
        if not data:
            raise UserError(
                self.env._("The inputs of %s were not kept.", self.what_if_id.display_name)
            )
        kept = snapshot_file.loads(data)
        arrays = {name: getattr(kept, name) for name in self.replaced or ()}
        whole = dict(frozen.arrays()) | arrays
        return replace(kept, **whole)

    def _view(self):
        """The explanation view of the period under the plan that was tried, for staff."""
        self.ensure_one()
        kept = KEPT.get((self.id, self.digest), self._make_view)
        view = self.run_id._view_of(kept)
        view.period = self.env._(
            "%(period)s under %(plan)s", period=view.period, plan=self.what_if_id.name
        )
        return view

    def _make_view(self):
        """The ``View`` for nobody of what was computed."""
        snapshot = self._get_inputs()
        result = engine_run.compute(snapshot)
        if result.digest != self.digest:
            raise UserError(
                self.env._(
                    "The calculation has changed since. Compute %s again.",
                    self.what_if_id.display_name,
                )
            )
        return engine_explain.View(snapshot, result)

    def unlink(self):
        # sudo: the files are the system's
        files = as_system(self.inputs_id)
        result = super().unlink()
        files.unlink()
        return result
