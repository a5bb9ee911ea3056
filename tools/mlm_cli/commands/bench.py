"""`./mlm bench`: measure, beside the floor that the machine itself sets.

Each `bench/NAME.py` is a program that takes `--size N` and `--json FILE` and writes a list of
`{"bench", "case", "size", "seconds", "floor_seconds", "ratio", "peak_mib"}`, or more of each.
"""

import argparse
import json
import tempfile
from pathlib import Path

from .. import files, odoo_process
from ..errors import UserError
from ..language import _
from ..paths import ROOT, STATE, VENV_PYTHON

HELP = _("measure speed and memory")
FOR_DEVELOPERS = True
FOLDER = ROOT / "bench"


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.name.startswith("_"))


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name",
        nargs="?",
        metavar=_("NAME"),
        help=_("one of: {names}", names=", ".join(names()) or "–"),
    )
    parser.add_argument(
        "--size",
        type=int,
        metavar="N",
        help=_("how much of it; each measure has its own default"),
    )
    parser.add_argument(
        "--plan",
        choices=("gano", "unilevel", "both"),
        help=_("of `cycle`, `engine` and `orders`: the plan that is measured"),
    )
    parser.add_argument(
        "--post-payees",
        type=int,
        metavar="N",
        help=_("of `cycle`: how many payees are posted at least"),
    )
    parser.add_argument(
        "--audited", type=int, metavar="N", help=_("of `cycle`: people of the audit's sample")
    )
    parser.add_argument(
        "--cycles", type=int, metavar="N", help=_("of `years`: posted cycles in the end")
    )
    files.configure_json(parser)


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
        files.write_json(arguments.json, rows)
    return 1 if failed else 0


#: options besides ``--size`` that each measure takes
_TAKES = {
    "cycle": {"--plan", "--post-payees", "--audited"},
    "engine": {"--plan"},
    "orders": {"--plan"},
    "years": {"--cycles"},
}


def _options(arguments: argparse.Namespace) -> list[str]:
    """What goes on to the program.

    :raises UserError: an option is not one of this measure
    """
    own = {
        "--plan": arguments.plan,
        "--post-payees": arguments.post_payees,
        "--audited": arguments.audited,
        "--cycles": arguments.cycles,
    }
    given = {name: str(value) for name, value in own.items() if value is not None}
    foreign = given.keys() - _TAKES.get(arguments.name, ())
    if foreign:
        raise UserError(f"{', '.join(sorted(foreign))}: options of another measure, see --help.")
    if arguments.size:
        given["--size"] = str(arguments.size)
    return [part for option in given.items() for part in option]
