from odoo import fields, models
from odoo.exceptions import UserError


class MlmDistributor(models.Model):
    """When an operation takes effect: now, later, or as if it had been so."""

    _inherit = "mlm.distributor"

    def _ensure_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason: it becomes part of the history."))

    def _plan_if_later(self, method, reason, effective, document=None, **values):
        """Plan the operation of one person whose moment is still to come.

        :return: the `mlm.operation`, or None when it has to happen at once
        """
        Operation = self.env["mlm.operation"]
        if not effective or Operation._is_running() or effective <= fields.Datetime.now():
            return None
        self.ensure_one()
        return Operation._plan(method, self, effective, reason, document, **values)

    def _get_moment(self, effective):
        """Return the moment of an operation, by default now.

        :raise UserError: it lies in a time that is closed, or before the enrolment
        """
        self.ensure_one()
        moment = effective or fields.Datetime.now()
        self.network_id._ensure_open(moment, self)
        if moment < self.joined_at:
            raise UserError(
                self.env._(
                    "%(name)s joined on %(date)s; nothing takes effect earlier.",
                    name=self.display_name,
                    date=self.network_id._local_text(self.joined_at),
                )
            )
        return moment
