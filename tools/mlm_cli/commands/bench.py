"""`./mlm bench`: measure, beside the floor that the machine itself sets.

Each `bench/NAME.py` is a program that takes `--size N` and `--json FILE` and writes a list of
`{"bench", "case", "size", "seconds", "floor_seconds", "ratio", "peak_mib"}`, or more of each.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from .. import odoo_process
from ..errors import UserError
from ..paths import ROOT, STATE, VENV_PYTHON

HELP = "measure speed and memory"
FOLDER = ROOT / "bench"


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.name.startswith("_"))


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help=f"one of: {', '.join(names()) or 'none yet'}")
    parser.add_argument("--size", type=int, help="how much of it; each measure has its own default")
    parser.add_argument("--plan", help="of `cycle`: gano, unilevel or both (default)")
    parser.add_argument(
        "--post-payees", type=int, help="of `cycle`: how many payees are posted at least"
    )
    parser.add_argument("--audited", type=int, help="of `cycle`: people of the audit's sample")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for programs")


def run(arguments: argparse.Namespace) -> int:
    known = names()
    if not known:
        print("nothing to measure yet: bench/ holds no program")
        return 2
    if arguments.name and arguments.name not in known:
        raise UserError(f"There is no measure {arguments.name}.", f"there are: {', '.join(known)}")
    options = _options(arguments)
    rows: list[dict] = []
    failed = 0
    with tempfile.TemporaryDirectory(dir=STATE) as folder:
        for name in [arguments.name] if arguments.name else known:
            target = Path(folder) / f"{name}.json"
            command = [str(VENV_PYTHON), str(FOLDER / f"{name}.py"), "--json", str(target)]
            command += options
            failed |= odoo_process.call(command, {"PYTHONPATH": str(ROOT / "tools")})
            if target.exists():
                rows += json.loads(target.read_text(encoding="utf-8"))
    if arguments.json:
        temporary = arguments.json.with_name(f"{arguments.json.name}.{os.getpid()}.tmp")
        temporary.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        os.replace(temporary, arguments.json)
    return 1 if failed else 0


def _options(arguments: argparse.Namespace) -> list[str]:
    """What goes on to the program.

    :raises UserError: an option is not one of this measure
    """
    own = {
        "--plan": arguments.plan,
        "--post-payees": arguments.post_payees,
        "--audited": arguments.audited,
    }
    given = {name: str(value) for name, value in own.items() if value is not None}
    if given and arguments.name != "cycle":
        raise UserError(f"{', '.join(given)}: these are options of `./mlm bench cycle`.")
    if arguments.size:
        given["--size"] = str(arguments.size)
    return [part for option in given.items() for part in option]
