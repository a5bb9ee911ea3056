"""The console speaks one language: Spanish where the environment asks for it, else English."""

import argparse
import ast
import os
import subprocess
import sys
from decimal import Decimal

import console_texts
import pytest
from mlm_cli import catalogues, demo_report, language, progress
from mlm_cli.commands import audit, compare
from mlm_cli.main import COMMANDS
from mlm_cli.paths import ROOT

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
HELP_OF_ALL = """
import sys
sys.path.insert(0, sys.argv[1])
from mlm_cli.main import main
for arguments in ([], *([name] for name in sys.argv[2:])):
    try:
        main([*arguments, "--help"])
    except SystemExit as ended:
        assert ended.code == 0
"""


@pytest.fixture
def spanish(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANGUAGE", "es")


def mlm(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [ROOT / "mlm", *arguments], capture_output=True, text=True, env=env | variables, timeout=120
    )


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "pt_BR.UTF-8"}, "en"),
        ({"LANG": "es_CO.UTF-8"}, "es"),
        ({"LANG": "es"}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_CO.UTF-8"}, "es"),
        ({"LANG": "es_CO.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_CO.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "es_CO.UTF-8"}, "es"),
        ({"LC_ALL": "en_US.UTF-8", "LANGUAGE": "es_CO:en"}, "es"),
        ({"LC_ALL": "es_CO.UTF-8", "LANGUAGE": "en:es"}, "en"),
        ({"LC_ALL": "", "LANG": "es_CO.UTF-8"}, "es"),
    ],
)
def test_the_environment_decides(
    variables: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.spoken() == spoken
    language.speak(language.spoken())
    assert language._("There is no such run.") == (
        "No existe esa liquidación." if spoken == "es" else "There is no such run."
    )


def test_each_text_of_the_console_is_marked():
    assert console_texts.unmarked() == [], "write _(…) around them, and their values behind"
    assert console_texts.shadowed() == [], "`_` translates there: name the rest otherwise"


@pytest.mark.parametrize(
    "source",
    [
        'print("nothing")',
        'note(f"{path} written")',
        'raise UserError(_("x"), "choose")',
        'raise UserError("Nothing: " + said)',
        'with step("Working" if long else _("x")): pass',
        'parser.add_argument("file", metavar=_("FILE"), help="archive")',
        'parser.add_argument("--port", metavar="PORT")',
        'HELP = "make"',
        'shown.append(", ".join(["nothing", name]))',
        'chosen.ask(ready, name, CODE, "check", "Checking")',
        'apt.install(["postgresql"], "PostgreSQL for us")',
        'run_logged(command, log, "Preparing the database")',
        'REMEDIES = ("give a source tree",)',
        'def lines() -> Iterator[str]:\n    yield f"  proof {amount}"',
    ],
)
def test_an_unmarked_text_is_seen(source: str):
    assert len({text for _line, text in console_texts.of(ast.parse(source))}) == 1


def test_what_is_no_text_is_left_out():
    source = '''
"""A page about it."""
_SCRIPT = """
print(all of it)
"""
def run(cr):
    """Words about it."""
    cr.execute("SELECT name FROM them ORDER BY name")
    print(f"{_('written')}: {found['path']}")
    raise UserError(_("make it with {command}", command="./mlm demo again"))
'''
    assert list(console_texts.of(ast.parse(source))) == []


@pytest.mark.parametrize("variables", [{"LANG": "es_CO.UTF-8"}, {"LANG": "C"}])
def test_help_is_in_one_language(variables: dict[str, str]):
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    said = subprocess.run(
        [sys.executable, "-c", HELP_OF_ALL, ROOT / "tools", *COMMANDS],
        capture_output=True,
        text=True,
        env=env | variables | {"COLUMNS": "10000"},
    )
    assert said.returncode == 0, said.stderr
    catalog = catalogues.read(catalogues.CONSOLE.files()["es"])
    pairs = [(one.id, one.string) for one in catalog if isinstance(one.id, str)]
    pairs = [(english, told) for english, told in pairs if " " in english and "{" not in english]
    other = 0 if variables["LANG"].startswith("es") else 1
    assert [pair for pair in pairs if pair[1 - other] in said.stdout][30:]
    assert [
        pair for pair in pairs if pair[other] != pair[1 - other] and pair[other] in said.stdout
    ] == []


def test_errors_are_in_one_language():
    for variables, usage, remedy in (
        ({"LANG": "es_CO.UTF-8"}, "uso: ", "No existe la carpeta /nowhere."),
        ({"LC_ALL": "C", "LANG": "es_CO.UTF-8"}, "usage: ", "There is no folder /nowhere."),
    ):
        result = mlm("brew", **variables)
        assert result.returncode == 2 and result.stderr.startswith(usage)
        result = mlm("backup", "/nowhere/x.tar", **variables)
        assert result.returncode == 1 and result.stderr == f"mlm: {remedy}\n"


def test_what_developers_read_is_english():
    result = mlm("test", "nowhere.py", LANG="es_CO.UTF-8")
    assert result.returncode == 1 and result.stderr == "mlm: There is no nowhere.py.\n"
    assert mlm("test", "--brew", LANG="es_CO.UTF-8").stderr.startswith("uso: ")


def test_a_language_that_is_named_is_spoken_throughout():
    result = mlm("scenario", "--lang", "es", "nowhere.yaml", LANG="C")
    assert result.stderr == "mlm: No existe el archivo nowhere.yaml.\n"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANG": "es_CO.UTF-8"}, "mlm: no hay Python 3.10-3.13.\n  -> instálelo "),
        ({"LANG": "es_CO.UTF-8", "LC_ALL": "C"}, "mlm: no Python 3.10-3.13 found.\n  -> install "),
    ],
)
def test_before_there_is_python(tmp_path, variables: dict[str, str], said: str):
    script = tmp_path / "mlm"
    text = (ROOT / "mlm").read_text(encoding="utf-8")
    script.write_text(text.replace("/usr/bin/python3", "/nowhere/python3"), encoding="utf-8")
    for program in ("dirname", "id"):
        (tmp_path / program).symlink_to(f"/usr/bin/{program}")
    result = subprocess.run(
        ["/bin/sh", script],
        capture_output=True,
        text=True,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path), **variables},
    )
    assert result.returncode == 1
    assert result.stderr.startswith(said)


def test_numbers_are_written_as_the_language_does(monkeypatch: pytest.MonkeyPatch):
    for spoken, written in (
        ("en", ["42,143,800", "-1,234.50", "0.125", "45%", "1,200 files", "1 file"]),
        ("es", ["42.143.800", "-1.234,50", "0,125", "45 %", "1.200 archivos", "1 archivo"]),
    ):
        monkeypatch.setenv("LANGUAGE", spoken)
        assert [
            language.number(Decimal("42143800")),
            language.number("-1234.5", 2),
            language.exact("0.125"),
            language.percent(0.45),
            *(
                language.how_many(count, "Writing {count} file", "Writing {count} files").split(
                    maxsplit=1
                )[1]
                for count in (1200, 1)
            ),
        ] == written


def test_progress_is_in_spanish(spanish, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(ZeroDivisionError), progress.step("Pedidos"):
        1 / 0  # noqa: B018
    with progress.step("Pedidos"):
        pass
    said = capsys.readouterr().err.splitlines()
    assert said[1].startswith("Pedidos: falló (0,") and said[3].startswith("Pedidos: listo (0,")


def test_the_figures_of_the_demo_are_in_spanish(spanish):
    cycle = {
        "number": 924,
        "start": "2026-08-17",
        "end": "2026-08-23",
        "pay_date": "2026-09-04",
        "earnings": {f"CO{number:02}": {"binary": "2107190.50"} for number in range(20)},
        "ranks": {"CO01": "Bronce"},
        "withheld": "4214380",
        "payable": "37929430.00",
        "entries": ["COM/924/0001"],
        "debit": "42143810",
        "credit": "42143810",
        "digest": "ab",
    }
    cycles = [{**cycle, "number": number} for number in range(924, 927)]
    text = "\n".join(demo_report.lines({"cycles": cycles, "proof": ["El motor da lo mismo."]}))
    for said in (
        "Ciclo 924: 2026-08-17 a 2026-08-23, fecha de pago 2026-09-04",
        "y 5 beneficiarios más, en total 10.535.952,50",
        "prueba: débitos 42.143.810 = créditos 42.143.810 = ganancias 42.143.810",
        "retenido 4.214.380, por pagar 37.929.430",
        "rangos: Bronce 1",
        "asientos contables (1): COM/924/0001",
        "Ciclos siguientes, hasta el actual",
    ):
        assert said in text
    assert not {"payee", "payees", "cycle", "rank", "withheld", "amount"} & set(text.split())
    wrong = "\n".join(demo_report.contradictions({"cycles": [{**cycle, "debit": "1"}]}))
    assert wrong == "débitos 1 ≠ créditos 42.143.810"


def test_logins_are_in_the_language_of_who_serves(monkeypatch: pytest.MonkeyPatch):
    account = {"name": "Ana", "login": "ana@x", "password": "p"}
    roles = {"en": "Manager", "es": "Gerente"}
    summary = {"logins": {lang: [{**account, "role": role}] for lang, role in roles.items()}}
    for lang, head in (("en", "Log in as:"), ("es", "Inicie sesión como:")):
        monkeypatch.setenv("LANGUAGE", lang)
        said = list(demo_report.logins(summary))
        assert said[0] == head and said[-1].split() == [roles[lang], "Ana", "ana@x", "p"]


def test_a_verdict_and_a_comparison_in_spanish(spanish):
    told = {
        "run": "Ciclo 924",
        "state": "Contabilizada",
        "scope": "Todos",
        "differences": [
            {"person": f"CO{place:02}", "what": "Ganancia", "text": "x"} for place in range(60)
        ],
    }
    document = {"digest": "ab", "people": 1234, "note": ""}
    said = audit.lines(document, told)
    assert said[0] == "Ciclo 924 · Contabilizada"
    assert said[2].startswith("1.234 personas recalculadas") and said[2].endswith("(Todos)")
    assert said[-2:] == ["… 10 más (--json muestra todas)", "60 diferencias"]
    assert audit.lines(document, {**told, "differences": []})[-1].startswith("Ambos cálculos")

    one = {"cause": "x", "name": "Sin explicación", "lines": 1200, "difference": "-1234.5"}
    two = {"cause": "x", "code": "CO1", "bonus": None, "note": "n", "old": "2000", "ours": "765.5"}
    said = compare.lines(
        {
            "currency": "COP",
            "old": "2000",
            "ours": "765.5",
            "difference": "-1234.5",
            "causes": [one],
            "differences": [{**two, "difference": "-1234.5"}],
        }
    )
    assert said[2].split() == ["diferencia", "-1.234,5", "COP"]
    assert said[4].split()[-3:] == ["1.200", "líneas", "-1.234,5"]
    assert "2.000 → 765,5  (-1.234,5)" in said[7]


def test_what_argparse_says_comes_from_the_catalogue(spanish, capsys: pytest.CaptureFixture[str]):
    parser = argparse.ArgumentParser(prog="x")
    parser.add_argument("--a", nargs=2)
    with pytest.raises(SystemExit):
        parser.parse_args(["--a", "1"])
    assert "argumento --a: se esperan 2 argumentos" in capsys.readouterr().err
