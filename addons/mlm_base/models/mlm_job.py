import contextlib
import datetime
import logging

from psycopg2.errors import LockNotAvailable

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.modules.registry import Registry
from odoo.tools import SQL

from .. import background
from ..worker import start
from ..worker.keeper import FAILED

_logger = logging.getLogger(__name__)
#: a process that has not taken its job after so long never will
_START = datetime.timedelta(minutes=5)
AT_WORK = ("starting", "running")
#: so often a new process is started at once after one that died
MOST_DEATHS = 3
#: where a record says whose work it is
_PERSONS = ("author_id", "computed_by_id", "requested_by_id", "create_uid")


class MlmJob(models.Model):
    """A scheduled action whose work is done by a process of its own: one row for each.

    The action of the server only starts that process and watches it. Rows are written by
    sessions of their own, because the work's transaction shows nothing before its end.
    A process that dies says nothing more: whoever notices tells it on the record that was
    in work.
    """

    _name = "mlm.job"
    _description = "Work in the Background"
    _inherit = "mlm.guarded"
    _log_access = False
    _rec_name = "cron_id"
    _order = "state desc, id"
    _server_only = True

    cron_id = fields.Many2one(
        "ir.cron", string="Work", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("idle", "Nothing to Do"),
            ("waiting", "Waiting for Others"),
            ("starting", "Starting"),
            ("running", "Running"),
        ],
        required=True,
        readonly=True,
        default="idle",
    )
    token = fields.Integer(readonly=True, help="Number of the start, to tell two starts apart.")
    again = fields.Boolean(readonly=True, help="More was requested while it was running.")
    pid = fields.Integer(string="Process", readonly=True, aggregator=None)
    deaths = fields.Integer(
        string="Crashes", readonly=True, help="Processes that crashed in a row."
    )
    session = fields.Char(readonly=True, help="Name of its database sessions.")
    status = fields.Integer(string="Exit Status", readonly=True, aggregator=None)
    started_at = fields.Datetime(string="Started on", readonly=True)
    seen_at = fields.Datetime(string="Last Sign of Life", readonly=True)
    ended_at = fields.Datetime(string="Ended on", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", readonly=True)
    failed = fields.Boolean(
        compute="_compute_failed",
        search="_search_failed",
        help="Until it succeeds or is dismissed.",
    )
    res_name = fields.Char(string="Working on", compute="_compute_res_name")
    stop_at = fields.Datetime(string="To Be Stopped on", readonly=True)
    stop_user_id = fields.Many2one("res.users", string="Stopped by", readonly=True)

    _cron_uniq = models.Constraint("UNIQUE(cron_id)", "One row per scheduled action.")

    @api.depends("res_model", "res_id")
    def _compute_res_name(self):
        for job in self:
            # names only of what the reader may see
            record = job._get_record().sudo(False)
            job.res_name = record.display_name if record and record.has_access("read") else False

    @api.depends("cron_id")
    def _compute_display_name(self):
        for job in self:
            # sudo: who may read a job reads what it does, and needs no right on scheduled actions
            job.display_name = job.sudo().cron_id.name

    @api.depends("deaths", "status")
    def _compute_failed(self):
        for job in self:
            job.failed = job.deaths > 0 or job.status == FAILED

    @api.model
    def _search_failed(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain("deaths", ">", 0) | fields.Domain("status", "=", FAILED)
        return domain if True in value else ~domain

    def _get_record(self):
        """Return what is in work, an empty record set if nothing is."""
        if self.res_model not in self.env:
            return self.browse()
        return self.env[self.res_model].browse(self.res_id).exists()

    # -- starting ------------------------------------------------------------

    @api.model
    def _wake(self, cron):
        """Start the process of an action, or ask the one at work to look once more."""
        # a dead one whose sessions do not end is buried by a later look, which calls again
        with contextlib.suppress(LockNotAvailable):
            self._wake_now(cron)

    @api.model
    def _wake_now(self, cron):
        with self._apart() as jobs:
            cr = jobs.env.cr
            cr.execute(
                SQL(
                    "INSERT INTO mlm_job (cron_id, state, token, again, deaths)"
                    " VALUES (%s, 'idle', 0, false, 0) ON CONFLICT (cron_id) DO NOTHING",
                    cron.id,
                )
            )
            job = jobs._lock(SQL("cron_id = %s", cron.id))
            if job.state in AT_WORK and not job._bury_dead():
                job._set(again=True)
                return
            token = job.token + 1
            state = "waiting" if jobs._are_enough() else "starting"
            job._set(
                state=state, token=token, again=False, started_at=_now(), seen_at=None,
                ended_at=None, status=None, pid=None, stop_at=None, stop_user_id=None,
            )  # fmt: skip
            name = cr.dbname
        if state == "waiting":
            return  # whoever is done first takes it
        job_id = job.id
        try:
            pid = start.start(name, job_id, token, _teller(name, job_id, token))
        except OSError:
            with self._apart() as jobs:
                jobs._lock(SQL("id = %s", job_id))._set(state="idle")
            raise
        with self._apart() as jobs:
            # one that is ready has noted the same number itself
            mine = SQL("id = %s AND token = %s AND state IN %s", job_id, token, AT_WORK)
            jobs._lock(mine)._set(pid=pid)

    def _are_enough(self):
        """Whether as many processes are at work as this machine is meant to bear."""
        return self.search_count([("state", "in", AT_WORK)]) >= self._get_most()

    @api.model
    def _get_most(self):
        """How many processes this machine is meant to bear at once."""
        # sudo: a number that is no secret
        return int(self.env["ir.config_parameter"].sudo().get_param("mlm_base.processes", 2))

    # -- watching ------------------------------------------------------------

    @api.model
    def _cron_watch(self):
        """Notice the dead of which nobody was told: the server was away, or another one."""
        # sudo: the scheduler watches over the jobs of all, and hands nothing out
        for job in self.sudo().search([("state", "in", AT_WORK)]):
            with contextlib.suppress(LockNotAvailable), self._apart() as jobs:
                jobs._lock(SQL("id = %s AND state IN %s", job.id, AT_WORK))._bury_dead()
        # sudo: as above
        for job in self.sudo().search([("state", "=", "waiting")]):
            self._wake(job.cron_id)

    def _bury_dead(self):
        """Notice that the process is gone; return whether the job is free."""
        if not self:
            return False
        code = start.reap(self.pid)
        # whoever waits for it knows how it ended, and says so next
        if code is None and (start.is_awaited(self.pid) or self._is_alive()):
            return False
        self._bury(code)
        return True

    def _is_alive(self):
        return self._is_held() or self._is_early()

    def _is_held(self):
        query = SQL("SELECT NOT pg_try_advisory_xact_lock(hashtext('mlm.job'), %s)", self.id)
        return self.env.execute_query(query)[0][0]

    def _is_early(self):
        return self.state == "starting" and _now() - self.started_at < _START

    def _bury(self, code=None):
        """Free the job of a dead process and tell it where the work is kept.

        :param code: its exit status, None when nobody knows it
        :raise LockNotAvailable: the record is still held by what the dead one has begun
        """
        record, stopped_by = self._get_record(), self.stop_user_id
        self._end_sessions()
        cron = self.cron_id
        self._set(
            state="idle", pid=None, res_model=None, res_id=None, stop_at=None, stop_user_id=None,
            again=False, status=code, ended_at=_now(),
            # what a person has stopped did not die
            deaths=self.deaths if stopped_by else self.deaths + 1,
        )  # fmt: skip
        # others may wait behind it; what dies again and again waits for its hour
        again = self.deaths < MOST_DEATHS
        if record:
            person = next((record[name] for name in _PERSONS if name in record._fields), stopped_by)
            record = record.with_context(lang=person.lang)
            resumes = record._mlm_resumes()
            text = record.env["mlm.job"]._get_death_text(code, stopped_by)
            kept = resumes or record.env._("Nothing was kept: start it again.")
            # sessions that do not end at once are waited for by the next look
            self.env.cr.execute("SET LOCAL lock_timeout = '5s'")
            record._keep_failure(f"{text} {kept}")
            again = again and not resumes
        if again:
            cron._trigger()
        self.env.flush_all()
        if not stopped_by:
            _logger.warning("the process of %r is gone (status %s)", cron.name, code)

    def _end_sessions(self):
        """End what the dead process has asked the database for: nobody waits for the answer,
        and the rows it has locked are free."""
        if not self.session:
            return  # it died before it began
        self.env.cr.execute(
            SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = %s AND datname = current_database()"
                " AND pid <> pg_backend_pid()",
                self.session,
            )
        )

    def _get_death_text(self, code, stopped_by):
        if stopped_by:
            return self.env._("%s stopped this work.", stopped_by.name)
        if code is not None and code < 0:
            return self.env._(
                "The process that did this work was killed (signal %s); most often the machine"
                " had no memory left.",
                -code,
            )
        if code is not None:
            return self.env._(
                "The process that did this work ended too early (status %s); the server log says "
                "why.",
                code,
            )
        return self.env._(
            "The process that did this work is gone: it was killed, or the server or the machine"
            " stopped."
        )

    # -- dismissing ----------------------------------------------------------

    def action_dismiss(self):
        """Take it off the list of what failed: somebody has seen to it, or it matters no more.

        Work that fails again comes back by itself.
        """
        if not self.env.user.has_group("mlm_base.group_manager"):
            raise AccessError(self.env._("Only a manager can dismiss work that failed."))
        self.check_access("read")
        # sudo: names of scheduled actions, for the log
        names = self.sudo().cron_id.mapped("name")
        self._set(deaths=0, status=None)
        _logger.info("user %s dismissed the failures of %s", self.env.uid, names)

    # -- stopping ------------------------------------------------------------

    def action_stop(self):
        """End the process at once; what it had in work is not kept."""
        if not self.env.user.has_group("mlm_base.group_manager"):
            raise AccessError(self.env._("Only a manager can stop work in the background."))
        for job in self:
            self._stop(SQL("id = %s", job.id))

    @api.model
    def _stop_work(self, record, grace=0):
        """End the process that works on a record; who calls has checked that one may.

        :param int grace: seconds that the work has to end by itself
        :return: bool, whether one is at work on it
        """
        return self._stop(
            SQL("res_model = %s AND res_id = %s", record._name, record.id), grace=grace
        )

    @api.model
    def _stop_or_fail(self, record):
        """End the process that works on a record; where none does yet, the record says that
        its work was stopped. Who calls has checked that one may."""
        if not self._stop_work(record):
            record._keep_failure(self._get_death_text(None, self.env.user))

    @api.model
    def _stop(self, condition, grace=0):
        self.env.cr.execute(
            SQL(
                "UPDATE mlm_job SET stop_user_id = %s,"
                " stop_at = now() AT TIME ZONE 'UTC' + %s * interval '1 second'"
                " WHERE state = 'running' AND %s RETURNING id",
                self.env.uid,
                grace,
                condition,
            )
        )
        found = bool(self.env.cr.fetchall())
        self.invalidate_model(flush=False)
        return found

    # -- rows ----------------------------------------------------------------

    @contextlib.contextmanager
    def _apart(self):
        """Jobs in a transaction of its own that sees what others have just committed."""
        with background.own_cursor(self.env) as cr:
            yield api.Environment(cr, api.SUPERUSER_ID, {})["mlm.job"]

    def _lock(self, condition):
        self.env.cr.execute(SQL("SELECT id FROM mlm_job WHERE %s FOR UPDATE", condition))
        self.invalidate_model(flush=False)
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _set(self, **values):
        if self:
            columns = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
            )
            self.env.cr.execute(SQL("UPDATE mlm_job SET %s WHERE id IN %s", columns, self._ids))
            self.invalidate_recordset(flush=False)


def _now():
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def _teller(db, job_id, token):
    """Return what a thread of the server does when the process it started has ended."""

    def tell(pid, code):
        if code == 0:
            return  # it has said so itself
        # the server may be ending, too: then the next one notices
        with contextlib.suppress(Exception), Registry(db).cursor() as cr:
            jobs = api.Environment(cr, api.SUPERUSER_ID, {})["mlm.job"]
            # it may have gone over to another job in between
            mine = SQL("((id = %s AND token = %s) OR pid = %s)", job_id, token, pid)
            with jobs._apart() as apart:
                for job in apart._lock(SQL("state IN %s AND %s", AT_WORK, mine)):
                    if not job._is_held():
                        job._bury(code)

    return tell
