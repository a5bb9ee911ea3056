"""Run by the environment's Python: loads Odoo and a registry once, then forks a child per script.

A script needs two or three seconds to load Odoo, and the tests start hundreds. Each child is
a process like any other: with its own connections, its own files and its own death. Its
database is a copy of the one whose registry was loaded, with the same modules in it; where it is
not, the child loads its own.

Requests come as lines of JSON on stdin: `{"id", "database", "source", "stdout", "stderr",
"env"}`. Answers go out likewise: `{"id", "pid"}` and, when the child has ended, `{"id",
"status"}` with the status as `subprocess` knows it. The end of stdin ends the children too.
"""

import io
import json
import os
import random
import select
import signal
import sys
import threading
import traceback

# the folder of this file is no place to import from
sys.path.pop(0)

from odoo import sql_db
from odoo.cli.shell import Shell
from odoo.modules.registry import Registry
from odoo.tools import config

_INSTALLED = "SELECT array_agg(name ORDER BY name) FROM ir_module_module WHERE state = 'installed'"


class Nursery:
    """The process that forks."""

    def __init__(self, options):
        self.options = options
        self.registry = self.modules = None
        self.children = {}

    def serve(self):
        """Answer requests until stdin ends."""
        woken, wake = os.pipe()
        for end in (woken, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        pending = b""
        while True:
            ready, _, _ = select.select([0, woken], [], [])
            if woken in ready:
                os.read(woken, 4096)
                self.bury()
            if 0 in ready:
                data = os.read(0, 65536)
                if not data:
                    break
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    self.fork(json.loads(line))
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)

    def fork(self, asked):
        if self.registry is None:
            self.load(asked["database"])
        pid = os.fork()
        if pid == 0:
            self.live(asked)
        self.children[pid] = asked["id"]
        say({"id": asked["id"], "pid": pid})

    def load(self, database):
        shell = Shell()
        shell.init([*self.options, "-d", database])
        self.registry = Registry(database)
        self.modules = installed(self.registry)
        sql_db.close_all()

    def bury(self):
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            say({"id": self.children.pop(pid), "status": os.waitstatus_to_exitcode(status)})

    # -- the child -----------------------------------------------------------

    def live(self, asked):
        """Run a script to its end; never returns."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os.environ.clear()
            os.environ.update(asked["env"])
            self.open_files(asked)
            random.seed()
            config["db_name"] = [asked["database"]]
            self.adopt(asked["database"])
            Shell().shell(asked["database"])
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        except BaseException:
            traceback.print_exc()
        finally:
            for thread in threading.enumerate():
                if thread is not threading.current_thread() and not thread.daemon:
                    thread.join()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def open_files(self, asked):
        files = (
            (asked["source"], os.O_RDONLY),
            (asked["stdout"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (asked["stderr"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        )
        for number, (path, flags) in enumerate(files):
            opened = os.open(path, flags, 0o666)
            os.dup2(opened, number)
            os.close(opened)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        printed = open(1, "wb", buffering=0, closefd=False)  # noqa: SIM115
        sys.stdout = io.TextIOWrapper(printed, encoding="utf-8", write_through=True)

    def adopt(self, database):
        """Make the loaded registry that of the child's database, if it has the same modules."""
        registry, old = self.registry, self.registry.db_name
        sql_db._Pool = sql_db._Pool_readonly = None
        registry.db_name, registry._db = database, sql_db.db_connect(database)
        if installed(registry) != self.modules:
            del Registry.registries[old]
            return
        Registry.registries[database] = registry
        if old != database:
            del Registry.registries[old]
        registry.clear_all_caches()
        registry._invalidation_flags = threading.local()
        registry.setup_signaling()


def installed(registry):
    with registry.cursor() as cr:
        cr.execute(_INSTALLED)
        return cr.fetchone()[0]


def say(answer):
    os.write(answers, json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    # what Odoo prints is no answer
    answers = os.dup(1)
    os.dup2(2, 1)
    Nursery(sys.argv[1:]).serve()
