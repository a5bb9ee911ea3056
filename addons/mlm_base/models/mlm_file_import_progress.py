from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


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
    tries = fields.Integer()
    cancelled = fields.Boolean()

    def _get_stage_label(self):
        self.ensure_one()
        return dict(self._fields["stage"]._description_selection(self.env)).get(self.stage, "")

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
                       tries = 0, cancelled = false""",
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
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "UPDATE %s SET stage = %s, done = %s WHERE import_id = %s",
                    self._rows,
                    stage,
                    int(fraction * 100),
                    record.id,
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
