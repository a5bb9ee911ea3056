"""Odoo's command line as a file of its own, so that a server can start itself again.

At a limit of time or memory Odoo replaces its process by `python ARGV[0] ...`. After
`python -m odoo` that is a file inside the package, which cannot be run by itself: the server
would be gone. This file can.
"""

import os
import sys

# the folder of this file is no place to import from
sys.path.pop(0)

from odoo.cli.command import main


def be_found_again() -> None:
    """Make this interpreter the first of its name in PATH.

    The new process is called by that name without a folder, and takes its packages from beside
    whatever PATH has by it.
    """
    folder = os.path.dirname(sys.executable) + os.pathsep
    if not os.environ.get("PATH", "").startswith(folder):
        os.environ["PATH"] = folder + os.environ.get("PATH", "")


if __name__ == "__main__":
    be_found_again()
    main()
