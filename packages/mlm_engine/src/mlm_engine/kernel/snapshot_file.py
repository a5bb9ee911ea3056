# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One file that holds a snapshot: what a posted run keeps as its evidence.

Layout, all integers little-endian::

    "MLMSNAP1"                     8 bytes
    length of the header           uint32
    header                         JSON, keys in the order of the plan, UTF-8
    for each array of the header   uint64 length, zlib of its int64 values
    sha256                         32 bytes over the uncompressed contents

The same snapshot gives the same bytes, and the sha256 does not depend on how the
bytes were compressed. No pickles: reading a foreign file runs no code.
"""

import hashlib
import json
import struct
import zlib
from dataclasses import fields

import numpy as np

from ..plan import schema
from .digest import add_array
from .snapshot import CONTRACT, Snapshot

MAGIC = b"MLMSNAP1"
# A network of one company is written as before there were several, so that its files keep
# their bytes: without what only several companies have.
_OF_SEVERAL = ("homes", "member_home", "row_seller", "row_point_e6")
_ONE_COMPANY = 2
# Measured at a million people: level 3 takes twice as long for a twentieth less.
_LEVEL = 1


class SnapshotFileError(ValueError):
    """Not a snapshot file, of another version, or damaged."""


def dumps(snapshot):
    """Return the file's bytes."""
    arrays = [pair for pair in snapshot.arrays() if snapshot.homes or pair[0] not in _OF_SEVERAL]
    header = json.dumps(
        {
            "contract": CONTRACT if snapshot.homes else _ONE_COMPANY,
            "values": _values(snapshot),
            "arrays": [[name, array.size] for name, array in arrays],
        },
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()
    parts = [MAGIC, struct.pack("<I", len(header)), header]
    total = hashlib.sha256(header)
    for name, array in arrays:
        add_array(total, name, array)
        packed = zlib.compress(np.ascontiguousarray(array, dtype="<i8").data, _LEVEL)
        parts += [struct.pack("<Q", len(packed)), packed]
    parts.append(total.digest())
    return b"".join(parts)


def loads(data, only=None):
    """Return the ``Snapshot`` of a file's bytes. Raises ``SnapshotFileError``.

    ``only``: names of the arrays that are kept; all of the file is proved in any case.
    """
    view = memoryview(data)
    if bytes(view[: len(MAGIC)]) != MAGIC:
        raise SnapshotFileError("not a snapshot file")
    try:
        return _read(view, only)
    except (
        struct.error,
        zlib.error,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        if isinstance(error, SnapshotFileError):
            raise
        raise SnapshotFileError(f"the snapshot file is damaged: {error}") from error


def sha256(data):
    """Return the sha256 (hex) that a file's bytes carry, without reading it all."""
    return bytes(data[-32:]).hex()


def write(snapshot, path):
    """Write a snapshot to a path and return its sha256 (hex)."""
    data = dumps(snapshot)
    with open(path, "wb") as file:
        file.write(data)
    return sha256(data)


def read(path):
    """Read a snapshot from a path."""
    with open(path, "rb") as file:
        return loads(file.read())


def _values(snapshot):
    """Everything but the arrays. The order of keys is kept: the first kind of period of a
    plan is the ledger's."""
    arrays = {name for name, _ in snapshot.arrays()}
    found = {
        item.name: getattr(snapshot, item.name)
        for item in fields(snapshot)
        if item.name not in arrays
    }
    found["rates"] = dict(sorted(snapshot.rates.items()))
    homes = [{**home, "rates": dict(sorted(home["rates"].items()))} for home in found.pop("homes")]
    return {**found, "homes": homes} if homes else found


def _read(view, only):
    place = len(MAGIC)
    (length,) = struct.unpack_from("<I", view, place)
    place += 4
    header = bytes(view[place : place + length])
    place += length
    contents = json.loads(header)
    version = contents["contract"]
    if version not in (1, _ONE_COMPANY, CONTRACT):
        raise SnapshotFileError(f"snapshot of contract {version}, not {CONTRACT}")
    total = hashlib.sha256(header)
    arrays = {}
    for name, size in contents["arrays"]:
        (length,) = struct.unpack_from("<Q", view, place)
        place += 8
        # no more than the header announces: a few bytes may stand for gigabytes
        raw = zlib.decompressobj().decompress(view[place : place + length], 8 * size + 1)
        place += length
        if len(raw) != 8 * size:
            raise SnapshotFileError(f"the snapshot file is damaged: {name}")
        array = np.frombuffer(raw, dtype="<i8").astype(np.int64)
        add_array(total, name, array)
        if only is None or name in only:
            arrays[name] = array
    if bytes(view[place:]) != total.digest():
        raise SnapshotFileError("the snapshot file is damaged: wrong sha256")
    values = contents["values"]
    if version == 1:
        # Columns that came later are empty; the plan is read anew as it was written.
        values["plan"], problems = schema.canonical(values["plan"]["source"])
        if problems:
            raise SnapshotFileError(f"the plan of the snapshot file cannot be read: {problems[0]}")
    return Snapshot(**values, **arrays)
