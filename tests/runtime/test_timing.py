"""Where the time of a test run went."""

from mlm_cli.testing import native, timing


def test_longest_first_and_twenty_tests():
    tests = {f"t{number}": number / 10 for number in range(40)}
    tests["turns the clock"] = 7_000_000
    lines = timing.report({"lint": 3.0, "system": 200.0}, tests)
    assert lines.index("    200.0  system") < lines.index("      3.0  lint")
    assert "The 20 slowest of 41 tests, in seconds:" in lines
    assert lines[-20].split() == ["3.9", "t39"] and lines[-1].split() == ["2.0", "t20"]


def test_odoo_tells_the_seconds_of_each_test_and_class():
    report = native.Report()
    for line in (
        "2026-11-21 20:56:08,107 1 DEBUG db odoo.tests.stats: Detailed Tests Report:",
        "\tmlm_base.test_x: 9.00s 40 queries",
        "\tmlm_base.test_x.TestX: 8.00s 40 queries",
        "\tmlm_base.test_x.TestX.setUpClass: 1.50s 30 queries",
        "\tmlm_base.test_x.TestX.test_a: 0.25s 10 queries",
    ):
        report.read(line)
    assert report.outcome().seconds == {
        "mlm_base.test_x.TestX.setUpClass": 1.5,
        "mlm_base.test_x.TestX.test_a": 0.25,
    }
