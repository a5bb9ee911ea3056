# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.mlm_base.internal import as_internal


class MlmContest(models.Model):
    """The steps of a contest: a manager starts and closes it, another person pays it."""

    _inherit = "mlm.contest"

    def _ensure_contest_state(self, *states):
        for contest in self:
            if contest.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”; this needs “%(wanted)s”.",
                        name=contest.display_name,
                        state=labels[contest.state],
                        wanted=" / ".join(labels[state] for state in states),
                    )
                )

    def _step(self, **values):
        # sudo: the right to write was checked by the step; the state moves in steps only
        as_internal(self.sudo()).write(values)

    def _hold(self):
        """Take the rows: of two who press at the same time, the second waits."""
        self.check_access("write")
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id FROM mlm_contest WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [self.ids]
        )
        self.invalidate_recordset(["state"])

    def action_start(self):
        """Promise it: from here on rules and prizes stay, and people see it."""
        self._hold()
        self._ensure_contest_state("draft")
        for contest in self:
            if not contest.prize_ids:
                raise UserError(self.env._("Add a prize to %s first.", contest.display_name))
            if contest.is_over:
                raise UserError(
                    self.env._("%s is already over: change its last day.", contest.display_name)
                )
        self._step(state="running", started_by_id=self.env.uid)
        for contest in self:
            contest._refresh_soon()

    def action_cancel(self):
        self._hold()
        self._ensure_contest_state("draft", "running")
        self._step(state="cancelled")

    def action_close(self):
        """Freeze the places and ask for the prizes: one adjustment for each winner."""
        self._hold()
        self._ensure_contest_state("running")
        for contest in self:
            if not contest.is_over:
                raise UserError(
                    self.env._(
                        "%(name)s runs until %(date)s, that day included.",
                        name=contest.display_name,
                        date=contest._words().day(contest.date_end),
                    )
                )
            contest._close()

    def _close(self):
        standings = self._count_standings()
        # sudo: the right to close was checked; places are written by this step only
        as_internal(self.env["mlm.contest.place"].sudo()).create(
            [
                {
                    "contest_id": self.id,
                    "distributor_id": one["distributor"].id,
                    "place": one["place"],
                    "points_e4": one["points_e4"],
                    "prize_id": one["prize"].id,
                }
                for one in standings
            ]
        )
        winners = [one for one in standings if one["prize"]]
        # sudo: the right to close was checked; whoever closes asks, and cannot approve
        as_internal(self.env["mlm.adjustment"].sudo()).create(
            [
                {
                    "network_id": self.network_id.id,
                    "distributor_id": one["distributor"].id,
                    "kind": "prize",
                    "given_as": one["prize"].given_as,
                    "amount_e4": one["prize"]._amount_e4(),
                    "reason": self._get_reason(one),
                    "origin_model": self._name,
                    "origin_id": self.id,
                    "requested_by_id": self.env.uid,
                    "asker_ids": [Command.set((self._get_promisers() | self.env.user).ids)],
                }
                for one in winners
            ]
        )
        self._step(
            state="closed" if winners else "done",
            closed_by_id=self.env.uid,
            closed_at=self.env.cr.now(),
            prizes_e4=sum(one["prize"]._amount_e4() for one in winners),
        )

    def _get_reason(self, standing):
        """Say to the winner what was won and for what."""
        # sudo: the language of the winner, who reads it
        lang = standing["distributor"].sudo().partner_id.lang or self.env.lang
        contest = self.with_context(lang=lang)
        prize = standing["prize"].with_env(contest.env).name
        if self.mode == "threshold":
            return contest.env._("%(prize)s: %(contest)s", prize=prize, contest=contest.name)
        return contest.env._(
            "%(prize)s: place %(place)s in %(contest)s",
            prize=prize,
            place=standing["place"],
            contest=contest.name,
        )

    # -- the second person ---------------------------------------------------

    def action_approve_prizes(self):
        """Approve and post all prizes that wait."""
        self.adjustment_ids.filtered(lambda one: one.state == "requested").action_approve()

    def action_refuse_prizes(self):
        self.adjustment_ids.filtered(lambda one: one.state == "requested").action_refuse()

    def _adjustments_decided(self):
        """Called when a second person has decided on prizes: the contest is finished when none
        waits any more."""
        self.invalidate_recordset(["adjustment_ids"])
        for contest in self.filtered(lambda one: one.state == "closed"):
            # sudo: all of them, whoever decided on the last one
            waiting = contest.sudo().adjustment_ids.filtered(lambda one: one.state == "requested")
            if not waiting:
                contest._step(state="done")

    def action_adjustments(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.adjustment",
            "view_mode": "list,form",
            "domain": [("id", "in", self.adjustment_ids.ids)],
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self._ensure_contest_state("draft", "cancelled")
