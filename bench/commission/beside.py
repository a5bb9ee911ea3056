"""What two processes side by side write down, and what follows from it. Plain Python, no Odoo.

The seller writes a line for each order, the worker one for each phase. An order belongs to the phase
in which it begins; one that begins while nothing else runs and ends later counts for neither.
"""

import json
import math
import time
from pathlib import Path

#: what the worker does meanwhile
IDLE, COMPUTED, POSTED = "idle", "computed", "posted"
_CASES = {
    IDLE: "while nothing else runs",
    COMPUTED: "while a run is computed",
    POSTED: "while a run is posted",
}
#: steps of an order, each in transactions of its own
CONFIRM, PAY = "confirmed", "invoiced, paid and in the ledger"


class Notes:
    """A file in the folder that both processes know, one JSON per line."""

    def __init__(self, folder: Path, name: str):
        self.path = folder / name
        self.path.touch()

    def add(self, **values):
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(values) + "\n")

    def read(self) -> list[dict]:
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def wait_for(self, count: int, timeout: float = 300):
        """:raises TimeoutError: there are fewer lines, and none was added for so many seconds"""
        found, since = -1, time.monotonic()
        while found < count:
            now = len(self.read())
            if now != found:
                found, since = now, time.monotonic()
            elif time.monotonic() - since > timeout:
                raise TimeoutError(f"{self.path.name}: {found} of {count}")
            time.sleep(0.05)


def tell(folder: Path, plan: str, size: int) -> list[dict]:
    """Rows of the result, and a line for each printed."""
    phases = Notes(folder, "phases").read()
    orders = _by_phase(Notes(folder, "sold").read(), phases)
    retried = {
        name: sum(phase["retries"] for phase in phases if phase["name"] == name) for name in _CASES
    }
    rows: list[dict] = []
    print(
        f"{'plan ' + plan:<62}{'orders':>8}{'p50':>8}{'p95':>8}{'CPU':>8}{'ratios':>22}{'again':>7}"
    )
    for what in (CONFIRM, PAY):
        idle = None
        for phase, words in _CASES.items():
            taken = [order[what] for order in orders[phase]]
            row = _row(f"{plan}: {what} {words}", size, taken, idle)
            row |= {"plan": plan, "what": what, "phase": phase, "work_retries": retried[phase]}
            idle = idle or row
            rows.append(row)
            print(_line(row), flush=True)
    return rows


def _by_phase(orders: list[dict], phases: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {name: [] for name in _CASES}
    for order in orders:
        for phase in phases:
            ends_within = phase["name"] != IDLE or order["end"] <= phase["end"]
            if phase["begin"] <= order["begin"] < phase["end"] and ends_within:
                found[phase["name"]].append(order)
    return found


def _row(case: str, size: int, taken: list[dict], idle: dict | None) -> dict:
    """A row; its seconds are the 95th hundredth, its floor that of the idle row."""
    seconds = sorted(one["seconds"] for one in taken)
    cpu = sorted(one["cpu"] for one in taken)
    row = {
        "bench": "orders",
        "case": case,
        "size": size,
        "seconds": _part(seconds, 0.95),
        "floor_seconds": idle and idle["seconds"],
        "peak_mib": None,
        "orders": len(taken),
        "p50_seconds": _part(seconds, 0.5),
        "longest_seconds": _part(seconds, 1),
        "p50_cpu_seconds": _part(cpu, 0.5),
        "p95_cpu_seconds": _part(cpu, 0.95),
        "retries": sum(one["retries"] for one in taken),
    }
    for ratio, of in _RATIOS.items():
        row[ratio] = round(row[of] / idle[of], 2) if idle and taken else None
    return row


_RATIOS = {
    "ratio": "seconds",
    "p50_ratio": "p50_seconds",
    "cpu_ratio": "p95_cpu_seconds",
}


def _part(ordered: list[float], share: float) -> float | None:
    """The value that this share of all does not exceed."""
    if not ordered:
        return None
    return round(ordered[max(math.ceil(share * len(ordered)) - 1, 0)], 6)


def _line(row: dict) -> str:
    figures = "".join(
        f"{'–' if row[name] is None else format(row[name], '.3f'):>8}"
        for name in ("p50_seconds", "seconds", "p95_cpu_seconds")
    )
    ratios = " ".join(
        f"{row[name]:.2f}" for name in ("p50_ratio", "ratio", "cpu_ratio") if row[name]
    )
    again = row["retries"] + row["work_retries"]
    return f"{row['case']:<62}{row['orders']:>8}{figures}{ratios:>22}{again:>7}"
