"""`./mlm stop`: end the private database servers of this checkout."""

import argparse
import shutil

from ..language import _
from ..paths import STATE
from ..postgres import CLUSTERS, Cluster
from ..progress import note

HELP = _("stop the private database servers")
NEEDS_ENVIRONMENT = False


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--delete-all-data",
        action="store_true",
        help=_("then delete their databases and everything else this checkout has made"),
    )


def run(arguments: argparse.Namespace) -> int:
    clusters = [Cluster(name) for name in CLUSTERS]
    stopped = [cluster.name for cluster in clusters if cluster.stop()]
    note(_("stopped: {names}", names=", ".join(stopped)) if stopped else _("Nothing was running."))
    if arguments.delete_all_data:
        for cluster in clusters:
            cluster.delete()
        shutil.rmtree(STATE, ignore_errors=True)
        note(_("deleted: the databases and {path}", path=STATE))
    return 0
