"""Reading the logs of Odoo processes: a warning that nobody expects is a failure.

What is expected stands in `log_allowlist.toml`, each with its reason; a single test may add
patterns for its own process in a file `<log>.allow`, one regular expression per line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib  # type: ignore[no-redef]

ALLOWLIST = Path(__file__).with_name("log_allowlist.toml")

_RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) (?P<db>\S+) (?P<logger>\S+): "
    r"(?P<message>.*)$"
)
_WORRYING = ("WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True)
class Record:
    """One line of a log, with the lines that continue it."""

    level: str
    logger: str
    message: str

    def __str__(self) -> str:
        return f"{self.level} {self.logger}: {self.message}"


@dataclass(frozen=True)
class Allowed:
    """A record that is expected: where `pattern` is found in `LEVEL logger: message`."""

    pattern: re.Pattern[str]
    reason: str


def allowlist(path: Path = ALLOWLIST) -> list[Allowed]:
    """The expected records.

    :raises ValueError: an entry without a reason
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("allow", [])
    for entry in entries:
        if not entry.get("reason", "").strip():
            raise ValueError(f"{path.name}: the pattern {entry.get('pattern')!r} gives no reason")
    return [Allowed(re.compile(entry["pattern"], re.DOTALL), entry["reason"]) for entry in entries]


def worrying_records(lines: Iterable[str]) -> Iterator[Record]:
    """Warnings and errors of a log; a failed test's own report is not among them."""
    current: list[str] = []
    level = logger = ""

    def finished() -> Iterator[Record]:
        if level in _WORRYING and not _is_test_report(logger, current[0]):
            yield Record(level, logger, "\n".join(current).strip())

    for line in lines:
        match = _RECORD.match(line)
        if match:
            if current:
                yield from finished()
            level, logger, current = match["level"], match["logger"], [match["message"]]
        elif current:
            current.append(line.rstrip("\n"))
    if current:
        yield from finished()


def _is_test_report(logger: str, message: str) -> bool:
    """Whether a record repeats a failure that the test runner counts already."""
    if logger.startswith("odoo.tests.") or ".tests." in logger:
        return message.startswith(("FAIL: ", "ERROR: ")) or " of " in message
    return logger == "odoo.modules.registry" and "failed, " in message


def scan(path: Path, allowed: list[Allowed]) -> list[Record]:
    """Worrying records of one log that nothing allows, without repetitions."""
    own = path.with_name(path.name + ".allow")
    patterns = [entry.pattern for entry in allowed]
    if own.exists():
        patterns += [re.compile(line) for line in own.read_text("utf-8").splitlines() if line]
    found: dict[str, Record] = {}
    with path.open(encoding="utf-8", errors="replace") as stream:
        for record in worrying_records(stream):
            if not any(pattern.search(str(record)) for pattern in patterns):
                found.setdefault(str(record), record)
    return list(found.values())
