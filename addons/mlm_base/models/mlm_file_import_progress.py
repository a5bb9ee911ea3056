from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..pace import left_text, seconds_left


class MlmFileImportProgress(models.AbstractModel):
    """How far an import is, and whether it is still wanted.

    Written and read by transactions of their own: the work's own one shows nothing
    before its end, and would not see a wish that came after its beginning. A concrete
    model has ``import_id``, unique, and the words of its stages.
    """

    _name = "mlm.file.import.progress"
    _description = "Progress of an Import"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    stage = fields.Selection(
        [
            ("waiting", "Waiting for the server"),
            ("reading", "Reading the file"),
            ("checking", "Checking every line"),
        ]
    )
    done = fields.Integer(help="In hundredths of the total.")
    begun = fields.Integer(help="What was done when the stage began.")
    stage_at = fields.Datetime(string="Stage since")
    updated_at = fields.Datetime()
    tries = fields.Integer()
    cancelled = fields.Boolean()

    def _get_stage_label(self):
        self.ensure_one()
        return dict(self._fields["stage"]._description_selection(self.env)).get(self.stage, "")

    def _get_left_text(self):
        """How long the rest takes, by the pace of this stage; writing has its own pace, which
        the check before it does not know."""
        self.ensure_one()
        checks = self.import_id.state != "checking" and self.stage in ("reading", "checking")
        if checks or not (self.stage_at and self.updated_at):
            return ""
        spent = (self.updated_at - self.stage_at).total_seconds()
        left = seconds_left(self.begun / 100, self.done / 100, spent)
        if left is not None:
            left -= (fields.Datetime.now() - self.updated_at).total_seconds()
        return left_text(self.env, left)

    @property
    def _rows(self):
        return SQL.identifier(self._table)

    @api.model
    def _begin(self, record):
        """Start anew, in the transaction that asks for the work."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO %s (import_id, stage, done, tries, cancelled)
                   VALUES (%s, 'waiting', 0, 0, false)
                   ON CONFLICT (import_id) DO UPDATE SET stage = 'waiting', done = 0,
                       tries = 0, cancelled = false, begun = 0, stage_at = NULL""",
                self._rows,
                record.id,
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _cancel(self, record):
        self.env.cr.execute(
            SQL("UPDATE %s SET cancelled = true WHERE import_id = %s", self._rows, record.id)
        )

    @api.model
    def _count_try(self, record):
        """Return how often the work was begun, this time included."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "UPDATE %s SET tries = tries + 1 WHERE import_id = %s RETURNING tries",
                    self._rows,
                    record.id,
                )
            )
            row = cr.fetchone()
            return row[0] if row else 1

    @api.model
    def _report(self, record, stage, fraction):
        """Show how far the work is.

        :raise UserError: somebody has cancelled it
        """
        done = int(fraction * 100)
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """UPDATE %(rows)s SET done = %(done)s, stage = %(stage)s, updated_at = %(now)s,
                           begun = CASE WHEN stage = %(stage)s THEN begun ELSE %(done)s END,
                           stage_at = CASE WHEN stage = %(stage)s THEN stage_at ELSE %(now)s END
                        WHERE import_id = %(id)s""",
                    rows=self._rows,
                    done=done,
                    stage=stage,
                    now=fields.Datetime.now(),
                    id=record.id,
                )
            )
        self._ensure_wanted(record)

    @api.model
    def _ensure_wanted(self, record):
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("SELECT cancelled FROM %s WHERE import_id = %s", self._rows, record.id))
            row = cr.fetchone()
        if row and row[0]:
            raise UserError(self.env._("Cancelled: nothing was imported."))
