"""Orders while a run of commissions is computed and posted, beside orders while nothing else runs.

Makes the network of `bench/cycle.py` in a database of its own. One process sells: order after order
is confirmed, then invoiced, paid and put into the ledger. Another computes previews of the cycle and
posts the last one, in pieces, and rests between them, so that orders of each kind are taken side by
side. Drops the database. How the figures are to be read: docs/performance.md.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from _script import end_cleanly, files_of, follow, start
from commission import beside
from commission.plans import NAMES, USUAL
from mlm_cli import files, runtime
from mlm_cli.paths import STATE
from mlm_cli.progress import step
from mlm_cli.testing import template
from mlm_cli.testing.databases import scratch

SIZE = 10_000
ORDERS = 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help=f"distributors (default: {SIZE:,})")
    parser.add_argument("--plan", choices=(*NAMES, "both"), default="unilevel")
    parser.add_argument(
        "--orders",
        type=int,
        default=ORDERS,
        help=f"so many are taken at least while a run is computed (default: {ORDERS})",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", required=True)
    arguments = parser.parse_args()
    if arguments.size < 100:
        parser.error("a network has at least 100 people")
    end_cleanly()
    ready = runtime.ensure("test")
    with step("Template database") as shown:
        source = template.ensure(ready, shown, os.environ.get("MLM_TEMPLATE", ""))
    plans = USUAL if arguments.plan == "both" else (arguments.plan,)
    rows: list[dict] = []
    environment = {
        "MLM_BENCH_SIZE": str(arguments.size),
        "MLM_BENCH_ORDERS": str(arguments.orders),
    }
    with scratch(ready.server, source, "bench") as network:
        follow(start(ready, network, "steps.make(env)", environment))
        for plan in plans:
            with scratch(ready.server, network, "bench") as name, files_of(ready, name):
                rows += _side_by_side(ready, name, plan, arguments.size, environment)
    files.write_json(arguments.json, rows)
    return 0


def _side_by_side(ready, database: str, plan: str, size: int, environment: dict) -> list[dict]:
    """Sell and run until the run is posted, and tell what the orders took."""
    with tempfile.TemporaryDirectory(dir=STATE) as folder, contextlib.ExitStack() as ends:
        more = {**environment, "MLM_BENCH_FOLDER": folder}
        follow(start(ready, database, f"selling.prepare(env, {plan!r})", more))
        seller = start(ready, database, "selling.sell(env)", more)
        ends.callback(seller.kill)
        worker = start(ready, database, "running.run(env)", more)
        ends.callback(worker.kill)
        follow(worker)
        follow(seller)
        return beside.tell(Path(folder), plan, size)


if __name__ == "__main__":
    sys.exit(main())
