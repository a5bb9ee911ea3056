# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The command that plays a scenario file."""

import io
import json
import re
from pathlib import Path

from mlm_engine import scenario as scenarios
from mlm_engine.scenario import cli, table
from scenario_kit import FOLDER, played, small


def test_command(tmp_path):
    out = io.StringIO()
    path = str(FOLDER / "gx_bin_03_rollover.yaml")
    assert cli.main([path, "--json"], out) == 0
    cycles = json.loads(out.getvalue())["cycles"]
    assert [cycle["number"] for cycle in cycles] == [924, 925]
    first = cycles[0]
    assert first["earnings"] == {"ANA": {"binary": "585000.00"}}
    assert first["carry"]["ANA"] == {"binary": {"carry_left": "56", "carry_right": "55240"}}
    assert (first["debit"], first["credit"]) == ("585000.00", "585000.00")
    assert (first["withheld"], first["payable"]) == ("58500.00", "526500.00")
    assert first["differences"] == [] and "ANA" in first["explain"]

    wrong = tmp_path / "wrong.yaml"
    text = Path(path).read_text(encoding="utf-8")
    wrong.write_text(text.replace("{binary: 585000}", "{binary: 585001}"), encoding="utf-8")
    out = io.StringIO()
    assert cli.main([str(wrong), "--explain", "ANA"], out) == 1
    assert "earnings.ANA.binary: expected 585001, got 585000" in out.getvalue()
    assert "1.300 × 10 % × 4.500 = 585.000" in out.getvalue()

    err = io.StringIO()
    assert cli.main([str(tmp_path / "none.yaml")], out, err) == 2
    assert "cannot be read" in err.getvalue()


def test_warnings_of_the_plan_are_shown(tmp_path):
    """On the command line and in JSON: what the validator warns of, and cycles too early."""
    file = tmp_path / "small.yaml"
    bonus = {"code": "uni", "rule": "unilevel", "name": "Uni"}
    bonus["params"] = {"rates": [0.10], "compression": {"kind": "dynamic", "twice": True}}
    data = small(bonuses=[bonus], valid_from="2026-08-24")
    data["withholding"] = {"rate": 0.1}
    file.write_text(json.dumps(data), encoding="utf-8")
    wanted = [
        "plan.bonuses.0.params.compression.twice: `twice` is not read with `kind: dynamic`. "
        "Remove it, or write `kind: roll_up`",
        "plan.bonuses.0.params.rates: `rates` says 0.1 %, less than one percent: was 10 % "
        "meant? Write 10, or leave it if 0.1 % is right",
        "plan.valid_from: cycle 924 begins before the plan: it is valid from 24 Aug 2026. Use "
        "later cycles, or write `valid_from: 2026-08-17`",
        "withholding.rate: `rate` says 0.1 %, less than one percent: was 10 % meant? Write 10, "
        "or leave it if 0.1 % is right",
    ]
    out = io.StringIO()
    assert cli.main([str(file)], out) == 0
    shown = out.getvalue().partition("4 warnings:\n")[2].splitlines()
    assert shown[:4] == [f"  {line}" for line in wanted]
    out = io.StringIO()
    assert cli.main([str(file), "--json"], out) == 0
    found = json.loads(out.getvalue())["warnings"]
    assert [one["where"] for one in found] == [line.partition(":")[0] for line in wanted]
    assert all(one["text"] in line for one, line in zip(found, wanted, strict=True))
    assert all(line.endswith(one["remedy"]) for one, line in zip(found, wanted, strict=True))


def test_a_sound_plan_has_no_warnings():
    assert table.warned(scenarios.load(small()), "en") == ""
    early = table.warned(scenarios.load(small(valid_from="2026-09-01")), "en")
    assert "cycles 924 to 925 begin before the plan" in early and "1 warning:" in early


WRONG = """scenario: 2
title: Mía
plan: {extends: gano_excel_co_2026, bonuses: [{code: binary, params: {inactive: thaw}}]}
cycles: [924]
company: {rates: [{from: 2026-01-01, rate: 4500}]}
distributors:
  - {code: A, place: root}
  - {code: B, sponser: A, sponsor: C}
sales:
  - {buyer: A, paid: 2026-08-18, lines: []}
"""


def test_the_command_line_speaks_spanish(tmp_path):
    """Problems with file, line and remedy; English unless asked."""
    status, _out, err = played(tmp_path, WRONG, "--lang", "es")
    assert status == 2
    assert err.splitlines() == [
        "mine.yaml:3: plan.bonuses.0.params.inactive: en el plan combinado, "
        "bonuses.1.params.inactive: valor desconocido 'thaw'. Conocidos: expire, freeze",
        "mine.yaml:8: distributors.1.sponser: clave desconocida 'sponser'. ¿Quiso decir 'sponsor'?",
        "mine.yaml:8: distributors.1.sponsor: distribuidor desconocido 'C'. Conocidos: A, B",
        "mine.yaml:10: sales.0.lines: una venta necesita al menos un renglón",
    ]
    english = played(tmp_path, WRONG)[2]
    assert english == played(tmp_path, WRONG, "--lang", "en")[2]
    assert "mine.yaml:8: distributors.1.sponsor: unknown distributor 'C'. Known: A, B" in english
    status, _out, err = played(tmp_path, "scenario: [1\n", "--lang", "es")
    assert (status, err) == (
        2,
        "mine.yaml:2: columna 1: no es YAML válido: falta una coma o «]». Revise corchetes, "
        "comillas y la sangría de las líneas\n",
    )
    nobody = tmp_path / "none.yaml"
    err = io.StringIO()
    assert cli.main([str(nobody), "--lang", "es"], io.StringIO(), err) == 2
    assert err.getvalue().startswith(f"{nobody}: no se puede leer: ")


def test_the_table_speaks_spanish(tmp_path):
    """Figures, carry and the verdict, the same as in English."""
    path = FOLDER / "gx_bin_03_rollover.yaml"
    told = {}
    for lang in ("en", "es"):
        out = io.StringIO()
        assert cli.main([str(path), "--lang", lang], out, io.StringIO()) == 0
        told[lang] = out.getvalue()
    for english, spanish in (
        ("Cycle 924: 2026-08-17 to 2026-08-23, paid 2026-09-04", "Ciclo 924: del 2026-08-17 al "),
        ("  Earnings\n", "  Ganancias\n"),
        ("  Carried over\n", "  Saldos acumulados\n"),
        ("  Totals (COP): earnings ", "  Totales (COP): ganado "),
        ("As expected.", "Como se esperaba."),
    ):
        assert english in told["en"] and spanish in told["es"]
    figures = [
        re.findall(r"\d[\d.]*", text.partition("warning")[0].partition("advertencia")[0])
        for text in told.values()
    ]
    assert figures[0] == figures[1]


def test_what_is_not_as_expected_is_told_in_spanish(tmp_path):
    data = small()
    data["expect"] = {924: {"earnings": {"ANA": {"uni": 5}}}}
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    for lang, said in (
        ("en", "1 difference:\n  Cycle 924: earnings.ANA.uni: expected 5, got 0"),
        ("es", "1 diferencia:\n  Ciclo 924: earnings.ANA.uni: se esperaba 5 y dio 0"),
    ):
        out = io.StringIO()
        assert cli.main([str(path), "--lang", lang], out, io.StringIO()) == 1
        assert said in out.getvalue()


def test_a_plan_that_a_scenario_names_is_refused_in_spanish(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_bytes("plan: x\nname: Año\n".encode("cp1252"))
    _status, _out, err = played(
        tmp_path, WRONG.replace("gano_excel_co_2026", str(plan)), "--lang", "es"
    )
    assert (
        "mine.yaml:3: plan: plan.yaml:2: no es UTF-8: parece Windows-1252 (ñ). Guárdelo como UTF-8"
    ) in err.splitlines()
    _status, _out, err = played(
        tmp_path, WRONG.replace("gano_excel_co_2026", "gano_excel_co_2025"), "--lang", "es"
    )
    assert (
        "mine.yaml:3: plan: no hay un plan 'gano_excel_co_2025'. ¿Quiso decir 'gano_excel_co_2026'?"
    ) in err.splitlines()


def test_what_is_played_warns_in_spanish(tmp_path):
    data = small(valid_from="2026-08-24")
    status, out, _err = played(tmp_path, json.dumps(data), "--lang", "es")
    assert status == 0
    assert out.partition("1 advertencia:\n")[2].startswith(
        "  plan.valid_from: el ciclo 924 empieza antes que el plan, vigente desde 24 ago 2026. Use"
    )
    _status, out, _err = played(tmp_path, json.dumps(data), "--lang", "es", "--json")
    (found,) = json.loads(out)["warnings"]
    assert found["text"] == "el ciclo 924 empieza antes que el plan, vigente desde 24 ago 2026"
    assert found["remedy"] == "Use ciclos posteriores, o escriba `valid_from: 2026-08-17`"
