"""Where the time of a test run went."""

from collections.abc import Mapping

SLOWEST = 20
_DAY = 24 * 3600  # a test that turns the clock seems to take months


def report(stages: Mapping[str, float], tests: Mapping[str, float]) -> list[str]:
    """Lines that tell the seconds of each stage, the longest first, and the slowest tests.

    A test's seconds include the fixtures that it is the first to need; the work of a whole
    class of Odoo's runner stands by itself, as its `setUpClass`.
    """
    lines = ["", "Seconds by stage (stages run side by side):"]
    lines += _table(stages)
    if tests:
        lines += ["", f"The {min(SLOWEST, len(tests))} slowest of {len(tests)} tests, in seconds:"]
        lines += _table(tests, SLOWEST)
    return lines


def _table(seconds: Mapping[str, float], most: int | None = None) -> list[str]:
    believable = {name: value for name, value in seconds.items() if value < _DAY}
    by_time = sorted(believable.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [f"{value:9.1f}  {name}" for name, value in by_time if value >= 0.05]
