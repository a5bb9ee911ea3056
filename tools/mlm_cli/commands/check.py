"""`./mlm check`: look for contradictions in a database. It repairs nothing."""

import argparse
import json

from .. import company, runtime
from ..names import DEMO_DATABASE
from ..paths import LOGS, STATE
from ..progress import note
from .backup import require_odoo

HELP = "check that the books of a database do not contradict each other"

_CHECK = """
import json, os
from pathlib import Path

found = env["mlm.law"]._check_all()
Path(os.environ["MLM_RESULT"]).write_text(json.dumps(found, default=str))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-d", "--database", default=DEMO_DATABASE)
    parser.add_argument("--test-server", action="store_true", help="the server of the tests")
    parser.add_argument("--json", action="store_true", help="print the violations for programs")


def run(arguments: argparse.Namespace) -> int:
    ready = runtime.ensure("test" if arguments.test_server else "main")
    require_odoo(ready, arguments.database)
    result = STATE / "check.json"
    log = LOGS / "check.log"
    company.run_script(
        ready, arguments.database, _CHECK, log, "The check", env={"MLM_RESULT": str(result)}
    )
    violations = json.loads(result.read_text(encoding="utf-8"))
    if arguments.json:
        print(json.dumps(violations, indent=1, ensure_ascii=False))
    else:
        for one in violations:
            print(f"{one['law']}: {one['subject']}: {one['detail']}\n    {one['description']}")
    note(f"{len(violations)} violations" if violations else "no law is violated")
    return 1 if violations else 0
