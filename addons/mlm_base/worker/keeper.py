# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The worker's side: that it lives, what it works on, and when it has to stop."""

import contextlib
import logging
import os
import threading
import time

import psutil
import psycopg2

from odoo import api
from odoo.modules.registry import Registry
from odoo.sql_db import connection_info_for
from odoo.tools import config

_logger = logging.getLogger(__name__)
#: seconds between looks at the wishes of people, and between signs of life
LOOK, SIGN = 1.0, 10.0
#: exit status of work that raised, of work that a person stopped, and of a process that has no
#: business any more
FAILED, STOPPED, OUTDATED = 1, 72, 73
LOCK = "hashtext('mlm.job'), %(job)s"


class Keeper:
    """Holds the lock that says this job is being worked on.

    The lock belongs to a database session of its own: it is free as soon as this process is
    gone, however it went, and on whatever machine it ran. Without the session nobody knows
    of this process any more, so it ends with it.
    """

    def __init__(self, db, job, token, server):
        self.db, self.server = db, server
        self.key = {"job": job, "token": token}
        _name, info = connection_info_for(db)
        self.connection = psycopg2.connect(**info)
        self.connection.set_session(isolation_level="READ COMMITTED", autocommit=True)

    def begin(self):
        """Take the job; False when it was given to another process meanwhile."""
        if not self._take():
            return False
        threading.Thread(target=self._watch, name="mlm.job.keeper", daemon=True).start()
        return True

    def _take(self):
        # one that is just ending lets it go in a moment
        self._run(f"SELECT pg_advisory_lock({LOCK})")
        mine = self._run(
            "UPDATE mlm_job SET state = 'running', pid = %(pid)s, session = %(session)s,"
            " seen_at = now() AT TIME ZONE 'UTC'"
            " WHERE id = %(job)s AND token = %(token)s AND state = 'starting' RETURNING cron_id",
            pid=os.getpid(),
            session=config["db_app_name"],
        )
        self.cron = mine[0][0] if mine else None
        return bool(mine)

    def _take_next(self):
        """Take a job for which there was no process, the oldest wish first."""
        found = self._run(
            "UPDATE mlm_job SET state = 'starting', token = token + 1,"
            " started_at = now() AT TIME ZONE 'UTC' WHERE id ="
            " (SELECT id FROM mlm_job WHERE state = 'waiting'"
            " ORDER BY started_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, token"
        )
        if not found:
            return False
        before, self.key = self.key, dict(zip(("job", "token"), found[0], strict=True))
        with self.connection.cursor() as cr:
            cr.execute(f"SELECT pg_advisory_unlock({LOCK})", before)
        return self._take()

    def work(self):
        """Do the scheduled action, again as often as it was asked for meanwhile, and others
        that wait.

        :return: exit status
        """
        status = 0
        registry = Registry(self.db).check_signaling()
        while True:
            failed = 0
            try:
                with registry.cursor() as cr:
                    self._do(api.Environment(cr, api.SUPERUSER_ID, {}))
            except Exception:
                _logger.exception("job %s failed", self.key["job"])
                status = failed = FAILED
            if self._is_finished(failed) and not self._take_next():
                return status

    def _do(self, env):
        cron = env["ir.cron"].browse(self.cron)
        started = time.monotonic()
        _logger.info("%s: starting in a process of its own", cron.name)
        cron.with_user(cron.user_id)._callback(cron.name, cron.ir_actions_server_id.id)
        _logger.info("%s: done in %.1f s", cron.name, time.monotonic() - started)

    def _is_finished(self, status):
        """Say that the work is done, unless somebody asked for more at the same moment."""
        if self._run(
            "UPDATE mlm_job SET state = 'idle', pid = NULL, status = %(status)s, deaths = 0,"
            " ended_at = now() AT TIME ZONE 'UTC'"
            " WHERE id = %(job)s AND token = %(token)s AND NOT again RETURNING id",
            status=status,
        ):
            return True
        self._run("UPDATE mlm_job SET again = false WHERE id = %(job)s AND token = %(token)s")
        return False

    @contextlib.contextmanager
    def at_work(self, record):
        """While this lasts, the death of this process is told on a record."""
        self._note(record._name, record.id)
        try:
            yield
        finally:
            self._note(None, None)

    def _note(self, model, record):
        self._run(
            "UPDATE mlm_job SET res_model = %(model)s, res_id = %(record)s, stop_at = NULL,"
            " stop_user_id = NULL WHERE id = %(job)s AND token = %(token)s",
            model=model,
            record=record,
        )

    # -- beside the work -----------------------------------------------------

    def _watch(self):
        signed = time.monotonic()
        while True:
            time.sleep(LOOK)
            try:
                if time.monotonic() - signed > SIGN:
                    signed = time.monotonic()
                    self._run(
                        "UPDATE mlm_job SET seen_at = now() AT TIME ZONE 'UTC'"
                        " WHERE id = %(job)s AND token = %(token)s"
                    )
                self._look()
            except psycopg2.Error:
                _logger.exception("job %s: its session with the database is lost", self.key["job"])
                os._exit(OUTDATED)

    def _look(self):
        found = self._run(
            "SELECT stop_at <= now() AT TIME ZONE 'UTC' FROM mlm_job"
            " WHERE id = %(job)s AND token = %(token)s"
        )
        if not found:
            os._exit(OUTDATED)
        if found[0][0]:
            os._exit(STOPPED)
        if self.server and not self._server_lives():
            self._leave()

    def _server_lives(self):
        pid, started = self.server
        try:
            process = psutil.Process(pid)
            return process.create_time() == started and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def _leave(self):
        """The server has ended: the work goes on when it is started again."""
        _logger.info("job %s: the server has ended; it goes on with the next one", self.key["job"])
        self._run(
            "UPDATE mlm_job SET state = 'idle', pid = NULL, res_model = NULL, res_id = NULL"
            " WHERE id = %(job)s AND token = %(token)s"
        )
        self._run(
            "INSERT INTO ir_cron_trigger (cron_id, call_at)"
            " VALUES (%(cron)s, now() AT TIME ZONE 'UTC')",
            cron=self.cron,
        )
        # what the database does for the work ends here, not when it has an answer to give
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %(session)s AND datname = current_database()"
            " AND pid <> pg_backend_pid()",
            session=config["db_app_name"],
        )
        os._exit(0)

    def _run(self, query, **values):
        with self.connection.cursor() as cr:
            cr.execute(query, {**self.key, **values})
            return cr.fetchall() if cr.description else cr.rowcount
