"""Package lists of a mirror that lags behind the clock are read, other failures are not hidden."""

import pytest
from mlm_cli import apt
from mlm_cli.errors import UserError

EXPIRED = "E: Release file for MIRROR/dists/sid/InRelease is expired (invalid since 15d)."


@pytest.fixture
def private(tmp_path, monkeypatch):
    monkeypatch.setattr(apt, "CACHE", tmp_path)
    return apt.PrivateApt("test", [])


def failing(answers, calls):
    def run(arguments, shown, cwd=None):
        calls.append(arguments)
        answer = answers.pop(0)
        if answer:
            raise UserError(answer)

    return run


def test_expired_lists_are_read_with_a_note(private, monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(private, "_run", failing([EXPIRED, None], calls))
    private.update(None)
    assert len(calls) == 2
    assert "Check-Valid-Until" in private.config.read_text(encoding="utf-8")
    assert "older than this machine's clock" in capsys.readouterr().err


def test_dates_are_checked_otherwise(private, monkeypatch):
    monkeypatch.setattr(private, "_run", failing([None], []))
    private.update(None)
    assert "Check-Valid-Until" not in private.config.read_text(encoding="utf-8")


def test_other_failures_are_told(private, monkeypatch):
    calls = []
    monkeypatch.setattr(private, "_run", failing(["apt-get update failed: no network"], calls))
    with pytest.raises(UserError, match="no network"):
        private.update(None)
    assert len(calls) == 1
