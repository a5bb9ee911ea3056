from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

GUARDED = {"company_id", "kind", "version"}


class MlmTree(models.Model):
    """A placement tree. Its positions are its own; the sponsor tree needs none."""

    _name = "mlm.tree"
    _description = "Placement Tree"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    kind = fields.Selection([("binary", "Binary")], required=True, default="binary")
    version = fields.Integer(
        default=0,
        required=True,
        readonly=True,
        copy=False,
        help="Counts placements, so that two at the same time cannot overlook each other.",
    )
    position_count = fields.Integer(compute="_compute_position_count")

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "This company has a tree with this code already."
    )

    def _compute_position_count(self):
        counts = dict(
            self.env["mlm.position"]._read_group(
                [("tree_id", "in", self.ids)], ["tree_id"], ["__count"]
            )
        )
        for record in self:
            record.position_count = counts.get(record, 0)

    def write(self, vals):
        if GUARDED.intersection(vals) and self.filtered("position_count"):
            raise UserError(
                self.env._(
                    "%s has positions: its company and kind cannot change any more.",
                    self[:1].display_name,
                )
            )
        return super().write(vals)

    def action_view_positions(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mlm.position",
            "view_mode": "list,hierarchy,form",
            "domain": [("tree_id", "=", self.id)],
        }

    @api.model
    def _get_default(self, company):
        """Return the company's first placement tree.

        :raise UserError: the company has none
        """
        tree = self.search([("company_id", "=", company.id)], limit=1)
        if not tree:
            raise UserError(
                self.env._(
                    "%s has no placement tree yet. Create one under Network >"
                    " Configuration > Placement Trees.",
                    company.name,
                )
            )
        return tree

    def _bump_version(self):
        """Make every other placement in these trees collide with ours, so that the
        later one is retried and sees this one."""
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE mlm_tree SET version = version + 1 WHERE id = ANY(%s)",
                sorted(self.ids),
            ),
            # a collision is met by a retry and is no error of the log
            log_exceptions=False,
        )
        self.invalidate_recordset(["version"], flush=False)
