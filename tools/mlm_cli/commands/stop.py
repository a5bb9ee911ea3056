"""`./mlm stop`: end the private database servers of this checkout."""

import argparse

from ..postgres import CLUSTERS, Cluster
from ..progress import note

HELP = "stop the private database servers"
NEEDS_ENVIRONMENT = False


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    stopped = [name for name in CLUSTERS if Cluster(name).stop()]
    note(f"stopped: {', '.join(stopped)}" if stopped else "nothing was running")
    return 0
