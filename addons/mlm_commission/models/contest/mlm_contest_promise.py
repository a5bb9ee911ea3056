# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.mlm_base.internal import as_internal, is_internal

from .mlm_contest import CONTENT


class MlmContest(models.Model):
    """Who had a hand in what a contest promises: they do not decide on what it pays."""

    _inherit = "mlm.contest"

    promiser_ids = fields.Many2many(
        "res.users",
        "mlm_contest_promiser_rel",
        string="Promised by",
        readonly=True,
        copy=False,
        help="Who wrote or changed rules and prizes; none of them decides on the prizes.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        contests = super().create(vals_list)
        contests._note_promiser()
        return contests

    def write(self, vals):
        result = super().write(vals)
        if CONTENT & set(vals) and not is_internal(self.env):
            self._note_promiser()
        return result

    def _note_promiser(self):
        """Note that the user writes what is promised; the caller has checked the right to."""
        # sudo: may be written, see above; nobody notes another one
        as_internal(self.sudo()).write({"promiser_ids": [Command.link(self.env.uid)]})

    def _get_promisers(self):
        """Return who promised the prizes, and of contests from before this was noted who wrote
        them first or last."""
        users = self.promiser_ids | self.started_by_id | self.closed_by_id
        return users | self.create_uid | self.prize_ids.create_uid | self.prize_ids.write_uid


class MlmContestPrize(models.Model):
    _inherit = "mlm.contest.prize"

    @api.model_create_multi
    def create(self, vals_list):
        prizes = super().create(vals_list)
        prizes.contest_id._note_promiser()
        return prizes

    def write(self, vals):
        before = self.contest_id
        result = super().write(vals)
        (before | self.contest_id)._note_promiser()
        return result

    def unlink(self):
        contests = self.contest_id
        result = super().unlink()
        contests.exists()._note_promiser()
        return result
