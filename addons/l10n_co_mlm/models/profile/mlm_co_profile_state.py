# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal

#: days before its end at which a profile without a successor is told of
ENDING_DAYS = 30


class MlmCoProfile(models.Model):
    """draft → confirmed, by an accountant or administrator; back while nothing used it."""

    _inherit = "mlm.co.profile"

    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime(string="Confirmed on", readonly=True, copy=False)
    used_until = fields.Date(
        string="Last Used",
        compute="_compute_used_until",
        help="Accounting date of the last entry that was posted with it.",
    )
    is_ending = fields.Boolean(
        string="Ends Soon",
        compute="_compute_is_ending",
        search="_search_is_ending",
        help="It ends within 30 days, or ended in the last 30, and nothing follows it.",
    )

    @api.depends("state", "date_from", "date_to", "confirmed_at")
    def _compute_used_until(self):
        used = self._get_used()
        for profile in self:
            profile.used_until = used.get(profile._origin.id, False)

    def _get_used(self):
        """Return the last accounting date with which each confirmed profile was used.

        :return: ``{profile id: date}``, without those that nothing used
        """
        self.flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT profile.id, max(seal.date)
                      FROM mlm_co_profile AS profile
                      JOIN account_move_line AS line ON line.partner_id = profile.partner_id
                      JOIN mlm_sealed_move AS seal
                        ON seal.move_id = line.move_id AND seal.company_id = profile.company_id
                     WHERE profile.id = ANY(%s) AND profile.state = 'confirmed'
                       AND seal.recorded_at >= profile.confirmed_at
                       AND seal.date >= profile.date_from
                       AND (profile.date_to IS NULL OR seal.date <= profile.date_to)
                     GROUP BY profile.id
                    """,
                    self._origin.ids,
                )
            )
        )

    @api.depends("state", "date_to")
    def _compute_is_ending(self):
        ending = {number for (number,) in self.env.execute_query(self._get_ending_sql())}
        for profile in self:
            profile.is_ending = profile._origin.id in ending

    @api.model
    def _search_is_ending(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in" if True in value else "not in", SQL("(%s)", self._get_ending_sql()))]

    @api.model
    def _get_ending_sql(self):
        """SQL of the ids of profiles that end about now and that no other follows."""
        today = fields.Date.context_today(self)
        self.flush_model()
        return SQL(
            """SELECT profile.id FROM mlm_co_profile AS profile
                 WHERE profile.state = 'confirmed' AND profile.date_to BETWEEN %s AND %s
                   AND NOT EXISTS (
                       SELECT FROM mlm_co_profile AS other
                        WHERE other.company_id = profile.company_id
                          AND other.partner_id = profile.partner_id
                          AND other.state = 'confirmed' AND other.date_from > profile.date_to)""",
            today - timedelta(days=ENDING_DAYS),
            today + timedelta(days=ENDING_DAYS),
        )

    def write(self, vals):
        used = self._get_used() if "date_to" in vals else {}
        result = super().write(vals)
        for profile in self.filtered("date_to"):
            if profile.id in used and profile.date_to < used[profile.id]:
                raise UserError(
                    self.env._(
                        "An entry of %(day)s was posted with the profile of %(name)s. It cannot end"
                        " before that day.",
                        day=Formats(self.env).day(used[profile.id]),
                        name=profile.display_name,
                    )
                )
        return result

    # -- states ------------------------------------------------------------------

    def _ensure_confirms(self):
        """AccessError where the user is none of those who confirm profiles."""
        user = self.env.user
        roles = ("accountant", "admin")
        if not any(user.has_group(f"mlm_base.group_{role}") for role in roles):
            raise AccessError(
                self.env._("Tax profiles are confirmed by accountants and administrators.")
            )

    def action_confirm(self):
        """Let these count from their first day on; what they replace ends on the eve.

        :raise UserError: one of them lacks what the law asks for, or would take back what
            was posted
        """
        self._ensure_confirms()
        self._ensure_not_own()
        self.check_access("write")
        drafts = self.filtered(lambda one: one.state == "draft")
        for profile in drafts:
            problem = profile._get_blocker()
            if problem:
                raise UserError(problem)
        drafts._end_before()
        as_internal(drafts).write(
            {
                "state": "confirmed",
                "confirmed_by_id": self.env.uid,
                # as entries are sealed: the moment at which the transaction began
                "confirmed_at": self.env.cr.now(),
            }
        )
        return True

    def _end_before(self):
        """End the confirmed profiles that these replace."""
        self.flush_model()
        days = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT old.id, profile.date_from
                      FROM mlm_co_profile AS profile
                      JOIN mlm_co_profile AS old
                        ON old.company_id = profile.company_id
                       AND old.partner_id = profile.partner_id AND old.state = 'confirmed'
                       AND old.date_from < profile.date_from
                       AND (old.date_to IS NULL OR old.date_to >= profile.date_from)
                     WHERE profile.id = ANY(%s)
                    """,
                    self.ids,
                )
            )
        )
        old = self.browse(days)
        for day, profiles in old.grouped(lambda one: days[one.id]).items():
            as_internal(profiles).write({"date_to": day - timedelta(days=1)})

    def action_reopen(self):
        """Take the confirmation back, as long as nothing was posted with these."""
        self._ensure_confirms()
        self._ensure_not_own()
        self.check_access("write")
        used = self._get_used()
        for profile in self:
            if profile.id in used:
                raise UserError(
                    self.env._(
                        "An entry of %(day)s was posted with the profile of %(name)s. Make a new"
                        " version instead.",
                        day=Formats(self.env).day(used[profile.id]),
                        name=profile.display_name,
                    )
                )
        as_internal(self).write({"state": "draft", "confirmed_by_id": False, "confirmed_at": False})
        return True

    def action_new_version(self):
        """Open a new profile with what this one says, to be changed and confirmed."""
        self.ensure_one()
        values = self.copy_data()[0]
        values["date_from"] = fields.Date.context_today(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New version of %s", self.display_name),
            "res_model": self._name,
            "view_mode": "form",
            "context": {f"default_{name}": value for name, value in values.items()},
        }
