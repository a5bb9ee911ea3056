# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine's result beside the reference calculation's, and what differs."""

from mlm_engine.kernel import result as results
from mlm_engine.kernel import run, snapshot_file
from mlm_reference import audit, codes, inputs
from mlm_reference.calculator import Calculator


def stored(result):
    """Return a result of the engine as the reference compares it."""
    columns = {name: values.tolist() for name, values in results.columns(result.earnings)}
    earnings = zip(*(columns[name] for name in (*audit.KEY, *audit.VALUES)), strict=True)
    return audit.Stored(
        earnings,
        rank=result.rank.tolist(),
        title=result.title.tolist(),
        carry=_table(result, "carry", "position"),
        state=_table(result, "state", "member"),
        figures=_figures(result.measures),
    )


def _figures(table):
    """Return ``{member: {code: value}}`` of what the reference calls figures of a person."""
    found = {}
    for member, bonus, code, value in zip(
        *(getattr(table, name).tolist() for name in ("member", "bonus", "measure", "value")),
        strict=True,
    ):
        if bonus < 0 and (code >= codes.PLAN or code in codes.OF_PERSON):
            found.setdefault(member, {})[code] = value
    return found


def _table(result, name, first):
    columns = [getattr(result, f"{name}_{part}") for part in (first, "bonus", "measure", "value")]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {tuple(row[:3]): row[3] for row in rows}


def calculator(snapshot, whole=True):
    """Return the reference calculation of a snapshot, read from its file form."""
    return Calculator(inputs.read(snapshot_file.dumps(snapshot)), whole=whole)


def computed(snapshot):
    """Return the engine's result, not yet proved (``proved_runs.py``)."""
    return getattr(run.compute, "__wrapped__", run.compute)(snapshot)


def differences(snapshot, whole=True):
    """Return what the two calculations do not agree on."""
    return audit.compare(calculator(snapshot, whole), stored(computed(snapshot)))
