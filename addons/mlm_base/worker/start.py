# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server's side: start a worker, and wait for its end."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil

import odoo.cli
from odoo.service import server
from odoo.tools import config

PROCESS = Path(__file__).with_name("process.py")
#: what belongs to the server's own socket and start, and what a worker does not do
_VARIABLES = (
    "LISTEN_FDS",
    "LISTEN_FDNAMES",
    "LISTEN_PID",
    "ODOO_HTTP_SOCKET_FD",
    "ODOO_READY_SIGHUP_PID",
)
_OPTIONS = ("config", "init", "pidfile", "reinit", "save", "stop_after_init", "test_file", "update")
#: pids whose end a thread of this process waits for and tells
_awaited = set()


def session_name(db, job, token):
    """Name that all sessions of a worker with the database have, by which they can be ended."""
    return f"mlm-{db[:30]}-{job}-{token}"


def start(db, job, token, on_end):
    """Start the worker of a job.

    What it needs to know goes through a pipe: the options of this server, whatever they were
    read from, hold passwords, and a command line is read by everybody on the machine.

    :param on_end: ``f(exit status)``, called in a thread when it has ended
    :return: its process id
    """
    options = {**_options(), "db_app_name": session_name(db, job, token)}
    order = {"db": db, "job": job, "token": token, "path": sys.path, "server": _server()}
    child = subprocess.Popen(
        [sys.executable, str(PROCESS), db, f"job-{job}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key not in _VARIABLES},
        # a Ctrl-C is for the server, and the end of a request's process no end of the work
        start_new_session=True,
    )
    _awaited.add(child.pid)
    with child.stdin:
        child.stdin.write(json.dumps({**order, "options": options}).encode())
    threading.Thread(
        target=_await, args=(child, on_end), name=f"mlm.job.{job}", daemon=True
    ).start()
    return child.pid


def _await(child, on_end):
    # it is reaped when its end is told: until then whoever looks finds the status, too
    ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    try:
        on_end(_get_status(ended))
    finally:
        child.wait()
        _awaited.discard(child.pid)


def reap(pid):
    """Return the exit status of a worker that this process started, now or before it began anew.

    :return: the status as `subprocess` gives it, None if it runs or is nobody's child here
    """
    if not pid:
        return None
    look = os.WEXITED | os.WNOHANG | (os.WNOWAIT if pid in _awaited else 0)
    try:
        ended = os.waitid(os.P_PID, pid, look)
    except ChildProcessError:
        return None
    return _get_status(ended) if ended else None


def _get_status(ended):
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def _options():
    """What this server is configured with, from wherever it came."""
    chosen = {}
    for name, value in config.options.items():
        if name not in _OPTIONS and not name.startswith("test_"):
            chosen[name] = list(value) if isinstance(value, set | tuple) else value
    return {**chosen, "workers": 0, "max_cron_threads": 0, "http_enable": False}


def _server():
    """Process whose end is the end of its workers: ``[pid, moment of its start]``, or None.

    A process that starts itself again keeps both. Where somebody works in a shell there is
    no server, and the work goes on after the shell.
    """
    if odoo.cli.COMMAND != "server" or server.server is None:
        return None
    # in a child that serves requests or actions this is still the process that stays
    process = psutil.Process(server.server.pid)
    return [process.pid, process.create_time()]
