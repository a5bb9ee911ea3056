"""Seconds, memory, and the floor: the same rows in plain SQL by primary key. Runs inside Odoo.

A case that writes is done in a transaction of its own and rolled back, so that each repetition
finds the same network. What it wrote is then written again by one UPDATE or INSERT for each
table, joined by primary key: that is the floor. Neither counts the COMMIT, which costs both the
same.
"""

import contextlib
import io
import re
import statistics
import time
from pathlib import Path

from odoo import api
from odoo.tools import SQL

REPEAT = 3
#: quick cases are repeated until this many seconds, to be seen above the noise
ENOUGH = 0.5
MOST = 25


class Bench:
    """Collects the rows of the result."""

    def __init__(self, env, size: int):
        self.registry = env.registry
        self.uid = env.uid
        self.context = dict(env.context)
        self.size = size
        self.rows: list[dict] = []

    @contextlib.contextmanager
    def environment(self, uid: int | None = None):
        """A new transaction, as a request begins one; rolled back at the end."""
        with self.registry.cursor() as cr:
            try:
                yield api.Environment(cr, uid or self.uid, self.context)
            finally:
                cr.rollback()

    def add(self, case, seconds, floor=None, peak=None):
        row = {
            "bench": "genealogy",
            "case": case,
            "size": self.size,
            "seconds": round(seconds, 6),
            "floor_seconds": None if floor is None else round(floor, 6),
            "ratio": None if not floor else round(seconds / floor, 2),
            "peak_mib": peak,
        }
        self.rows.append(row)
        print(line_of(row), flush=True)

    def write(self, case, operate, prepare=lambda env: None, once_only=False):
        """Measure something that writes; `operate` gets the environment and what `prepare` gave.

        `case` may name `{rows}`, the number of rows that were written. `once_only` is for what
        takes minutes.
        """
        written = None

        def once():
            nonlocal written
            with self.environment() as env:
                subject = prepare(env)
                env.flush_all()
                env.invalidate_all()
                start = time.perf_counter()
                operate(env, subject)
                env.flush_all()
                env.cr.flush()
                seconds = time.perf_counter() - start
                if written is None:
                    written = _Written(env.cr)
                return seconds

        forget_peak()
        seconds = once()
        if not once_only:
            self._vacuum(written.tables)
            forget_peak()
            seconds = median(once)
        peak = peak_mib()
        self._vacuum(written.tables)
        with self.registry.cursor() as cr:
            written.store(cr)
            cr.commit()
        floor = median(self._replay(written))
        with self.registry.cursor() as cr:
            written.drop(cr)
            cr.commit()
        self._vacuum(written.tables)
        self.add(case.format(rows=f"{written.count:,}"), seconds, floor, peak)

    def _replay(self, written):
        def once():
            with self.registry.cursor() as cr:
                cr.execute("SELECT 1")
                start = time.perf_counter()
                written.write(cr)
                seconds = time.perf_counter() - start
                cr.rollback()
                return seconds

        return once

    def read(self, case, operate, floor):
        """Measure something that reads.

        :param operate: function of the environment that returns what `floor` gets
        :param floor: function of that result that returns SQL, or a list of them, which read
            the same rows by primary key
        """
        with self.environment() as env:
            result = operate(env)
            statements = floor(result)
        if isinstance(statements, SQL):
            statements = [statements]

        def once():
            with self.environment() as env:
                env.user.has_group("base.group_user")
                env.cr.execute("SELECT 1")
                start = time.perf_counter()
                operate(env)
                return time.perf_counter() - start

        def plain():
            with self.registry.cursor() as cr:
                cr.execute("SELECT 1")
                start = time.perf_counter()
                for statement in statements:
                    cr.execute(statement)
                    cr.fetchall()
                return time.perf_counter() - start

        forget_peak()
        seconds = median(once)
        peak = peak_mib()
        self.add(case, seconds, median(plain), peak)

    def _vacuum(self, tables):
        # a server of tests does not clean up by itself, and rolled back rows are in the way
        with self.registry.cursor() as cr:
            cr.commit()
            cr.connection.autocommit = True
            try:
                for table in tables:
                    cr.execute(SQL("VACUUM %s", SQL.identifier(table)))
            finally:
                cr.connection.autocommit = False


class _Written:
    """The rows that the present transaction has written, in every table."""

    def __init__(self, cr):
        cr.execute("SELECT pg_current_xact_id_if_assigned()::text::bigint")
        transaction = cr.fetchone()[0]
        cr.execute(
            """SELECT relname FROM pg_stat_xact_user_tables
                WHERE n_tup_ins + n_tup_upd > 0 AND schemaname = 'public'"""
        )
        self.copies = {}
        self.count = 0
        for (table,) in cr.fetchall():
            cr.execute(
                SQL(
                    "SELECT count(*) FROM %s WHERE xmin::text::bigint >= %s",
                    SQL.identifier(table),
                    transaction,
                )
            )
            count = cr.fetchone()[0]
            if not count:
                continue
            buffer = io.BytesIO()
            cr._obj.copy_expert(
                f'COPY (SELECT * FROM "{table}" WHERE xmin::text::bigint >= {transaction})'
                " TO STDOUT (FORMAT binary)",
                buffer,
            )
            self.copies[table] = buffer
            self.count += count
        self.tables = list(self.copies)
        self.statements = []

    def store(self, cr):
        """Lay the rows down beside the tables, and work out which of them are new."""
        for table, buffer in self.copies.items():
            here, name = SQL.identifier(table), SQL.identifier(f"bench_{table}")
            buffer.seek(0)
            cr.execute(SQL("CREATE UNLOGGED TABLE %s (LIKE %s)", name, here))
            cr._obj.copy_expert(f'COPY "bench_{table}" FROM STDIN (FORMAT binary)', buffer)
            cr.execute(
                SQL(
                    "SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute"
                    " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                    table,
                )
            )
            columns = cr.fetchone()[0]
            fresh = SQL("TRUE")
            if "id" in columns:
                fresh = SQL("NOT EXISTS (SELECT FROM %s old WHERE old.id = new.id)", here)
                cr.execute(
                    SQL(
                        "SELECT %s FROM %s new JOIN %s old ON old.id = new.id",
                        SQL(", ").join(
                            SQL(
                                "coalesce(bool_or(new.%(c)s IS DISTINCT FROM old.%(c)s), false)",
                                c=SQL.identifier(column),
                            )
                            for column in columns
                        ),
                        name,
                        here,
                    )
                )
                changed = [c for c, differs in zip(columns, cr.fetchone(), strict=True) if differs]
                if changed:
                    self.statements.append(
                        SQL(
                            "UPDATE %s old SET %s FROM %s new WHERE old.id = new.id",
                            here,
                            SQL(", ").join(
                                SQL("%(c)s = new.%(c)s", c=SQL.identifier(c)) for c in changed
                            ),
                            name,
                        )
                    )
            inserted = SQL.identifier(f"bench_new_{table}")
            cr.execute(
                SQL(
                    "CREATE UNLOGGED TABLE %s AS SELECT * FROM %s new WHERE %s",
                    inserted,
                    name,
                    fresh,
                )
            )
            if cr.rowcount:
                self.statements.append(SQL("INSERT INTO %s SELECT * FROM %s", here, inserted))
            cr.execute(SQL("ANALYZE %s", name))
        # those that others refer to come first
        order = [
            "res_partner",
            "mlm_distributor",
            "mlm_position",
            "mlm_genealogy_event",
            "mlm_link",
        ]
        self.statements.sort(
            key=lambda one: next((i for i, t in enumerate(order) if f'"{t}"' in one.code), 9)
        )

    def write(self, cr):
        for statement in self.statements:
            cr.execute(statement)

    def drop(self, cr):
        for table in self.tables:
            cr.execute(SQL("DROP TABLE %s", SQL.identifier(f"bench_{table}")))
            cr.execute(SQL("DROP TABLE %s", SQL.identifier(f"bench_new_{table}")))


def median(once) -> float:
    """The median of three, or of more where they are quick."""
    seconds = [once() for __ in range(REPEAT)]
    while sum(seconds) < ENOUGH and len(seconds) < MOST:
        seconds.append(once())
    return statistics.median(seconds)


def forget_peak():
    """Start measuring the process's greatest memory anew, where the kernel lets us."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mib() -> int | None:
    """The process's greatest resident memory since `forget_peak`, in MiB."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) // 1024 if found else None


def line_of(row) -> str:
    """One row of the result, as people read it."""
    floor = "" if row["floor_seconds"] is None else f"{row['floor_seconds'] * 1000:12,.2f}"
    ratio = "" if row["ratio"] is None else f"{row['ratio']:8.2f}"
    peak = row["peak_mib"] or ""
    return f"{row['case']:<68}{row['seconds'] * 1000:12,.2f}{floor:>12}{ratio:>8}{peak:>7}"
