# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A worker: Odoo without a server, for one scheduled action.

Run as a file by `start.py`, with a JSON object on standard input: ``db``, ``job`` and ``token``
(which start of which job this is), ``path`` (where the server finds its packages), ``options``
(the server's configuration) and ``server`` (whose end is the end of this process).
"""

import json
import resource
import sys


def main():
    order = json.load(sys.stdin)
    sys.path[:] = order["path"]
    _lift_limits()
    _configure(order["options"])
    # Odoo can be imported from here on; a file that is run has no package to be relative to
    # pylint: disable=odoo-addons-relative-import
    from odoo.addons.mlm_base import background
    from odoo.addons.mlm_base.worker.keeper import Keeper

    keeper = Keeper(order["db"], order["job"], order["token"], order["server"])
    if not keeper.begin():
        return 0
    background.keeper = keeper
    return keeper.work()


def _lift_limits():
    """Limits of the server are inherited; they are made for requests."""
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (hard, hard))


def _configure(options):
    from odoo import netsvc
    from odoo.modules import module
    from odoo.service import server
    from odoo.tools import config

    config._runtime_options.update(options)
    netsvc.init_logger()
    module.initialize_sys_path()
    server.load_server_wide_modules()


if __name__ == "__main__":
    sys.exit(main())
