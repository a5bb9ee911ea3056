"""Every requirement is an exact pin, for every Python that Odoo 19 runs on."""

import re
from pathlib import Path

import pytest
from mlm_cli import python_env

PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[\w.]+)"
    r"(?: ; python_version (?P<operator><|>=) \"(?P<limit>[\d.]+)\")?$"
)
PYTHONS = ("3.10", "3.11", "3.12", "3.13")


def _pins(path: Path) -> list[re.Match]:
    lines = [
        line
        for line in python_env.requirement_lines(path.read_text(encoding="utf-8"))
        if not line.startswith("-e ./packages/")
    ]
    matches = [PIN.match(line) for line in lines]
    assert all(matches), [line for line, match in zip(lines, matches, strict=True) if not match]
    return [match for match in matches if match]


def _applies(pin: re.Match, python: str) -> bool:
    if not pin["operator"]:
        return True
    here, limit = (tuple(map(int, text.split("."))) for text in (python, pin["limit"]))
    return here < limit if pin["operator"] == "<" else here >= limit


@pytest.mark.parametrize("path", [python_env.REQUIREMENTS, python_env.TRANSITIVE, python_env.OCA])
def test_pins_are_exact(path: Path):
    _pins(path)


@pytest.mark.parametrize("python", PYTHONS)
def test_one_version_of_each_package_per_python(python: str):
    names = [
        pin["name"].lower().replace("_", "-")
        for path in (python_env.REQUIREMENTS, python_env.TRANSITIVE)
        for pin in _pins(path)
        if _applies(pin, python)
    ]
    assert sorted(names) == sorted(set(names))
    assert {"lxml", "markupsafe", "numpy", "psycopg2-binary", "playwright"} <= set(names)


def test_newest_python_gets_versions_that_have_wheels():
    chosen = {
        pin["name"]: pin["version"]
        for pin in _pins(python_env.REQUIREMENTS)
        if _applies(pin, "3.13")
    }
    assert (chosen["lxml"], chosen["MarkupSafe"]) == ("5.4.0", "3.0.2")


def test_comments_and_blank_lines_are_no_requirements():
    assert list(python_env.requirement_lines("# a\n\nb==1  # why\n  \n")) == ["b==1"]


def test_add_ons_of_oca_are_of_this_series():
    assert all(pin["version"].startswith("19.0.") for pin in _pins(python_env.OCA))
