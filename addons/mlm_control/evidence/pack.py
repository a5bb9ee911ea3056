# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Writing an evidence pack: a zip whose bytes depend on its contents alone."""

import csv
import hashlib
import io
import json
import zipfile

from mlm_engine.kernel import codes

#: the earliest moment a zip knows: no clock goes into the file
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: rows between two writes
_CHUNK = 20_000
#: whose code stands beside a column of numbers
_CODED = {
    "payee": "member",
    "source": "member",
    "member": "member",
    "position": "position",
}
_DECIMAL = ("base_e4", "amount_e4", "breakage_e4")


class Pack:
    """A zip file under construction; every file goes into its manifest.

    :param target: binary file
    :param str folder: what everything in the zip lies in
    """

    def __init__(self, target, folder):
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._folder = folder
        self._sums = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._zip.close()

    def add_bytes(self, name, data):
        self._sums[name] = hashlib.sha256(data).hexdigest()
        self._zip.writestr(self._info(name), data)

    def add_text(self, name, text):
        self.add_bytes(name, text.encode())

    def add_manifest(self, document):
        """Add what the pack is and the sha256 of each file before."""
        text = json.dumps(
            {**document, "files": self._sums}, indent=1, sort_keys=True, ensure_ascii=False
        )
        self.add_bytes("manifest.json", f"{text}\n".encode())

    def add_codes(self, name, ids, known):
        """Add the readable code of each internal number."""
        self._add_rows(name, ["id", "code"], ([one, known.get(one, "")] for one in ids.tolist()))

    def add_table(self, name, table, known, plan):
        """Add a table of a result: its columns, and readable ones at their end.

        :param dict table: ``{column: int64 array}`` with ids, as `digest.tables` gives it
        :param dict known: ``{"member": {id: code}, "position": {id: code}}``
        """
        readers = [
            (f"{_stem(column)}{suffix}", list(table).index(column), reader)
            for column in table
            for suffix, reader in [_reader(column, known, plan)]
            if reader
        ]
        head = [*table, *(title for title, _at, _reader in readers)]

        def rows():
            size = len(next(iter(table.values())))
            for start in range(0, size, _CHUNK):
                columns = [values[start : start + _CHUNK].tolist() for values in table.values()]
                for row in zip(*columns, strict=True):
                    yield [*row, *(read(row[at]) for _title, at, read in readers)]

        self._add_rows(name, head, rows())

    def _add_rows(self, name, head, rows):
        total = hashlib.sha256()
        with self._zip.open(self._info(name), "w", force_zip64=True) as file:
            buffer = io.StringIO(newline="")
            table = csv.writer(buffer, lineterminator="\n")

            def flush():
                data = buffer.getvalue().encode()
                total.update(data)
                file.write(data)
                buffer.seek(0)
                buffer.truncate()

            table.writerow(head)
            for number, row in enumerate(rows, start=1):
                table.writerow(row)
                if number % _CHUNK == 0:
                    flush()
            flush()
        self._sums[name] = total.hexdigest()

    def _info(self, name):
        info = zipfile.ZipInfo(f"{self._folder}/{name}", _MOMENT)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info


def _stem(column):
    return column.removesuffix("_e4")


def _reader(column, known, plan):
    """Return ``(suffix of the title, function)`` that makes a number readable."""
    if column in _CODED:
        these = known[_CODED[column]]
        return "_code", lambda value: these.get(value, "")
    if column in _DECIMAL:
        return "", _decimal
    if column == "bonus":
        names = [bonus["code"] for bonus in plan["bonuses"]]
        return "_code", lambda value: names[value] if value >= 0 else ""
    if column in ("rank", "title"):
        ranks = [rank["code"] for rank in plan["ranks"]]
        return "_code", lambda value: ranks[value] if 0 <= value < len(ranks) else ""
    if column == "measure":
        return "_name", codes.figure_name
    if column == "reason":
        return "_name", lambda value: codes.Reason(value).name.lower()
    if column == "rate_source":
        return "_name", lambda value: codes.RateSource(value).name.lower()
    return "", None


def _decimal(value):
    whole, rest = divmod(abs(value), 10_000)
    return f"{'-' if value < 0 else ''}{whole}.{rest:04d}"
