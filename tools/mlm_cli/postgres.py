"""The database server: the user's own when `PGHOST` and friends name one, else a private one.

Two private clusters exist side by side: `main` keeps people's data, `test` trades safety for
speed. PostgreSQL refuses to run as root; then the cluster belongs to another account and lies
where that account can reach it. Clusters listen on a loopback port with a password that is
kept in a file only the owner reads, and go on running between commands.
"""

import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import pg_binaries
from .errors import UserError
from .language import _
from .lock import file_lock
from .paths import STATE, checkout_id, private_folder, write_private
from .pg_binaries import Binaries
from .process import child_env, failed
from .progress import note, step

ROLE = "mlm"
CLUSTERS = ("main", "test")
#: Where clusters lie that root starts: other accounts reach no folder below root's home.
SYSTEM_FOLDER = Path("/var/lib")

_COMMON = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 256MB
maintenance_work_mem = 128MB
max_locks_per_transaction = 256
# thousands of short queries: compiling them costs more than it saves
jit = off
logging_collector = off
"""
_TEST_ONLY = """\
# test data is thrown away: a crash of the machine may destroy it
fsync = off
synchronous_commit = off
full_page_writes = off
# it would learn that tables are empty between two tests, and the next one, which fills them in
# one transaction, would run for minutes on plans made for empty tables
autovacuum = off
"""


@dataclass(frozen=True)
class Server:
    """How to connect. `private` tells our own cluster from one that the user named."""

    host: str
    port: int
    user: str
    password: str
    private: bool = True

    def env(self) -> dict[str, str]:
        """libpq's variables, for psql, pg_dump and child processes."""
        values = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        if self.password:
            values["PGPASSWORD"] = self.password
        return values


def named_by_user() -> Server | None:
    """The server that libpq's variables name, or None when they name none."""
    if not os.environ.get("PGHOST"):
        return None
    return Server(
        host=os.environ["PGHOST"],
        port=int(os.environ.get("PGPORT") or 5432),
        user=os.environ.get("PGUSER") or pwd.getpwuid(os.geteuid()).pw_name,
        password=os.environ.get("PGPASSWORD", ""),
        private=False,
    )


def ensure(name: str = "main") -> Server:
    """A server that answers: started, created or obtained as needed.

    :param name: `main`, or `test` for the one that may lose data
    :raises UserError: the user's server does not answer, or no private one can be had
    """
    server = named_by_user()
    if server:
        _require_answer(server)
        return server
    cluster = Cluster(name)
    with file_lock(STATE / "postgres" / f"{name}.lock"):
        return cluster.ensure_running()


def _require_answer(server: Server) -> None:
    if server.host.startswith("/"):
        return  # a socket folder: the first connection says what is wrong
    try:
        socket.create_connection((server.host, server.port), timeout=5).close()
    except OSError as error:
        raise UserError(
            _(
                "The server that PGHOST names, {server}, does not answer: {reason}",
                server=f"{server.host}:{server.port}",
                reason=error,
            ),
            _("start it, or unset PGHOST to use a private one"),
        ) from None


class Cluster:
    """One private cluster of this checkout; its description is a JSON file in the state folder."""

    def __init__(self, name: str):
        self.name = name
        self.description = STATE / "postgres" / f"{name}.json"

    def exists(self) -> bool:
        return self.description.exists()

    def ensure_running(self) -> Server:
        if self.exists() and not Path(self._read()["data"]).is_dir():
            note(
                _(
                    "The folder of the database server {name} is gone: a new one is made.",
                    name=self.name,
                )
            )
            self.description.unlink()
        if not self.exists():
            self._create()
        elif not self._answers():
            self._start()
        return self._server()

    def stop(self) -> bool:
        """Stop the cluster; False when it was not running."""
        # without its programs it cannot be running, and nothing is installed to find that out
        if not self.exists() or pg_binaries.find(self._read()["major"]) is None:
            return False
        if not self._is_running():
            return False
        self._control("stop", "-m", "fast")
        return True

    def delete(self) -> None:
        """Delete the stopped cluster with all its databases."""
        if self.exists():
            data = Path(self._read()["data"])
            shutil.rmtree(data, ignore_errors=True)
            (data.parent / f"{self.name}.log").unlink(missing_ok=True)
            self.description.unlink()
            if data.parent.parent == SYSTEM_FOLDER and not any(data.parent.iterdir()):
                data.parent.rmdir()

    def _create(self) -> None:
        binaries = pg_binaries.ensure()
        account = _account()
        data = self._data_folder(account)
        with step(_("Creating the database server {name}", name=self.name)):
            admin, password = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
            secret = data.parent / f"{self.name}.password"
            secret.write_text(admin, encoding="utf-8")
            secret.chmod(0o600)
            if account:
                os.chown(secret, account.pw_uid, account.pw_gid)
            self._run_as(
                account,
                binaries,
                "initdb",
                *("-D", data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}"),
                *("--encoding=UTF8", "--locale=C", "--no-instructions"),
            )
            secret.unlink()
            settings = _COMMON + (_TEST_ONLY if self.name == "test" else "")
            with (data / "postgresql.conf").open("a", encoding="utf-8") as stream:
                stream.write(settings)
            self._write(
                {
                    "data": str(data),
                    "port": free_port(),
                    "user": account.pw_name if account else "",
                    "major": binaries.major,
                    "admin_password": admin,
                    "password": password,
                }
            )
            self._start()
            self._create_role()

    def _data_folder(self, account: pwd.struct_passwd | None) -> Path:
        """An empty folder that the server's account owns and can reach."""
        if account is None:
            base = private_folder(STATE / "postgres")
        else:
            base = SYSTEM_FOLDER / f"mlm-{checkout_id()}"
            base.mkdir(mode=0o700, exist_ok=True)
            os.chown(base, account.pw_uid, account.pw_gid)
        data = base / self.name
        if data.exists():
            # left by an initdb that was interrupted: its description was never written
            shutil.rmtree(data)
        return data

    def _create_role(self) -> None:
        """The role Odoo works as: it may create databases, and is no superuser."""
        values = self._read()
        password = values["password"].replace("'", "''")
        result = subprocess.run(
            [self._binaries().program("psql"), "-X", "-q", "-d", "postgres", "-f", "-"],
            input=f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}';",
            text=True,
            capture_output=True,
            env=child_env(
                {
                    **self._binaries().env(),
                    **self._server().env(),
                    "PGUSER": "postgres",
                    "PGPASSWORD": values["admin_password"],
                }
            ),
        )
        if result.returncode or "ERROR" in result.stderr:
            raise failed("CREATE ROLE", result.stderr)

    def _start(self) -> None:
        values = self._read()
        if self._is_running():
            return
        if not port_is_free(values["port"]):
            values["port"] = free_port()
            self._write(values)
        log = Path(values["data"]).parent / f"{self.name}.log"
        self._control("start", "-l", log, "-o", f"-p {values['port']}", "-t", "60")

    def _is_running(self) -> bool:
        return self._control("status", check=False) == 0

    def _answers(self) -> bool:
        """Whether the server's port is open: much cheaper than asking pg_ctl."""
        data = Path(self._read()["data"])
        return (data / "postmaster.pid").exists() and not port_is_free(self._read()["port"])

    def _control(self, action: str, *options: str | Path, check: bool = True) -> int:
        values = self._read()
        account = pwd.getpwnam(values["user"]) if values["user"] else None
        arguments = [action, "-D", values["data"], "-w", *options]
        if action == "status":
            arguments.remove("-w")
        return self._run_as(account, self._binaries(), "pg_ctl", *arguments, check=check)

    def _run_as(
        self,
        account: pwd.struct_passwd | None,
        binaries: Binaries,
        program: str,
        *arguments: str | Path,
        check: bool = True,
    ) -> int:
        """Run a server program, as another account when root calls; out of reach of Ctrl-C."""
        identity = (
            {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        )
        # output goes to a file: a pipe would stay open as long as the server runs
        log = STATE / "logs" / f"postgres-{self.name}-{program}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w+", encoding="utf-8", errors="replace") as stream:
            status = subprocess.run(
                [str(binaries.program(program)), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                cwd="/",
                env=child_env({**binaries.env(), "LC_ALL": "C"}),
                start_new_session=True,
                **identity,
            ).returncode
            stream.seek(0)
            said = stream.read().strip()
        if check and status:
            raise failed(
                program,
                said,
                _("the server's log: {path}", path=self._log_hint()),
                _("or name a running server: PGHOST, PGPORT, PGUSER, PGPASSWORD"),
            )
        return status

    def _log_hint(self) -> str:
        return str(Path(self._read()["data"]).parent / f"{self.name}.log") if self.exists() else "-"

    def _binaries(self) -> Binaries:
        return pg_binaries.ensure(self._read()["major"])

    def _server(self) -> Server:
        values = self._read()
        return Server("127.0.0.1", values["port"], ROLE, values["password"])

    def _read(self) -> dict:
        return json.loads(self.description.read_text(encoding="utf-8"))

    def _write(self, values: dict) -> None:
        write_private(self.description, json.dumps(values, indent=1))


def _account() -> pwd.struct_passwd | None:
    """The account a server runs as: None for one's own; root needs another."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise UserError(
        _("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`."),
        _("run {command} as an ordinary user", command="./mlm"),
        _("or name a running server: PGHOST, PGPORT, PGUSER, PGPASSWORD"),
    )


def port_is_free(port: int) -> bool:
    """Whether nothing listens on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A loopback port that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
