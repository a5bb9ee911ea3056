"""Creating a database for a company in Colombia: before accounting is installed, so that
the country's chart of accounts is the one that comes with it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from . import odoo_process, process
from .config import Runtime
from .language import _

LANGUAGES = "es_CO,en_US"

_COLOMBIA = """
colombia = env.ref("base.co")
company = env.ref("base.main_company")
company.write({"country_id": colombia.id, "currency_id": colombia.currency_id.id})
env["res.users"].with_context(active_test=False).search([]).write({"tz": "America/Bogota"})
"""
ATTACHMENTS_IN_DATABASE = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
"""
COMMIT = "\nenv.cr.commit()\n"


def create(
    runtime: Runtime,
    database: str,
    modules: Iterable[str],
    shown,
    log: Path,
    attachments_in_database: bool = False,
) -> None:
    """Install `modules` into a new database in Spanish and English.

    :param shown: takes the progress
    :param log: the log of the installation; those of the steps before lie beside it
    :param attachments_in_database: keep no files beside it, so that it can be copied by itself
    :raises UserError: an installation failed
    """
    early = log.with_suffix(".base.log")
    odoo_process.install(
        runtime,
        database,
        ["base", "web"],
        _Part(shown, 0.0, 0.15),
        f"--load-language={LANGUAGES}",
        log=early,
    )
    code = _COLOMBIA + (ATTACHMENTS_IN_DATABASE if attachments_in_database else "") + COMMIT
    run_script(runtime, database, code, log.with_suffix(".company.log"))
    odoo_process.install(runtime, database, modules, _Part(shown, 0.15, 1.0), log=log)


def run_script(
    runtime: Runtime,
    database: str,
    code: str,
    log: Path,
    what: str = "",
    on_line: Callable[[str], None] | None = None,
    env: dict[str, str] | None = None,
) -> None:
    """Run Python in `odoo shell` with everything it says kept in a log.

    :raises UserError: it failed
    """
    process.run_logged(
        odoo_process.command(runtime, "-d", database, "--no-http", subcommand="shell"),
        log,
        what or _("Preparing the database"),
        stdin_text=code,
        on_line=on_line,
        env=env,
    )


class _Part:
    """A stretch of a longer progress."""

    def __init__(self, shown, start: float, end: float):
        self.shown, self.start, self.end = shown, start, end

    def update(self, done: float, total: float, detail: str = "") -> None:
        share = done / total if total else 0.0
        self.shown.update(self.start + share * (self.end - self.start), 1.0, detail)
