"""Odoo's command line as a file of its own, so that a server can start itself again.

At a limit of time or memory Odoo replaces its process by `python ARGV[0] ...`. After
`python -m odoo` that is a file inside the package, which cannot be run by itself: the server
would be gone. This file can.
"""

import sys

# the folder of this file is no place to import from
sys.path.pop(0)

from odoo.cli.command import main

if __name__ == "__main__":
    main()
