"""The command line itself: help, errors with a remedy, no stack traces."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mlm_cli import config, odoo_process, odoo_source, paths, postgres, progress
from mlm_cli.commands import serve
from mlm_cli.errors import UserError
from mlm_cli.main import COMMANDS, main
from mlm_cli.paths import ROOT
from mlm_cli.process import run_logged


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"./mlm {command}" in capsys.readouterr().out


def test_commands_are_read_before_their_environment_exists():
    """A fresh machine has Python and nothing else when it reads the command line."""
    code = (
        "import importlib, sys; sys.path.insert(0, sys.argv[1]); from mlm_cli.main import COMMANDS;"
        " [importlib.import_module(f'mlm_cli.commands.{name}') for name in COMMANDS]"
    )
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, ROOT / "tools"], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr


def _mlm(*arguments: str, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "mlm", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        timeout=120,
    )


def test_without_a_command_it_shows_them():
    result = _mlm()
    assert result.returncode == 2
    assert all(command in result.stdout for command in COMMANDS)


def test_an_unknown_command_is_no_stack_trace():
    result = _mlm("brew")
    assert result.returncode == 2
    assert "invalid choice: 'brew'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scenario", "nowhere.yaml"), "There is no file nowhere.yaml"),
        (("test", "nowhere.py"), "There is no nowhere.py"),
        (("backup", "/nowhere/x.tar"), "There is no folder /nowhere"),
        (("restore", "nowhere.tar"), "There is no file"),
    ],
)
def test_wrong_files_are_named(arguments: tuple[str, ...], said: str):
    result = _mlm(*arguments)
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(postgres.free_port()))
    with pytest.raises(UserError, match="does not answer") as caught:
        postgres.ensure()
    assert "unset PGHOST" in str(caught.value)


def _fake_odoo(folder: Path, version: str) -> Path:
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = ({version}, 0, FINAL, 0, '')\n")
    return folder


def test_odoo_of_the_user_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    source = _fake_odoo(tmp_path / "checkout", "19, 0")
    (source / "addons" / "web" / "static").mkdir(parents=True)
    monkeypatch.setenv("ODOO_SRC", str(source))
    monkeypatch.setattr(odoo_source, "LINKS", tmp_path / "links")
    tree = odoo_source.ensure()
    assert (tree.version, tree.origin) == ("19.0", "ODOO_SRC")
    assert tree.extra_addons == (source / "addons",)
    assert (tmp_path / "links" / "odoo" / "release.py").exists()
    assert (tmp_path / "links" / odoo_source.EGG_INFO / "PKG-INFO").exists()


def test_stray_add_ons_of_the_package_are_left_out(tmp_path: Path):
    base = _fake_odoo(tmp_path / odoo_source.DIST_PACKAGES, "19, 0")
    (base / "addons" / "web").mkdir(parents=True)
    tree = odoo_source.tree_at(tmp_path, "package")
    assert tree is not None
    assert tree.extra_addons == ()


def test_another_series_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ODOO_SRC", str(_fake_odoo(tmp_path, "18, 0")))
    with pytest.raises(UserError, match=r"holds Odoo 18\.0"):
        odoo_source.ensure()


def test_a_folder_without_odoo_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ODOO_SRC", str(tmp_path))
    with pytest.raises(UserError, match="holds no Odoo"):
        odoo_source.ensure()


def test_links_that_lead_nowhere_are_found(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "gone.js").symlink_to("../nowhere.js")
    (tmp_path / "a" / "fine.js").symlink_to(__file__)
    assert odoo_source.dangling_links(tmp_path) == [tmp_path / "a" / "gone.js"]


def test_a_failed_program_shows_what_it_said(tmp_path: Path):
    script = "echo preparing; echo 'E: no such package'; exit 3"
    with pytest.raises(UserError) as caught:
        run_logged(["sh", "-c", script], tmp_path / "log", "Fetching", "check the network")
    text = str(caught.value)
    assert "Fetching: failed (exit status 3)" in text
    assert "E: no such package" in text
    assert "-> check the network" in text


def test_progress_in_a_log_is_plain_lines(capsys: pytest.CaptureFixture[str]):
    with progress.step("Working") as shown:
        shown.update(1, 2, "half")
    text = capsys.readouterr().err
    assert text.startswith("Working ...\nWorking: done (")
    assert "\x1b" not in text


@pytest.mark.parametrize("proxy", [False, True])
def test_addresses_of_visitors_are_believed_behind_a_proxy_only(
    proxy: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    called = []
    monkeypatch.setattr(odoo_process, "call", lambda command: called.append(command) or 0)
    tree = odoo_source.OdooTree(tmp_path, "19.0", "test")
    monkeypatch.setattr(config, "STATE", tmp_path)
    monkeypatch.setenv("MLM_PROXY", "1" if proxy else "0")
    ready = config.write(tree, postgres.Server("127.0.0.1", 1, "mlm", "secret"))
    assert f"proxy_mode = {proxy}" in ready.config.read_text().splitlines()
    serve.serve(ready, "company", 8069, proxy)
    assert ("--proxy-mode" in called[0]) is proxy
    assert called[0][:2] == [str(paths.VENV_PYTHON), str(paths.LAUNCHER)]
