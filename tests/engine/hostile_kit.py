# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Python in a process with little time and memory."""

import resource
import subprocess
import sys
from pathlib import Path

import mlm_engine

SECONDS, BYTES = 10, 1_500 * 2**20
#: that of this process, wherever it was found
ENGINE = str(Path(mlm_engine.__file__).parents[1])


HEAD = "scenario: 2\ntitle: T\nplan: gano_excel_co_2026\ncompany: {rates: [{from: 2026-01-01, rate: 4500}]}\n"


ANA = "distributors: [{code: A, place: root}]\n"


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def in_limits(code, *arguments):
    """Return the finished process of a piece of Python that has the engine."""
    return subprocess.run(
        [sys.executable, "-c", "import sys\n" + code, *map(str, arguments)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        env={"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ENGINE},
    )
