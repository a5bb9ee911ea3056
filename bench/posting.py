"""Posting a run by one process and by several at once: what each more of them brings.

Makes the network of `cycle`, takes a run to the point where its entries are to be written, and
posts copies of that database by as many processes as are named, each of which takes parts that
nobody else has.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from _script import end_cleanly, follow
from mlm_cli import runtime
from mlm_cli.paths import ROOT
from mlm_cli.progress import step
from mlm_cli.testing import processes, template
from mlm_cli.testing.databases import scratch

SIZE = 10_000
_BEGIN = f"""
import sys
sys.path.insert(0, {str(ROOT / "bench")!r})
from commission import company, steps
steps.make(env)
env = env(context={{"lang": "es_CO", "tz": "America/Bogota"}})
company.publish(env, "unilevel")
company.close(env)
run = env["mlm.run"]._create_preview(company.cycle(env))
run._compute_run()
env.cr.execute(
    "UPDATE mlm_run SET state = 'approved', guard_cv = 0, guard_sales = 0, accounting_date = %s"
    " WHERE id = %s",
    [run.period_id.date_end, run.id],
)
env.invalidate_all()
run._start_posting()
env.cr.commit()
print("PAYEES", run.payee_count, len(run.chunk_ids), flush=True)
"""
_POST = """
run = env["mlm.run"].search([])
print("READY", flush=True)
run._post_all(commit=True)
print("CPU", __import__("time").process_time(), flush=True)
"""
_LOOK = """
run = env["mlm.run"].search([])
print("FOUND", run.state, sum(run.statement_ids.mapped("gross_e4")) == run.amount_e4)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help=f"distributors (default: {SIZE:,})")
    parser.add_argument("--processes", default="1,2", help="how many at once (default: 1,2)")
    parser.add_argument("--json", type=Path, metavar="FILE", required=True)
    arguments = parser.parse_args()
    end_cleanly()
    ready = runtime.ensure("test")
    with step("Template database") as shown:
        source = template.ensure(ready, shown, os.environ.get("MLM_TEMPLATE", ""))
    rows: list[dict] = []
    with scratch(ready.server, source, "bench") as network:
        begun = processes.start_script(
            ready, network, _BEGIN, {"MLM_BENCH_SIZE": str(arguments.size)}
        )
        follow(begun)
        line = next(one for one in begun.printed().splitlines() if one.startswith("PAYEES"))
        payees, parts = map(int, line.split()[1:])
        for count in map(int, arguments.processes.split(",")):
            rows.append(_measure(ready, network, count, payees, parts))
            print(
                "    {processes} processes: {seconds} s, {ms_per_payee} ms/payee".format(**rows[-1])
            )
    arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def _measure(ready, network: str, count: int, payees: int, parts: int) -> dict:
    with scratch(ready.server, network, "bench") as name:
        began = time.monotonic()
        scripts = [processes.start_script(ready, name, _POST) for _ in range(count)]
        results = [script.wait() for script in scripts]
        seconds = time.monotonic() - began
        assert not any(result.returncode for result in results), [one.log for one in results]
        looked = processes.run_script(ready, name, _LOOK)
        assert "FOUND posted True" in looked.output, looked.output
    cpu = sum(
        float(line.split()[1])
        for result in results
        for line in result.lines
        if line.startswith("CPU")
    )
    return {
        "bench": "posting",
        "case": f"{count} processes",
        "size": payees,
        "parts": parts,
        "processes": count,
        "seconds": round(seconds, 1),
        "odoo_cpu_seconds": round(cpu, 1),
        "ms_per_payee": round(1000 * seconds / payees, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
