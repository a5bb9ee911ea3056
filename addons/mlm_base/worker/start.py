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
#: pids that a thread of this process waits for
_awaited = set()


def start(db, job, token, on_end):
    """Start the worker of a job.

    What it needs to know goes through a pipe: the options of this server, whatever they were
    read from, hold passwords, and a command line is read by everybody on the machine.

    :param on_end: ``f(process id, exit status)``, called in a thread when it has ended
    :return: its process id
    """
    # all sessions of the process with the database have one name, by which they can be ended
    options = {**_options(), "db_app_name": f"mlm-{db[:30]}-{job}-{token}"}
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
    try:
        on_end(child.pid, child.wait())
    finally:
        _awaited.discard(child.pid)


def is_awaited(pid):
    """Tell whether a thread of this process will say how a worker has ended."""
    return pid in _awaited


def reap(pid):
    """Take the exit status of a worker that this process started before it began anew.

    :return: the status as `subprocess` gives it, None if it runs or is nobody's child here
    """
    if not pid or pid in _awaited:
        return None
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return None
    return os.waitstatus_to_exitcode(status) if found else None


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
