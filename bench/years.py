"""Two years of weekly cycles: what screens, explanations and exports take then, beside week one.

Makes a network and its last cycle in a database of its own on the server of the tests, posts that
cycle, reads every screen, posts the cycles before it with the same rows, and reads them again. The
ratio is the processor time then to that of week one; see docs/performance.md.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from _script import end_cleanly, follow
from mlm_cli import runtime
from mlm_cli.paths import ROOT, STATE
from mlm_cli.progress import step
from mlm_cli.testing import processes, template
from mlm_cli.testing.databases import scratch

SIZE = 10_000
CYCLES = 104
_SCRIPT = """
import sys
sys.path.insert(0, {bench!r})
from long_run import measure
measure.run(env)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help=f"distributors (default: {SIZE:,})")
    parser.add_argument(
        "--cycles", type=int, default=CYCLES, help=f"posted cycles in the end (default: {CYCLES})"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", required=True)
    arguments = parser.parse_args()
    if arguments.size < 100 or arguments.cycles < 2:
        parser.error("a network has at least 100 people, and years have more than one cycle")
    end_cleanly()
    ready = runtime.ensure("test")
    with step("Template database") as shown:
        source = template.ensure(ready, shown, os.environ.get("MLM_TEMPLATE", ""))
    with (
        scratch(ready.server, source, "bench") as name,
        tempfile.TemporaryDirectory(dir=STATE) as folder,
    ):
        result = Path(folder) / "result.json"
        environment = {
            "MLM_BENCH_SIZE": str(arguments.size),
            "MLM_BENCH_CYCLES": str(arguments.cycles),
            "MLM_BENCH_RESULT": str(result),
        }
        code = _SCRIPT.format(bench=str(ROOT / "bench"))
        follow(processes.start_script(ready, name, code, environment))
        rows = json.loads(result.read_text(encoding="utf-8"))
    arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
