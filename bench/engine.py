"""The engine alone: from frozen inputs to a result with its digest, no database.

Makes a company as arrays (``engine_alone.company``), then computes one cycle under each plan in a
process of its own, so that its memory is that of a worker that has the inputs and nothing else.
CPU seconds by stage, the greatest resident size, rows. Of a company above ``HELD`` the inputs
stay in their files: what a stage has read of them is let go after it.
"""

import argparse
import json
import mmap
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from engine_alone import company

SIZE = 1_000_000
#: people whose inputs are held in memory
HELD = 3_000_000
PLANS = ("gano", "unilevel")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="people (default: a million)")
    parser.add_argument("--json", type=Path, metavar="FILE", required=True)
    choices = (*PLANS, "unilevel-by-sale", "both")
    parser.add_argument("--plan", choices=choices, default="both", help="this plan alone")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="where the time goes (pstats)")
    parser.add_argument("--inputs", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.size < 100:
        parser.error("a company has at least 100 people")
    if arguments.inputs:
        rows = measured(arguments.plan, arguments.inputs, arguments.profile)
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        return 0
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(1) as other:  # so that its memory is given back
            other.submit(make, arguments.size, Path(folder)).result()
        for name in PLANS if arguments.plan == "both" else [arguments.plan]:
            command = [sys.executable, __file__, "--plan", name, "--inputs", folder]
            command += ["--json", str(arguments.json)]
            command += ["--profile", str(arguments.profile)] if arguments.profile else []
            subprocess.run(command, check=True)
            rows += json.loads(arguments.json.read_text(encoding="utf-8"))
    arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def make(size: int, folder: Path) -> None:
    """Write the arrays of a company into a folder."""
    for name, values in company.arrays(size).items():
        np.save(folder / f"{name}.npy", values)


def inputs(folder: Path, held: bool) -> tuple[dict, list]:
    """Return the arrays of a folder and, where they are not held in memory, their maps."""
    paths = sorted(folder.glob("*.npy"))
    if held:
        return {path.stem: np.load(path) for path in paths}, []
    mapped = {path.stem: np.load(path, mmap_mode="r") for path in paths}
    return {name: np.asarray(one) for name, one in mapped.items()}, [
        one._mmap for one in mapped.values()
    ]


def measured(name: str, folder: Path, profile: Path | None = None) -> list[dict]:
    """Compute the company of a folder of arrays and return the rows of the result."""
    from mlm_engine.kernel import run  # noqa: PLC0415 - the parent needs no engine

    size, stages = np.load(folder / "member_id.npy", mmap_mode="r").size, []
    found, maps = inputs(folder, size <= HELD)
    snapshot = company.snapshot(name, found)
    before, begun = peak_mib(), (time.process_time(), time.monotonic())

    def tell(stage, _part):
        stages.append((stage, time.process_time(), peak_mib(renew=True)))
        for one in maps:
            one.madvise(mmap.MADV_DONTNEED)

    if profile:
        import cProfile  # noqa: PLC0415 - on demand

        with cProfile.Profile(time.process_time) as told:
            result = run.compute(snapshot, tell)
        told.dump_stats(profile)
    else:
        result = run.compute(snapshot, tell)
    whole, clock = time.process_time() - begun[0], time.monotonic() - begun[1]
    ends = stages[1:]
    rows = [
        _row(f"{name}: {stage}", size, end - at, peak)
        for (stage, at, _), (_, end, peak) in zip(stages, ends, strict=False)
    ]
    rows.append(_row(f"{name}: whole", size, whole, max(row["peak_mib"] for row in rows)))
    rows[-1] |= {"clock_seconds": round(clock, 3), "virtual_mib": status_mib("VmPeak")}
    for row in rows:
        print(f"{row['case']:40} {row['seconds']:8.2f} s CPU {row['peak_mib']:8,} MiB")
    print(
        f"{name}: {size:,} people, {snapshot.row_id.size:,} rows of the ledger,"
        f" {result.earnings.payee.size:,} earnings, {result.measures.member.size:,} measures,"
        f" {clock:.1f} s by the clock, {rows[-1]['peak_mib']:,} MiB at most ({before:,} with the"
        f" inputs; {rows[-1]['virtual_mib']:,} of addresses), digest {result.digest[:16]}"
    )
    return rows


def peak_mib(renew: bool = False) -> int:
    """Return the greatest resident size of this process, with ``renew`` since it was asked for
    so the last time; ``getrusage`` would begin with that of the process that started it."""
    found = status_mib("VmHWM")
    if renew:
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return found


def status_mib(name: str) -> int:
    """Return a size of this process as the system tells it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition(f"{name}:")[2].split()[0]) // 1024


def _row(case, size, seconds, peak=None):
    return {
        "bench": "engine",
        "case": case,
        "size": size,
        "seconds": round(seconds, 3),
        "floor_seconds": None,
        "ratio": None,
        "peak_mib": peak,
    }


if __name__ == "__main__":
    sys.exit(main())
