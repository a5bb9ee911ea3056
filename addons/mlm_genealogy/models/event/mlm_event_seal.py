import hashlib
import json
import struct
import time

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.triggers import recorded

# rows under one seal: a changed row is looked for among as many
SEAL_ROWS = 1000
# bytes of a row's hash that name the row when the root does not match
_LEAF_HASH = 8
_LEAF = struct.Struct(f">i{_LEAF_HASH}s")
_WAIT_SECONDS = 20
_POLL_SECONDS = 0.2
_SUBJECTS = [
    ("mlm.genealogy.event", "Events"),
    ("mlm.link", "Links"),
    ("mlm.holder", "Holders"),
    ("mlm.contract.acceptance", "Accepted Contracts"),
    ("mlm.event.erasure", "Erasures"),
]
# what may change after a row is sealed: superseded once, contacts merged
_MUTABLE = {"mlm.link": {"superseded_at"}, "mlm.holder": {"superseded_at", "partner_id"}}


class MlmEventSeal(models.Model):
    """A range of the history and the hash of all that stood in it.

    Seals of one subject form a chain without gaps: each begins after the one before
    and holds its fingerprint. Whoever noted one fingerprint outside of the database
    can prove with it that nothing before has changed since.

    ``column_names`` are those that the seal covers, so that a column added later
    does not break it. ``leaves`` (base64 of id and first bytes of the row's hash)
    only name the row that changed; ``root`` is the proof.
    """

    _name = "mlm.event.seal"
    _description = "Seal of the History"
    _inherit = ["mlm.append.only"]
    _order = "id desc"
    _rec_name = "fingerprint"
    _log_access = False

    subject = fields.Selection(_SUBJECTS, required=True, readonly=True, index=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    from_id = fields.Integer(string="From Row", required=True, readonly=True, aggregator=None)
    to_id = fields.Integer(string="To Row", required=True, readonly=True, aggregator=None)
    count = fields.Integer(string="Rows", required=True, readonly=True)
    column_names = fields.Char(string="Columns", required=True, readonly=True)
    root = fields.Char(string="Root Hash", required=True, readonly=True)
    leaves = fields.Text(required=True, readonly=True)
    previous = fields.Char(string="Fingerprint Before", readonly=True)
    fingerprint = fields.Char(required=True, readonly=True, index=True)

    _number_uniq = models.Constraint(
        "UNIQUE(subject, number)", "Somebody else is sealing the history right now."
    )

    @api.depends("subject", "number")
    def _compute_display_name(self):
        labels = dict(self._fields["subject"]._description_selection(self.env))
        for seal in self:
            seal.display_name = f"{labels.get(seal.subject, '')} {seal.number}"

    # sealing

    def action_seal(self):
        """Seal what is not sealed yet; for the auditor and the administrator."""
        self.env["mlm.event.seal"].check_access("read")
        counts = self._seal_all()
        total = sum(count or 0 for count in counts.values())
        waiting = None in counts.values()
        message = self.env._("%s rows of the history were sealed.", total)
        if waiting:
            message = self.env._(
                "%s rows were sealed; others are waiting for work still in progress.", total
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if waiting else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_seal(self):
        self._seal_all()

    @api.model
    def _seal_all(self, wait=_WAIT_SECONDS):
        """Seal all rows that are surely complete, in transactions of their own.

        An id is drawn before its transaction commits: a row may still come in below
        the highest id that can be seen. So look up the highest id first, then wait
        until everybody who is writing the table at that moment has finished, and only
        then read the rows, on a later snapshot.

        :param wait: seconds, after which a subject is left for the next time
        :return: ``{subject: rows sealed, or None if others were writing all the time}``
        """
        counts = {}
        for subject, __ in _SUBJECTS:
            with self.env.registry.cursor() as cr:
                upper = self.with_env(self.env(cr=cr))._get_complete_id(subject, wait)
            if upper is None:
                counts[subject] = None
                continue
            with self.env.registry.cursor() as cr:
                # before the first query, which takes the snapshot of the transaction
                cr.execute("LOCK TABLE mlm_event_seal IN SHARE ROW EXCLUSIVE MODE")
                # sudo: seals are written by this method only
                sealer = self.with_env(self.env(cr=cr)).sudo()
                counts[subject] = sealer._seal_up_to(subject, upper)
        return counts

    def _get_complete_id(self, subject, wait):
        """Return an id up to which every row is committed or will never be, or None
        if that could not be had within ``wait`` seconds."""
        table = self.env[subject]._table
        upper = self.env.execute_query(SQL("SELECT max(id) FROM %s", SQL.identifier(table)))[0][0]
        deadline = time.monotonic() + wait
        writing = self._get_writers(table)
        while writing:
            if time.monotonic() > deadline:
                return None
            time.sleep(_POLL_SECONDS)
            writing &= self._get_writers(table)
        return upper or 0

    def _get_writers(self, table):
        """Return the transactions of others that have written, or are about to write,
        to a table: an INSERT holds this lock before it draws its id."""
        return {
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """SELECT virtualtransaction FROM pg_locks
                        WHERE relation = %s::regclass AND mode = 'RowExclusiveLock'
                          AND database = (SELECT oid FROM pg_database
                                           WHERE datname = current_database())
                          AND pid IS DISTINCT FROM pg_backend_pid()""",
                    table,
                )
            )
        }

    def _seal_up_to(self, subject, upper):
        """Seal the rows after the last seal of ``subject`` up to the id ``upper``.

        :return: number of rows sealed
        """
        self.env[subject].flush_model()
        last = self.search([("subject", "=", subject)], order="number desc", limit=1)
        lower = last.to_id + 1
        columns = self._get_columns(subject)
        rows = self.env.execute_query(
            SQL(
                """SELECT max(id), count(*),
                          encode(sha256(string_agg(digest, ''::bytea ORDER BY id)), 'hex'),
                          encode(string_agg(int4send(id) || substr(digest, 1, %(leaf)s),
                                            ''::bytea ORDER BY id), 'base64')
                     FROM (SELECT id, %(digest)s AS digest,
                                  (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part
                             FROM %(table)s
                            WHERE id BETWEEN %(lower)s AND %(upper)s) sealed
                 GROUP BY part ORDER BY part""",
                leaf=_LEAF_HASH,
                digest=self._get_digest_sql(columns),
                size=SEAL_ROWS,
                table=SQL.identifier(self.env[subject]._table),
                lower=lower,
                upper=upper,
            )
        )
        vals_list = []
        now = fields.Datetime.now()
        number, previous = last.number, last.fingerprint
        for to_id, count, root, leaves in rows:
            number += 1
            vals = {
                "subject": subject,
                "number": number,
                "from_id": lower,
                "to_id": to_id,
                "count": count,
                "column_names": ",".join(columns),
                "root": root,
                "leaves": leaves,
                "previous": previous,
                "author_id": self.env.uid,
                "recorded_at": now,
            }
            leaves_hash = hashlib.sha256(leaves.encode()).hexdigest()
            vals["fingerprint"] = previous = self._get_fingerprint({**vals, "leaves": leaves_hash})
            vals_list.append(vals)
            lower = to_id + 1
        # the fingerprint covers the moment: the database must set the same
        with recorded(self.env.cr, now):
            as_internal(self).create(vals_list)
        return sum(vals["count"] for vals in vals_list)

    def _get_columns(self, subject):
        """Return the names of the columns of ``subject`` that never change."""
        names = sorted(
            name
            for name, field in self.env[subject]._fields.items()
            if field.store and field.column_type
        )
        return [name for name in names if name not in _MUTABLE.get(subject, ())]

    def _get_digest_sql(self, columns):
        """Return the SQL of a row's hash: of the JSON of its columns, which is the same
        whatever the settings of the session are."""
        return SQL(
            "sha256(convert_to(jsonb_build_array(%s)::text, 'UTF8'))",
            SQL(", ").join(SQL.identifier(name) for name in columns),
        )

    def _get_fingerprint(self, values):
        """Return the hash of a seal; ``values["leaves"]`` is the hash of the leaves."""
        names = (
            "subject",
            "number",
            "from_id",
            "to_id",
            "count",
            "column_names",
            "root",
            "leaves",
            "previous",
            "author_id",
        )
        material = [values[name] or None for name in names]
        material.append(fields.Datetime.to_string(values["recorded_at"]))
        return hashlib.sha256(json.dumps(material).encode()).hexdigest()
