#!/usr/bin/env python3
"""Recompute a commission run offline and compare it with its results, row by row.

Recalcula sin conexión una liquidación de comisiones y la compara fila por fila.

    python3 verify.py

Needs Python 3.11 and numpy, nothing else: no network, no database, no Odoo.
Exit status: 0 everything agrees, 1 something differs, 2 it cannot be run.
"""

import csv
import hashlib
import json
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHOWN = 20
#: what files do that are none of this pack
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    ImportError,
    OverflowError,
    StopIteration,
    csv.Error,
)

try:
    import numpy as np
except ImportError:
    print("numpy is missing: pip install numpy / Falta numpy: pip install numpy")
    sys.exit(2)


def main():
    """Verify the pack; a pack that cannot be read is said in a sentence."""
    try:
        return verify()
    except FileNotFoundError as error:
        return unreadable(error.filename)
    except UNREADABLE as error:
        return unreadable(f"{type(error).__name__}: {error}"[:200])


def unreadable(why):
    print(f"THE PACK CANNOT BE READ / NO SE PUEDE LEER EL PAQUETE: {why}")
    print("Ask the company for a new copy. / Pida a la empresa otra copia.")
    return 2


def verify():
    manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    failures = check_files(manifest)
    sys.path.insert(0, str(HERE))
    digest, run, snapshot_file = engine()

    data = (HERE / "snapshot.mlmsnap").read_bytes()
    snapshot = snapshot_file.loads(data)  # verifies its own sha256
    failures += agree("inputs / entradas", snapshot_file.sha256(data), manifest["inputs_sha256"])
    result = run.compute(snapshot)
    failures += agree("digest / huella", result.digest, manifest["result_sha256"])
    computed = digest.tables(snapshot, result)
    written = {name: read_table(name, columns) for name, columns in computed.items()}
    # the fingerprint once more, from the text files alone
    failures += agree(
        "digest of files / huella de archivos",
        digest.of_tables(written),
        manifest["result_sha256"],
    )
    for name, columns in computed.items():
        failures += compare(name, columns, written[name])
    failures += check_totals(manifest, written)
    print()
    if failures:
        print(f"DIFFERS / DIFIERE: {failures}")
        return 1
    print("EVERYTHING AGREES / TODO COINCIDE")
    return 0


def engine():
    """Return the modules that compute, of the engine in this folder."""
    package = "engine.kernel" if (HERE / "engine" / "kernel").is_dir() else "engine"
    return [import_module(f"{package}.{name}") for name in ("digest", "run", "snapshot_file")]


def check_files(manifest):
    """Compare every file of the pack with the manifest."""
    wrong = 0
    for name, wanted in manifest["files"].items():
        path = HERE / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "-"
        if found != wanted:
            print(f"  changed or missing / cambiado o faltante: {name}")
            wrong += 1
    print(f"{len(manifest['files'])} files / archivos: {wrong or 'ok'}")
    return wrong


def agree(what, found, wanted):
    same = found == wanted
    print(f"{what}: {found} {'ok' if same else f'≠ {wanted}'}")
    return 0 if same else 1


def read_table(name, columns):
    """Return ``{column: int64 array}`` of a file of results."""
    with (HERE / "results" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        head = next(rows)
        places = [head.index(column) for column in columns]
        values = [[int(row[place]) for place in places] for row in rows]
    table = np.array(values, dtype=np.int64).reshape(-1, len(places))
    return {column: np.ascontiguousarray(table[:, at]) for at, column in enumerate(columns)}


def compare(name, computed, written):
    """Compare a table row by row; print the first differences."""
    sizes = (len(next(iter(computed.values()))), len(next(iter(written.values()))))
    if sizes[0] != sizes[1]:
        print(f"{name}: {sizes[0]} rows computed, {sizes[1]} in the file / filas")
        return 1
    wrong = np.zeros(sizes[0], dtype=bool)
    for column, values in computed.items():
        wrong |= values != written[column]
    for at in np.flatnonzero(wrong)[:SHOWN]:
        ours = {column: int(values[at]) for column, values in computed.items()}
        theirs = {column: int(written[column][at]) for column in computed}
        differ = {key: (value, theirs[key]) for key, value in ours.items() if value != theirs[key]}
        print(f"  {name}, line / línea {at + 2}: (computed, file) / (calculado, archivo) {differ}")
    count = int(wrong.sum())
    print(f"{name}: {sizes[0]} rows / filas {'ok' if not count else f'{count} ≠'}")
    return 1 if count else 0


def check_totals(manifest, written):
    """Compare the sums of the earnings with what the company says it paid."""
    earnings = written["earnings"]
    return sum(
        agree(f"total {column}", int(earnings[column].sum()), manifest["totals"][column])
        for column in ("amount_e4", "breakage_e4")
    )


if __name__ == "__main__":
    sys.exit(main())
