# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reader of the frozen inputs of a run (``docs/contracts/snapshot.md``).

``read(data)`` gives columns of integers; a file whose SHA-256 does not agree
with its contents is refused.
"""

import hashlib
import json
import struct
import sys
import zlib
from array import array
from collections import defaultdict

MAGIC = b"MLMSNAP1"
EPOCH = 719163  # date(1970, 1, 1).toordinal()
CONTRACTS = (1, 2, 3)


class InputsError(ValueError):
    """Not a file of inputs, or a damaged one."""


class Inputs:
    """The values and tables of a snapshot.

    Every column is a sequence of integers, e.g. ``row_cv_e4``; one that the file does not
    hold is empty. ``plan`` is the plan as it was written. ``sha`` is the SHA-256 of the file.
    """

    def __init__(self, values, columns, sha=""):
        self.plan = values["plan"]["source"]
        self.period_kind = values["period_kind"]
        self.period_number = values["period_number"]
        self.period_start = values["period_start"]
        self.period_end = values["period_end"]
        self.period_end_moment = values["period_end_moment"]
        self.fx_e6 = values["fx_e6"]
        self.rates = values.get("rates") or {}
        self.homes = values.get("homes") or []
        self.sha = sha
        self.__dict__.update(columns)
        self.members = range(len(columns["member_id"]))
        self.positions = range(len(columns["position_id"]))
        self.rows = range(len(columns["row_id"]))

    def __getattr__(self, name):
        """A column that the file does not hold."""
        if name.startswith("_"):
            raise AttributeError(name)
        return []

    def grouped(self, name):
        """Return ``{value: [places]}`` of a column."""
        found = defaultdict(list)
        for place, value in enumerate(getattr(self, name)):
            found[value].append(place)
        return found

    def day(self, moment):
        """Return the company's calendar day of a moment."""
        midnight = (self.period_end + 1 - EPOCH) * 86400
        return (moment + midnight - self.period_end_moment) // 86400 + EPOCH


def read(data):
    """Return the ``Inputs`` of a file's bytes. Raises ``InputsError``."""
    if data[:8] != MAGIC:
        raise InputsError("this is no file of inputs of a run")
    try:
        return _read(data)
    except (
        struct.error,
        zlib.error,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        if isinstance(error, InputsError):
            raise
        raise InputsError(f"the file of inputs is damaged: {error}") from error


def _read(data):
    (length,) = struct.unpack_from("<I", data, 8)
    place = 12 + length
    header = data[12:place]
    contents = json.loads(header)
    if contents["contract"] not in CONTRACTS:
        raise InputsError(f"inputs of contract {contents['contract']}, known are {CONTRACTS}")
    total = hashlib.sha256(header)
    columns = {}
    for name, size in contents["arrays"]:
        (length,) = struct.unpack_from("<Q", data, place)
        place += 8
        # no more than the header announces: a few bytes may stand for gigabytes
        raw = zlib.decompressobj().decompress(data[place : place + length], 8 * size + 1)
        place += length
        if len(raw) != 8 * size:
            raise InputsError(f"the file of inputs is damaged: {name}")
        total.update(f"{name}:{size}\n".encode())
        total.update(raw)
        values = array("q", raw)
        if sys.byteorder == "big":
            values.byteswap()
        columns[name] = _narrow(values)
    if data[place:] != total.digest():
        raise InputsError("the file of inputs is damaged: wrong SHA-256")
    return Inputs(contents["values"], columns, total.hexdigest())


def _narrow(values):
    """Return the same integers in as few bytes as hold them all."""
    low, high = min(values, default=0), max(values, default=0)
    for code in "bhi":
        limit = 1 << (8 * array(code).itemsize - 1)
        if -limit <= low and high < limit:
            return array(code, values)
    return values
