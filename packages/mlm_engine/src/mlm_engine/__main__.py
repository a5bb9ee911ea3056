# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m mlm_engine scenario FILE``: try a plan without a server."""

import sys

from .scenario import cli

_USAGE = "usage: python -m mlm_engine scenario FILE [--explain CODE] [--lang es|en] [--json]"


def main(arguments=None):
    """Run the command; return the exit status."""
    command, *rest = arguments or sys.argv[1:] or [""]
    if command != "scenario":
        print(_USAGE, file=sys.stderr)
        return 2
    return cli.main(rest)


if __name__ == "__main__":
    sys.exit(main())
