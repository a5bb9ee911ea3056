from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from ...guard import guard_table

# set for the transaction of a merge of contacts, which renames the person and nothing else
MERGING = "mlm.merging_contacts"
_RENAMED_BY_A_MERGE = """
    IF TG_OP = 'UPDATE' AND current_setting('mlm.merging_contacts', true) = 'on'
       AND to_jsonb(NEW) - 'partner_id' = to_jsonb(OLD) - 'partner_id' THEN
        RETURN NEW;
    END IF;"""


class MlmHolder(models.Model):
    """Who holds a membership, alone or with others, and from when to when.

    The same two time axes as `mlm.link`: a row changes only once, when a row that says
    better supersedes it. ``partner_id`` of the distributor is the cache of the present
    holder.
    """

    _name = "mlm.holder"
    _description = "Holder of a Membership"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "valid_from desc, id desc"
    _rec_name = "partner_id"
    _log_access = False
    _server_only = True
    _same_network = ("distributor_id",)

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [("holder", "Holder"), ("co_holder", "Co-holder")], required=True, default="holder"
    )
    event_id = fields.Many2one(
        "mlm.genealogy.event",
        string="Opened by",
        index="btree_not_null",
        ondelete="restrict",
    )
    valid_from = fields.Datetime(string="From", required=True)
    valid_to = fields.Datetime(string="Until")
    recorded_at = fields.Datetime(string="Recorded on", required=True, default=fields.Datetime.now)
    superseded_at = fields.Datetime(string="Superseded on")

    _period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_to >= valid_from)",
        "A membership cannot end before it begins.",
    )
    _one_holder = models.Constraint(
        "EXCLUDE USING gist (distributor_id WITH =, tsrange(valid_from, valid_to) WITH &&)"
        " WHERE (superseded_at IS NULL AND role = 'holder')",
        "A membership has one holder at a time.",
    )
    _one_membership = models.Constraint(
        "EXCLUDE USING gist (network_id WITH =, partner_id WITH =,"
        " tsrange(valid_from, valid_to) WITH &&)"
        " WHERE (superseded_at IS NULL AND role = 'holder')",
        "A person holds one membership of a network at a time.",
    )
    _one_role = models.Constraint(
        "EXCLUDE USING gist (distributor_id WITH =, partner_id WITH =,"
        " tsrange(valid_from, valid_to) WITH &&) WHERE (superseded_at IS NULL)",
        "A person holds a membership in one role at a time.",
    )

    def _auto_init(self):
        self.env["mlm.link"]._ensure_btree_gist()
        return super()._auto_init()

    @api.private
    def init(self):
        result = super().init()
        guard_table(self.env.cr, self._table, _RENAMED_BY_A_MERGE)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Who held the membership is part of the history: %s cannot be deleted.",
                self[:1].display_name,
            )
        )

    def _end(self, moment):
        """Say that these rows end at ``moment`` (naive UTC); the old rows are superseded."""
        for row in self:
            if moment < row.valid_from:
                raise UserError(
                    self.env._(
                        "%(person)s has held %(code)s since %(date)s; that cannot end earlier.",
                        person=row.partner_id.display_name,
                        code=row.distributor_id.code,
                        date=row.network_id._local_text(row.valid_from),
                    )
                )
        ended = [
            {
                "company_id": row.company_id.id,
                "network_id": row.network_id.id,
                "distributor_id": row.distributor_id.id,
                "partner_id": row.partner_id.id,
                "role": row.role,
                "event_id": row.event_id.id,
                "valid_from": row.valid_from,
                "valid_to": moment,
            }
            for row in self
        ]
        as_internal(self).write({"superseded_at": fields.Datetime.now()})
        self.flush_recordset()
        return as_internal(self).create(ended)

    @api.model
    def _open(self, distributor, partner, role, moment, event):
        """Say that ``partner`` holds ``distributor`` from ``moment`` on."""
        return as_internal(self).create(
            {
                "company_id": distributor.company_id.id,
                "network_id": distributor.network_id.id,
                "distributor_id": distributor.id,
                "partner_id": partner.id,
                "role": role,
                "event_id": event.id,
                "valid_from": moment,
            }
        )

    @api.model
    def _follow_merge(self, partner_ids):
        """Prepare a merge of contacts: whoever would hold a membership twice keeps the
        stronger role, and the guard lets the contact be replaced in this transaction."""
        rows = self.search(
            [
                ("partner_id", "in", list(partner_ids)),
                ("superseded_at", "=", False),
                ("valid_to", "=", False),
            ],
            order="role desc, id",
        )
        for same in rows.grouped("distributor_id").values():
            as_internal(same[1:]).write({"superseded_at": fields.Datetime.now()})
        self.env.flush_all()
        self._ensure_one_membership(partner_ids)
        self.env.cr.execute(SQL("SELECT set_config(%s, 'on', true)", MERGING))

    def _ensure_one_membership(self, partner_ids):
        """Refuse contacts that held two memberships of a network at the same time."""
        rows = self.env.execute_query(
            SQL(
                """SELECT one.distributor_id, other.distributor_id
                     FROM mlm_holder one JOIN mlm_holder other
                       ON other.network_id = one.network_id AND other.id > one.id
                      AND tsrange(other.valid_from, other.valid_to)
                          && tsrange(one.valid_from, one.valid_to)
                    WHERE one.partner_id = ANY(%(ids)s) AND other.partner_id = ANY(%(ids)s)
                      AND one.role = 'holder' AND other.role = 'holder'
                      AND one.superseded_at IS NULL AND other.superseded_at IS NULL
                    LIMIT 1""",
                ids=list(partner_ids),
            )
        )
        if rows:
            # sudo: codes say what stands against it, to who may merge contacts
            members = self.env["mlm.distributor"].sudo().browse(rows[0])
            raise UserError(
                self.env._(
                    "These contacts held the memberships %s at the same time, so in the history "
                    "they are different people and cannot be merged.",
                    ", ".join(one._get_told_code() for one in members),
                )
            )

    @api.model
    def _end_merge(self):
        self.env.cr.execute(SQL("SELECT set_config(%s, 'off', true)", MERGING))
        self.invalidate_model()
