"""What a stage of the tests reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Counts of one stage, a text for each failure, and the seconds of each test."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def check(self, ok: bool, failure: str) -> None:
        """Count one more test."""
        if ok:
            self.passed += 1
        else:
            self.fail(failure)

    def fail(self, failure: str) -> None:
        self.failed += 1
        self.failures.append(failure)

    def counts(self) -> str:
        """`N passed, N failed, N skipped`: programs read this line."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @classmethod
    def total(cls, outcomes: Iterable[Outcome]) -> Outcome:
        total = cls()
        for outcome in outcomes:
            total.passed += outcome.passed
            total.failed += outcome.failed
            total.skipped += outcome.skipped
            total.failures += outcome.failures
            total.seconds |= outcome.seconds
        return total
