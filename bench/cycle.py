"""A cycle of commissions, from its inputs to posted entries: what it takes, beside the floor.

Makes a network with three orders each in a database of its own on the server of the tests, copies
it for each plan, computes the live figures of the open cycle, takes a run of it through every step
by the product's own methods, and drops the databases. What the steps and figures are: docs/performance.md.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from _script import end_cleanly, files_of, follow, start
from commission.plans import NAMES, USUAL
from mlm_cli import runtime
from mlm_cli.paths import STATE
from mlm_cli.progress import step
from mlm_cli.testing import template
from mlm_cli.testing.databases import scratch

SIZE = 10_000
AUDITED = 500
POST_PAYEES = 3_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help=f"distributors (default: {SIZE:,})")
    parser.add_argument("--plan", choices=(*NAMES, "both"), default="both")
    parser.add_argument(
        "--post-payees",
        type=int,
        default=POST_PAYEES,
        help=f"how many payees are posted at least (default: {POST_PAYEES:,}); of more the rest is"
        " extrapolated, and said to be",
    )
    parser.add_argument(
        "--audited",
        type=int,
        default=AUDITED,
        help=f"people of the audit's sample (default: {AUDITED}; 0: no audit)",
    )
    parser.add_argument(
        "--live", action="store_true", help="only the live figures of the open cycle"
    )
    parser.add_argument("--chunk", type=int, help="payees per journal entry (default: the usual)")
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
    with (
        scratch(ready.server, source, "bench") as network,
        tempfile.TemporaryDirectory(dir=STATE) as folder,
    ):
        result = Path(folder) / "result.json"
        environment = {
            "MLM_BENCH_SIZE": str(arguments.size),
            "MLM_BENCH_POST": str(arguments.post_payees),
            "MLM_BENCH_AUDITED": str(arguments.audited),
            "MLM_BENCH_CHUNK": str(arguments.chunk or ""),
            "MLM_BENCH_LIVE": str(arguments.live or ""),
            "MLM_BENCH_RESULT": str(result),
        }
        follow(start(ready, network, "steps.make(env)", environment))
        for plan in plans:
            with scratch(ready.server, network, "bench") as name, files_of(ready, name):
                follow(start(ready, name, f"steps.run(env, {plan!r})", environment))
            rows += json.loads(result.read_text(encoding="utf-8"))
    arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
