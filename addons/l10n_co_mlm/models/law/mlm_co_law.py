# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_repr

from odoo.addons.mlm_base.formats import Formats

#: what may be said of a row that was used: where it comes from, and that it ended
_REMARKS = {"norm", "note", "to_confirm"}


class MlmCoLaw(models.AbstractModel):
    """Rows of the law: valid from a day, with their legal source, the same for all companies.

    A row with which something was posted stays as it is: it is ended, and another one begins.
    """

    _name = "mlm.co.law"
    _description = "Law of Colombia"
    _inherit = ["mlm.guarded", "mail.thread"]
    _order = "date_from desc, id"
    _free = ("norm", "note", "to_confirm")

    #: fields that show an exact one: ``{name: (name of the exact one, decimal places between)}``
    _shown = {}
    #: fields that say what the law says, apart from the days
    _content = ()

    date_from = fields.Date(string="Valid from", required=True, tracking=True)
    date_to = fields.Date(string="Last Day", tracking=True, help="Empty: until it is ended.")
    norm = fields.Char(
        string="Legal Source",
        required=True,
        tracking=True,
        help="Law, decree or resolution that says so.",
    )
    to_confirm = fields.Boolean(
        string="Confirm with Your Accountant",
        tracking=True,
        help="The source was not read. Clear the mark once an accountant has confirmed the row.",
    )
    note = fields.Text()

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "The last day comes before the first one.",
    )

    # -- exact numbers and what people read ------------------------------------

    @api.depends(lambda self: tuple(exact for exact, _places in self._shown.values()))
    def _compute_shown(self):
        for record in self:
            for name, (exact, places) in self._shown.items():
                record[name] = float(Decimal(record[exact]).scaleb(-places))

    def _take_shown(self, vals):
        """Return the values with the exact number in the place of what people read."""
        taken = dict(vals)
        for name, (exact, places) in self._shown.items():
            if name in taken:
                shown = Decimal(float_repr(taken.pop(name), places))
                taken[exact] = int(shown.scaleb(places))
        return taken

    # -- doors -----------------------------------------------------------------

    @api.model
    def load(self, fields, data):
        # what an accountant corrected stays through every upgrade
        kept = self.env.context.get("install_module") and {"noupdate": True}
        return super(MlmCoLaw, self.with_context(**(kept or {}))).load(fields, data)

    @api.model_create_multi
    def create(self, vals_list):
        # what just ended makes room in the database first
        self.flush_model()
        return super().create([self._take_shown(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._take_shown(vals)
        if not {*self._content, "date_from", "date_to"}.isdisjoint(vals):
            self._ensure_unused(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._ensure_unused()

    def _ensure_unused(self, vals=None):
        """Refuse a change, or the deletion, of what was used.

        :param dict vals: what changes; to end a row after its last use is no change of it
        :raise UserError: one of the rows was used
        """
        ends = vals is not None and set(vals) - _REMARKS == {"date_to"}
        day = fields.Date.to_date(vals["date_to"]) if ends and vals["date_to"] else None
        for record, (used, entry) in self._get_last_uses().items():
            if ends and (not day or day >= used):
                continue
            texts = {
                "row": record.display_name,
                "entry": entry,
                "day": Formats(self.env).day(used),
            }
            if ends:
                raise UserError(
                    self.env._(
                        "%(entry)s of %(day)s used “%(row)s”, so its last day cannot come before"
                        " that.",
                        **texts,
                    )
                )
            raise UserError(
                self.env._(
                    "%(entry)s of %(day)s used “%(row)s”, so it stays as it is. Give it a last day"
                    " and add a row that is valid from the next one.",
                    **texts,
                )
            )

    def _get_last_uses(self):
        """Return ``{row: (day, number)}`` of the last entry posted with each row that has one.

        Every entry of commissions or adjustments of a Colombian company uses all rows that are
        valid on its day and were there when it was posted; which of them it read is not asked.
        """
        own = SQL("AND move.company_id = law.company_id") if "company_id" in self._fields else SQL()
        self.flush_recordset()
        self.env["res.company"].flush_model(["account_fiscal_country_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (law.id) law.id, move.date, move.name
                     FROM %s law
                     JOIN mlm_sealed_move move
                       ON move.res_model IN ('mlm.run', 'mlm.adjustment')
                      AND move.date >= law.date_from
                      AND (law.date_to IS NULL OR move.date <= law.date_to)
                      AND move.recorded_at >= law.create_date
                     JOIN res_company company ON company.id = move.company_id
                     JOIN res_country country
                       ON country.id = company.account_fiscal_country_id AND country.code = 'CO'
                    WHERE law.id = ANY(%s) %s
                 ORDER BY law.id, move.date DESC, move.id DESC""",
                SQL.identifier(self._table),
                self.ids,
                own,
            )
        )
        return {self.browse(number): (day, name) for number, day, name in rows}

    # -- reading ---------------------------------------------------------------

    @api.model
    def _at(self, day, domain=()):
        """Return the rows that are valid on ``day``, whoever asks.

        :param domain: of further conditions
        """
        # sudo: the law is no secret; entries are computed by people who may not open it
        return self.sudo().search_fetch(
            [
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
                *domain,
            ],
            [*self._content, "norm"],
        )
