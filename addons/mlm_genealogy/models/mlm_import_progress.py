from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STAGES = [
    ("waiting", "Waiting for the server"),
    ("reading", "Reading the file"),
    ("checking", "Checking every line"),
    ("people", "Writing the people"),
    ("network", "Writing the network"),
]


class MlmImportProgress(models.Model):
    """How far an import is, and whether it is still wanted.

    Written and read by transactions of their own: the work's own one shows nothing
    before its end, and would not see a wish that came after its beginning.
    """

    _name = "mlm.import.progress"
    _description = "Progress of an Import"
    _log_access = False

    import_id = fields.Many2one("mlm.import", required=True, ondelete="cascade")
    stage = fields.Selection(STAGES)
    done = fields.Integer(help="Hundredths of the whole.")
    tries = fields.Integer()
    cancelled = fields.Boolean()

    _import_uniq = models.Constraint("UNIQUE(import_id)", "One row for each import.")

    def _get_stage_label(self):
        self.ensure_one()
        return dict(self._fields["stage"]._description_selection(self.env)).get(self.stage, "")

    @api.model
    def _begin(self, record):
        """Start anew, in the transaction that asks for the work."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO mlm_import_progress (import_id, stage, done, tries, cancelled)
                   VALUES (%s, 'waiting', 0, 0, false)
                   ON CONFLICT (import_id) DO UPDATE SET stage = 'waiting', done = 0,
                       tries = 0, cancelled = false""",
                record.id,
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _cancel(self, record):
        self.env.cr.execute(
            SQL("UPDATE mlm_import_progress SET cancelled = true WHERE import_id = %s", record.id)
        )

    @api.model
    def _count_try(self, record):
        """Return how often the work was begun, this time included."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "UPDATE mlm_import_progress SET tries = tries + 1 WHERE import_id = %s"
                    " RETURNING tries",
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
                    "UPDATE mlm_import_progress SET stage = %s, done = %s WHERE import_id = %s",
                    stage,
                    int(fraction * 100),
                    record.id,
                )
            )
        self._ensure_wanted(record)

    @api.model
    def _ensure_wanted(self, record):
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL("SELECT cancelled FROM mlm_import_progress WHERE import_id = %s", record.id)
            )
            row = cr.fetchone()
        if row and row[0]:
            raise UserError(self.env._("Cancelled: nothing was imported."))
