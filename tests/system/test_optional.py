"""Add-ons that a database has only when somebody chose them: installed and tested by themselves."""

import pytest
from mlm_cli import odoo_process, process
from mlm_cli.paths import OPTIONAL
from mlm_cli.postgres import free_port


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_joins_a_whole_database(name, odoo_db, odoo_runtime, tmp_path):
    """Installed beside all others, its own tests pass."""
    log = tmp_path / f"{name}.log"
    command = odoo_process.command(
        odoo_runtime,
        *("-d", odoo_db, "-i", name, "--test-tags", f"/{name}", "--stop-after-init"),
        *("-p", str(free_port())),
    )
    process.run_logged(command, log, f"tests of {name}")
    text = log.read_text(encoding="utf-8")
    assert " 0 failed, 0 error(s) of " in text, text[-4000:]
    assert " 0 failed, 0 error(s) of 0 tests" not in text
