"""The figures as a person reads them, and the proof that they agree with each other."""

from mlm_cli import demo_report

CYCLE = {
    "number": 924,
    "start": "2026-08-17",
    "end": "2026-08-23",
    "pay_date": "2026-09-04",
    "earnings": {
        "CO1": {"binary": "450000.00", "gen5": "12.50"},
        "CO2": {"binary": "1100"},
    },
    "ranks": {"CO1": "Bronce", "CO2": None},
    "carry": {},
    "withheld": "45111.25",
    "payable": "406001.25",
    "entries": ["COM/924/0001"],
    "debit": "451112.50",
    "credit": "451112.50",
    "digest": "ab",
}


def test_amounts_are_written_as_the_console_speaks():
    assert demo_report.amount("1234567.5") == "1,234,567.50"
    assert demo_report.amount("-0.5") == "-0.50"


def test_figures_that_agree_are_a_proof():
    text = "\n".join(demo_report.lines({"cycles": [CYCLE], "names": {"CO1": "Ana Gómez"}}))
    assert demo_report.problems(CYCLE) == []
    assert "CO1 Ana Gómez" in text
    assert "debits 451,112.50 = credits 451,112.50 = earnings 451,112.50" in text
    assert "ranks: Bronce 1" in text


def test_figures_that_disagree_are_said():
    wrong = {**CYCLE, "debit": "451112.51", "payable": "1"}
    assert len(demo_report.problems(wrong)) == 2
    assert "WRONG" in "\n".join(demo_report.lines({"cycles": [wrong]}))


def test_many_payees_are_cut_with_their_sum():
    earnings = {f"CO{number:02}": {"binary": "10"} for number in range(20)}
    text = "\n".join(demo_report.lines({"cycles": [{**CYCLE, "earnings": earnings}]}))
    assert "and 5 more payees, together 50" in text


def test_later_cycles_take_a_line_each():
    cycles = [{**CYCLE, "number": number} for number in (924, 925, 926, 927)]
    text = "\n".join(demo_report.lines({"cycles": cycles}))
    assert text.count("all bonuses") == demo_report.AT_LENGTH
    assert [line.split() for line in text.splitlines() if line.split()[:1] == ["927"]] == [
        ["927", "2026-08-17", "2026-08-23", "2", "451,112.50", "45,111.25", "406,001.25"]
    ]


def test_an_empty_cycle_is_no_error():
    empty = {
        **CYCLE,
        "earnings": {},
        "ranks": {},
        "entries": [],
        **dict.fromkeys(("debit", "credit", "withheld", "payable"), "0"),
    }
    assert demo_report.problems(empty) == []
    assert "all bonuses" in "\n".join(demo_report.lines({"cycles": [empty]}))


def test_what_odoo_adds_is_shown():
    readable = {
        "number": 924,
        "bonuses": {"binary": "Team binary", "gen5": "GEN5"},
        "payees": [
            {
                "code": "CO1",
                "name": "Ana",
                "rank": "Bronce",
                "bonuses": {"binary": "450000.00"},
                "gross": "450012.50",
                "withheld": "45001.25",
                "net": "405011.25",
            }
        ],
        "ranks": [{"rank": "Bronce", "people": 1}],
        "computed_by": "Paola",
        "approved_by": "Ricardo",
    }
    summary = {"cycles": [CYCLE], "readable": [readable], "proof": ["The engine agrees."]}
    text = "\n".join(demo_report.lines(summary))
    assert "405,011.25" in text
    assert text.count("Team binary") == 2 and "binary " not in text.replace("Team binary", "")
    assert "computed by Paola, approved by Ricardo" in text
    assert "and 1 more payee, 1,100" in text
    assert text.endswith("The engine agrees.")


def test_contradictions_of_every_kind_are_collected():
    wrong = {
        "cycles": [{**CYCLE, "debit": "1"}],
        "differences": ["CO1 binary"],
        "laws": [{"law": "x", "subject": "run 1", "detail": "y"}],
    }
    assert len(demo_report.contradictions(wrong)) == 3
    assert demo_report.contradictions({"cycles": [CYCLE]}) == []


def test_logins():
    account = {"role": "Manager", "name": "Ana", "login": "ana@x", "password": "p"}
    assert "ana@x" in "\n".join(demo_report.logins({"logins": {"en": [account], "es": []}}))
    # as an older version kept them
    assert "ana@x" in "\n".join(demo_report.logins({"logins": [account]}))
    assert list(demo_report.logins({})) == []
