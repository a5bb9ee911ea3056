# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledFloat, ScaledMonetary

COLUMNS = (
    "company_id",
    "network_id",
    "period_id",
    "distributor_id",
    "buyer_id",
    "position_id",
    "kind",
    "move_line_id",
    "entry_no",
    "origin_id",
    "product_id",
    "package_id",
    "package_from_id",
    "package_qty",
    "moment",
    "pv_e4",
    "cv_e4",
    "retail_e4",
    "point_e6",
    "author_id",
    "recorded_at",
    "note",
)


class MlmVolumeEntry(models.Model):
    """The volume ledger: append-only rows of PV and CV.

    A row says who is credited (``distributor_id``), who bought, in which cycle
    it counts, from which invoice line, and when the sale took place. The company is the
    one that sold; who is credited may be at home in another one of the network. A change
    is a delta row that points at the original (``origin_id``). References go to
    distributors, never to partners, so merging contacts touches no row.
    """

    _name = "mlm.volume.entry"
    _description = "Volume Ledger Row"
    _inherit = ["mlm.append.only", "mlm.of.network"]
    _log_access = False
    _order = "id desc"
    _same_network = ("period_id", "distributor_id", "buyer_id", "position_id")

    company_id = fields.Many2one("res.company", string="Sold by", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    period_id = fields.Many2one(
        "mlm.period", required=True, index=True, ondelete="restrict", string="Cycle"
    )
    distributor_id = fields.Many2one(
        "mlm.distributor",
        string="Credited to",
        required=True,
        index=True,
        ondelete="restrict",
    )
    buyer_id = fields.Many2one(
        "mlm.distributor", string="Bought by", index=True, ondelete="restrict"
    )
    position_id = fields.Many2one(
        "mlm.position",
        string="Position at the sale",
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("sale", "Sale"),
            ("change", "Change or cancellation"),
            ("refund", "Return"),
            ("opening", "Opening"),
        ],
        required=True,
    )
    move_line_id = fields.Many2one(
        "account.move.line",
        string="Invoice line",
        index="btree_not_null",
        ondelete="restrict",
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    order_name = fields.Char(compute="_compute_order_name", string="Order")
    entry_no = fields.Integer(
        default=0,
        aggregator=None,
        help="Numbers the rows of one invoice line, so that none is captured twice.",
    )
    origin_id = fields.Many2one("mlm.volume.entry", index="btree_not_null", ondelete="restrict")
    product_id = fields.Many2one("product.product", ondelete="restrict")
    package_id = fields.Many2one("mlm.package", ondelete="restrict")
    package_from_id = fields.Many2one("mlm.package", string="Upgrade from", ondelete="restrict")
    package_qty = fields.Integer(string="Packages", default=0)
    moment = fields.Datetime(string="Moment of the sale", required=True)
    pv_e4 = BigInteger(string="PV (ten-thousandths)", default=0)
    cv_e4 = BigInteger(string="CV (ten-thousandths)", default=0)
    retail_e4 = BigInteger(
        string="Retail margin (ten-thousandths)",
        default=0,
        help="What the end customer paid above the distributor price, before tax.",
    )
    point_e6 = BigInteger(
        string="Value of a point (millionths)",
        aggregator=None,
        help="What one point was worth in the selling company's currency on the day of the"
        " sale, in millionths; empty: not known.",
    )
    pv = ScaledFloat(string="PV", scaled="pv_e4")
    cv = ScaledFloat(string="CV", scaled="cv_e4")
    retail = ScaledMonetary(string="Retail margin", scaled="retail_e4")
    note = fields.Char()

    _line_entry_uniq = models.Constraint(
        "UNIQUE(move_line_id, entry_no)",
        "This change of an invoice line is already in the ledger.",
    )
    _period_distributor_idx = models.Index("(period_id, distributor_id)")
    _package_idx = models.Index("(network_id, buyer_id, moment) WHERE package_id IS NOT NULL")

    @api.depends("product_id", "kind")
    def _compute_display_name(self):
        for entry in self:
            # sudo: who is credited may know what was sold, also by another company
            name = entry.sudo().product_id.name
            entry.display_name = f"#{entry.id} {name or entry.kind}"

    def _compute_order_name(self):
        for entry in self:
            # sudo: names of documents, of a row that is read
            line = entry.move_line_id.sudo()
            entry.order_name = (
                ", ".join(line.sale_line_ids.order_id.mapped("name")) or line.move_id.name or ""
            )

    @api.model
    def _insert_rows(self, rows):
        """Append rows in one statement; return their ids.

        ``rows``: dicts with (some of) ``COLUMNS``; the network is that of the company. The
        caller has locked the period (``mlm.period._accepting``); opening rows go to
        history periods.
        Raises UserError when a period does not accept the row.
        """
        if not rows:
            return []
        self._ensure_periods_accept(rows)
        self.env.flush_all()
        now = self.env.cr.now()
        # sudo: a ledger row says the network of its company, whoever inserts it
        companies = self.env["res.company"].sudo().browse({row["company_id"] for row in rows})
        network_of = {company.id: company.mlm_network_id.id for company in companies}
        for row in rows:
            row["network_id"] = network_of[row["company_id"]]
            row.setdefault("author_id", self.env.uid)
            row.setdefault("recorded_at", now)
            row.setdefault("entry_no", 0)
            for name in ("pv_e4", "cv_e4", "retail_e4", "package_qty"):
                row.setdefault(name, 0)
        values = SQL(", ").join(
            SQL("(%s)", SQL(", ").join(SQL("%s", row.get(name)) for name in COLUMNS))
            for row in rows
        )
        columns = SQL(", ").join(SQL.identifier(name) for name in COLUMNS)
        self.env.cr.execute(
            SQL(
                "INSERT INTO mlm_volume_entry (%s) VALUES %s RETURNING id",
                columns,
                values,
            )
        )
        ids = [row_id for (row_id,) in self.env.cr.fetchall()]
        self.env["mlm.period"].invalidate_model()
        self.invalidate_model()
        return ids

    @api.model
    def _ensure_periods_accept(self, rows):
        periods = self.env["mlm.period"].browse({row["period_id"] for row in rows})
        opening = {row["period_id"] for row in rows if row["kind"] == "opening"}
        for period in periods:
            wanted = ("history",) if period.id in opening else ("open", "grace")
            if period.state not in wanted or not period.is_base:
                raise UserError(
                    self.env._(
                        "%(period)s takes no more volume. New rows go to the first open cycle.",
                        period=period.display_name,
                    )
                )

    def action_open_invoice(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
