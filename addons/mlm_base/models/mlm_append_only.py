from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import sql

from ..triggers import seal_table, stamp_table


class MlmAppendOnly(models.AbstractModel):
    """Rows that are written once and never changed or deleted, by anyone.

    The database refuses it by trigger, the ORM says so in the user's language.
    A concrete model sets ``_log_access = False`` itself (the ORM does not inherit
    it) and keeps to these rules, because Odoo would change rows otherwise: every
    many2one is ``ondelete="restrict"``, no stored computed field,
    the distributor is referenced and never the partner (partners are merged), and
    a column added later comes by a pre-migration ``ADD COLUMN … DEFAULT``.

    Only the server writes such rows, by the key of `mlm_base.internal`. The author is the
    user of the environment, and the database sets the moment, whoever inserts the row
    and whatever the values say; `mlm_base.triggers.recorded` is the one way around.
    """

    _name = "mlm.append.only"
    _description = "Append-only Rows"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True

    author_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    recorded_at = fields.Datetime(
        string="Recorded on",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )

    @api.private
    def init(self):
        result = super().init()
        if self._abstract or not self._auto:
            return result
        self._check_append_only_fields()
        if sql.table_kind(self.env.cr, self._table) == sql.TableKind.Regular:
            seal_table(self.env.cr, self._table)
            stamp_table(self.env.cr, self._table)
        return result

    def _check_append_only_fields(self):
        if "create_uid" in self._fields:
            raise TypeError(f"{self._name} must set _log_access = False")
        for field in self._fields.values():
            if not field.store or not field.column_type:
                continue
            if field.type == "many2one" and field.ondelete != "restrict":
                raise TypeError(f'{field} must be ondelete="restrict"')
            if field.compute:
                raise TypeError(f"{field} must not be a stored computed field")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        # the database has set it
        records.invalidate_recordset(["recorded_at"], flush=False)
        return records

    def write(self, vals):  # pylint: disable=method-required-super
        self._refuse_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_change()

    def _refuse_change(self):
        raise UserError(
            self.env._(
                "%(name)s (%(model)s) is on record and cannot be changed or deleted. To correct "
                "it, add a new row that points to the old one.",
                name=self[:1].display_name,
                model=self._description,
            )
        )
