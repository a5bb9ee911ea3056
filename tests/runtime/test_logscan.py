"""Odoo's log: what counts as worrying, and what the allow-list lets pass."""

import re
from pathlib import Path

import pytest
from mlm_cli.testing.logscan import Allowed, allowlist, scan, worrying_records

LOG = """\
2026-11-21 20:56:08,107 7048 INFO db odoo.service.server: fine
2026-11-21 20:56:08,108 7048 WARNING db odoo.fields: unknown parameter 'x'
2026-11-21 20:56:08,109 7048 ERROR ? odoo.sql_db: bad query: SELECT 1
ERROR: duplicate key
2026-11-21 20:56:08,110 7048 ERROR db odoo.addons.mlm_base.tests.test_x: FAIL: TestX.test_a
Traceback (most recent call last):
2026-11-21 20:56:08,111 7048 ERROR db odoo.tests.result: 1 failed, 0 error(s) of 2 tests
Running as user 'root' is a security risk.
"""


def test_warnings_and_errors_with_the_lines_that_continue_them():
    first, second = worrying_records(LOG.splitlines(keepends=True))
    assert str(first) == "WARNING odoo.fields: unknown parameter 'x'"
    assert second.level == "ERROR"
    assert second.message == "bad query: SELECT 1\nERROR: duplicate key"


def test_a_failed_test_is_counted_by_its_runner_only():
    assert not any("TestX" in str(record) for record in worrying_records(LOG.splitlines()))


def test_allowed_records_pass(tmp_path: Path):
    log = tmp_path / "a.log"
    log.write_text(LOG)
    allowed = [Allowed(re.compile("unknown parameter"), "a reason")]
    assert [record.logger for record in scan(log, allowed)] == ["odoo.sql_db"]


def test_a_test_may_allow_more_for_its_own_process(tmp_path: Path):
    log = tmp_path / "a.log"
    log.write_text(LOG)
    (tmp_path / "a.log.allow").write_text("unknown parameter\n^ERROR odoo.sql_db: bad query")
    assert scan(log, []) == []


def test_repetitions_are_reported_once(tmp_path: Path):
    log = tmp_path / "a.log"
    log.write_text(LOG + LOG)
    assert len(scan(log, [])) == 2


def test_the_list_in_use_gives_a_reason_for_everything():
    assert all(len(entry.reason) > 10 for entry in allowlist())


def test_an_entry_without_a_reason_is_refused(tmp_path: Path):
    path = tmp_path / "list.toml"
    path.write_text("[[allow]]\npattern = 'x'\n")
    with pytest.raises(ValueError, match="gives no reason"):
        allowlist(path)
