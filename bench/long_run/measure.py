"""Every screen after the first cycle and after many. Runs inside Odoo."""

import json
import os
from pathlib import Path

from .fill import STORES, Company
from .screens import Screens


def run(env):
    """Write what was measured to `MLM_BENCH_RESULT`; the size stands in the environment, too."""
    env = env(context={"lang": "es_CO", "tz": "America/Bogota"})
    size, cycles = (int(os.environ[f"MLM_BENCH_{name}"]) for name in ("SIZE", "CYCLES"))
    company = Company(env)
    company.make(size, cycles)
    sides = []
    for count in (1, cycles):
        if count > 1:
            company.repeat(cycles)
        print(f"  after {count} cycles, {_stored(env) / 2**20:.0f} MiB of rows", flush=True)
        sides.append((*Screens(env, company.run).measure(), _stored(env)))
    for what, seconds in company.seconds.items():
        print(f"    {what}: {seconds:.1f} s", flush=True)
    (first, _peak, _bytes), (last, peak, stored) = sides
    rows = [
        {
            "bench": "years",
            "case": case,
            "size": size,
            "cycles": cycles,
            "seconds": round(last[case][0], 4),
            "cpu_seconds": round(last[case][1], 4),
            # the same in the first week
            "floor_seconds": round(seconds, 4),
            "floor_cpu_seconds": round(cpu, 4),
            "ratio": round(last[case][1] / cpu, 2),
            "peak_mib": peak,
        }
        for case, (seconds, cpu) in first.items()
    ]
    rows[0]["stored_bytes"] = stored
    Path(os.environ["MLM_BENCH_RESULT"]).write_text(json.dumps(rows))


def _stored(env):
    """Bytes of what grows with each cycle: partitions, statements, ledger, with indexes."""
    tables = "|".join([*(f"{env[model]._store}_[0-9]+" for model in STORES), *_GROWING])
    env.cr.execute(
        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
        " WHERE relkind = 'r' AND relname ~ %s",
        [f"^({tables})$"],
    )
    return env.cr.fetchone()[0]


_GROWING = ("mlm_statement", "mlm_volume_entry")
