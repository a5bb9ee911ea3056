from odoo import api, fields, models
from odoo.exceptions import UserError

from ...guard import guard_table


class MlmLink(models.Model):
    """Who hangs below whom, in which tree, and from when to when: the truth.

    Two time axes: a link is valid from ``valid_from`` until ``valid_to``, and known
    from ``recorded_at`` until ``superseded_at``. A row changes only once, when it is
    superseded by a row that says better. Without a tree it is the sponsor's link.
    """

    _name = "mlm.link"
    _description = "Genealogy Link"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "valid_from desc, id desc"
    _rec_name = "distributor_id"
    _log_access = False
    _server_only = True
    _same_network = (
        "tree_id",
        "distributor_id",
        "position_id",
        "parent_distributor_id",
        "parent_position_id",
    )

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        help="Home company of the person when the link was created.",
    )
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for the sponsor tree.",
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    position_id = fields.Many2one("mlm.position", index="btree_not_null", ondelete="restrict")
    parent_distributor_id = fields.Many2one(
        "mlm.distributor", string="Below", index="btree_not_null", ondelete="restrict"
    )
    parent_position_id = fields.Many2one(
        "mlm.position",
        string="Below Position",
        index="btree_not_null",
        ondelete="restrict",
    )
    slot = fields.Integer(string="Spot", aggregator=None, help="Zero without a spot.")
    leg = fields.Selection([("left", "Left"), ("right", "Right")])
    event_id = fields.Many2one(
        "mlm.genealogy.event",
        string="Opened by",
        index="btree_not_null",
        ondelete="restrict",
    )
    valid_from = fields.Datetime(required=True)
    valid_to = fields.Datetime()
    recorded_at = fields.Datetime(string="Recorded on", required=True, default=fields.Datetime.now)
    superseded_at = fields.Datetime(string="Superseded on")

    _period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_to >= valid_from)",
        "A link cannot end before it begins.",
    )
    _shape = models.Constraint(
        "CHECK((tree_id IS NULL) = (position_id IS NULL)"
        " AND (tree_id IS NOT NULL OR parent_position_id IS NULL)"
        " AND (parent_position_id IS NULL) = (COALESCE(slot, 0) = 0)"
        " AND COALESCE(slot, 0) >= 0"
        " AND (leg IS NULL OR slot = CASE leg WHEN 'left' THEN 1 ELSE 2 END))",
        "A link belongs either to the sponsor tree or to a position with its spot.",
    )
    _one_sponsor = models.Constraint(
        "EXCLUDE USING gist (distributor_id WITH =, tsrange(valid_from, valid_to) WITH &&)"
        " WHERE (superseded_at IS NULL AND tree_id IS NULL)",
        "A person has one sponsor at a time.",
    )
    _one_spot = models.Constraint(
        "EXCLUDE USING gist (position_id WITH =, tsrange(valid_from, valid_to) WITH &&)"
        " WHERE (superseded_at IS NULL AND tree_id IS NOT NULL)",
        "A position is at one spot at a time.",
    )
    _one_occupant = models.Constraint(
        "EXCLUDE USING gist (parent_position_id WITH =, slot WITH =,"
        " tsrange(valid_from, valid_to) WITH &&)"
        " WHERE (superseded_at IS NULL AND parent_position_id IS NOT NULL)",
        "This spot is taken.",
    )

    def _auto_init(self):
        self._ensure_btree_gist()
        return super()._auto_init()

    def _ensure_btree_gist(self):
        cr = self.env.cr
        cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'")
        if cr.fetchone():
            return
        cr.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist'")
        if not cr.fetchone():
            raise UserError(
                self.env._(
                    "The PostgreSQL server has no extension btree_gist. Install the"
                    " package postgresql-contrib on it."
                )
            )
        cr.execute(
            "SELECT has_database_privilege(current_database(), 'CREATE'), rolsuper"
            " FROM pg_roles WHERE rolname = current_user"
        )
        if not any(cr.fetchone()):
            raise UserError(
                self.env._(
                    "The database user may not create the extension btree_gist. Ask a database "
                    "administrator to run: CREATE EXTENSION btree_gist;"
                )
            )
        cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")

    @api.private
    def init(self):
        result = super().init()
        guard_table(self.env.cr, self._table)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "The link of %s is part of the history and cannot be deleted.",
                self[:1].display_name,
            )
        )

    @api.model
    def _as_of(self, network, at, tree=None, known_at=None):
        """Return the links of one tree that were valid at a moment.

        :param at: naive UTC datetime
        :param tree: `mlm.tree`, or None for the sponsor tree
        :param known_at: as it was known then, by default as known now
        """
        domain = [
            ("network_id", "=", network.id),
            ("tree_id", "=", tree.id if tree else False),
            ("valid_from", "<=", at),
            "|",
            ("valid_to", "=", False),
            ("valid_to", ">", at),
        ]
        if known_at:
            domain += [
                ("recorded_at", "<=", known_at),
                "|",
                ("superseded_at", "=", False),
                ("superseded_at", ">", known_at),
            ]
        else:
            domain += [("superseded_at", "=", False)]
        return self.search(domain, order="id")
