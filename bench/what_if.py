"""A plan tried on past cycles, the engine's part: frozen inputs read from their files, put under
the plan, what each cycle leaves handed on to the next, computed. No database.

The cycles are one company as arrays (``engine_alone.company``) in one week after the other.
CPU seconds, the greatest resident size, rows.
"""

import argparse
import copy
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from engine_alone import company
from mlm_engine import chain as chained
from mlm_engine.chain.plan import under
from mlm_engine.kernel import snapshot_file
from mlm_engine.plans import load_plan

WEEK = 7
DAY = 86_400


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="people (default: 100,000)")
    parser.add_argument("--cycles", type=int, default=12)
    parser.add_argument("--plan", choices=("gano", "unilevel"), default="gano")
    parser.add_argument("--json", type=Path, metavar="FILE", required=True)
    arguments = parser.parse_args()
    arrays = {name: np.asarray(one) for name, one in company.arrays(arguments.size).items()}
    frozen = company.snapshot(arguments.plan, arrays)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(arguments.cycles):
            days = number * WEEK
            path = Path(folder) / f"{number}.snapshot"
            snapshot_file.write(
                replace(
                    frozen,
                    period_number=frozen.period_number + number,
                    period_start=frozen.period_start + days,
                    period_end=frozen.period_end + days,
                    period_end_moment=frozen.period_end_moment + days * DAY,
                    row_moment=frozen.row_moment + days * DAY,
                ),
                path,
            )
            paths.append(path)
        row = measured(paths, more_for_bronze(frozen.plan))
    row |= {"bench": "what_if", "case": arguments.plan, "size": arguments.size}
    arguments.json.write_text(json.dumps([row], indent=1) + "\n", encoding="utf-8")
    print(json.dumps(row))
    return 0


def more_for_bronze(plan: dict) -> dict:
    """The plan with one point more for a rank."""
    document = copy.deepcopy(plan["source"])
    document["ranks"][1]["pct"] = 12
    return load_plan(document)


def measured(paths: list[Path], plan: dict) -> dict:
    """Try a plan on the cycles of some files; what it took."""
    cpu, begun, rows = time.process_time(), time.monotonic(), 0
    snapshots = (snapshot_file.read(path) for path in paths)
    for _snapshot, result in chained.chain(snapshots, lambda one: under(one, plan)):
        rows += result.earnings.payee.size
    return {
        "cycles": len(paths),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "seconds": round(time.monotonic() - begun, 2),
        "peak_mib": peak_mib(),
        "earnings": rows,
    }


def peak_mib() -> int:
    """Greatest resident size of this process."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(one for one in status.splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    raise SystemExit(main())
