"""A network of a million: what it costs to change it, read it and search it.

Makes the network in a database of its own on the server of the tests, measures through the
product's own methods, and drops the database.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

from _script import follow
from mlm_cli import database, runtime
from mlm_cli.paths import ROOT, STATE
from mlm_cli.progress import note, step
from mlm_cli.testing import processes, template
from mlm_cli.testing.databases import scratch

KEPT = "mlm_bench_genealogy"
SIZE = 1_000_000
WORKER_SECONDS = 10
_SCRIPT = """
import sys
sys.path.insert(0, {bench!r})
from network import cases
cases.{call}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="distributors (default: a million)")
    parser.add_argument("--json", type=Path, metavar="FILE", required=True)
    parser.add_argument("--keep", action="store_true", help=f"keep the database, as {KEPT}")
    parser.add_argument(
        "--seconds",
        type=int,
        default=WORKER_SECONDS,
        help="how long several workers enrol at the same time",
    )
    parser.add_argument("--only", help="groups of cases, separated by commas")
    arguments = parser.parse_args()
    if arguments.size < 1000:
        parser.error("a network has at least 1,000 people")
    ready = runtime.ensure("test")
    with step("Template database") as shown:
        source = template.ensure(ready, shown, os.environ.get("MLM_TEMPLATE", ""))
    with _database(ready.server, source, arguments.keep) as name:
        rows = measure(ready, name, arguments.size, arguments.seconds, arguments.only)
    arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


@contextlib.contextmanager
def _database(server, source, keep):
    if not keep:
        with scratch(server, source, "bench") as name:
            yield name
        return
    database.drop(server, KEPT)
    database.create(server, KEPT, source)
    yield KEPT
    note(f"the database {KEPT} stays")


def measure(
    ready, name: str, size: int, seconds: int = WORKER_SECONDS, only: str | None = None
) -> list[dict]:
    """Fill the database `name` and return the rows of the result."""
    with tempfile.TemporaryDirectory(dir=STATE) as folder:
        result = Path(folder) / "result.json"
        environment = {"MLM_BENCH_SIZE": str(size), "MLM_BENCH_RESULT": str(result)}
        if only:
            environment["MLM_BENCH_ONLY"] = only
        script = processes.start_script(ready, name, _script("run(env)"), environment)
        follow(script)
        rows = json.loads(result.read_text(encoding="utf-8"))
        if not only or "workers" in only:
            rows += [
                _enrolments(ready, name, size, seconds, Path(folder), count) for count in (1, 2)
            ]
    return rows


def _script(call: str) -> str:
    return _SCRIPT.format(bench=str(ROOT / "bench"), call=call)


def _enrolments(ready, name: str, size: int, seconds: int, folder: Path, workers: int) -> dict:
    """Enrolments with placement by several workers at the same time."""
    start = folder / f"start-{workers}"
    environment = {"MLM_BENCH_START": str(start)}
    scripts = [
        processes.start_script(ready, name, _script(f"enrol_for(env, {seconds})"), environment)
        for __ in range(workers)
    ]
    try:
        for script in scripts:
            script.wait_for("READY")
        start.touch()
        results = [script.wait() for script in scripts]
    finally:
        for script in scripts:
            script.kill()
    if any(result.returncode for result in results):
        sys.exit(results[0].log.read_text(encoding="utf-8", errors="replace")[-4000:])
    counts = [
        json.loads(line.removeprefix("DONE "))
        for result in results
        for line in result.lines
        if line.startswith("DONE ")
    ]
    done = sum(one["done"] for one in counts)
    tries = sum(one["tries"] for one in counts)
    label = "1 worker" if workers == 1 else f"{workers} workers at once"
    print(
        f"enrolments with placement, {label}: {done / seconds:.1f} per second,"
        f" {tries - done} of {tries} tries collided"
    )
    return {
        "bench": "genealogy",
        "case": f"one enrolment with placement, {label}",
        "size": size,
        "seconds": round(seconds / max(done, 1), 6),
        "floor_seconds": None,
        "ratio": None,
        "peak_mib": None,
    }


if __name__ == "__main__":
    sys.exit(main())
