"""The rows of the result, as programs and people read them."""

from dataclasses import replace

from .meter import Meter, Spent


class Result:
    """Rows `{"bench", "case", "size", "seconds", "floor_seconds", "ratio", "peak_mib"}` and more,
    see docs/performance.md."""

    def __init__(self, plan: str, size: int, meter: Meter):
        self.plan, self.size, self.meter = plan, size, meter
        self.rows: list[dict] = []
        self.tables: dict[str, dict] = {}
        print(_HEADING.replace("PLAN", f"{plan:<4}"), flush=True)

    def stored(self, model: str, stored):
        """Rows and bytes of a table of the run."""
        self.tables[model] = {
            "rows": stored.count,
            "bytes": stored.bytes,
            "index_bytes": stored.index_bytes,
        }

    def tell(self, step: str, times: int = 1, **more):
        """A step and its parts; `times`: so many alike were done, one is told."""
        for (of, part), spent in self.meter.parts.items():
            if of == step:
                self._add(step, part, spent, times=times)
        self._add(step, "", self.meter.total(step), times=times, **more)

    def tell_run(self, inputs: int, file_bytes: int, figures: dict):
        """The run, its parts that move data beside their floors.

        :param inputs: rows read
        :param figures: of `floor.figures`
        """
        floor = {part: spent for (step, part), spent in self.meter.parts.items() if step == "floor"}
        counts = {
            "inputs out": inputs,
            "rows in": sum(table["rows"] for table in self.tables.values()),
        }
        for (step, part), spent in self.meter.parts.items():
            if step == "run":
                self._add(step, part, spent, floor.get(part), rows=counts.get(part))
        earnings = self.tables["mlm.earning"]
        bytes_of = sum(one["bytes"] + one["index_bytes"] for one in self.tables.values())
        self._add(
            "run",
            "",
            self.meter.total("run"),
            self.meter.total("floor"),
            tables=self.tables,
            file_bytes=file_bytes,
            bytes_per_distributor=round((bytes_of + file_bytes) / self.size, 1),
            bytes_per_earning=round(
                (earnings["bytes"] + earnings["index_bytes"]) / max(earnings["rows"], 1), 1
            ),
            **figures,
        )
        self._print_facts(self.rows[-1])

    def _print_facts(self, run: dict):
        rows = " · ".join(f"{name} {one['rows']:,} rows" for name, one in self.tables.items())
        bonuses = " · ".join(f"{code} {rows:,}" for code, (rows, _) in run["bonuses"].items())
        print(f"    {rows}\n    {bonuses} · payees {run['payees']:,}")
        print(
            f"    bytes per distributor {run['bytes_per_distributor']:,}, per earning"
            f" {run['bytes_per_earning']:,}; file of inputs {run['file_bytes']:,}",
            flush=True,
        )

    def tell_post(self, chunks: int, payees: int, all_chunks: int, all_payees: int):
        """Posting: what was measured, and where it was a part, what follows for the whole."""
        self.tell(
            "post",
            payees=payees,
            chunks=chunks,
            ms_per_payee=round(1000 * self.meter.total("post").seconds / max(payees, 1), 3),
            cpu_ms_per_payee=round(1000 * _cpu(self.meter.total("post")) / max(payees, 1), 3),
        )
        if chunks < all_chunks:
            spent = self.meter.total("post")
            share = all_chunks / chunks
            whole = replace(
                spent,
                seconds=spent.seconds * share,
                cpu=spent.cpu * share,
                server_cpu=spent.server_cpu * share,
            )
            self._add(
                "post, extrapolated to all",
                "",
                whole,
                extrapolated=True,
                payees=all_payees,
                chunks=all_chunks,
                measured_chunks=chunks,
            )

    def _add(self, step, part, spent, floor=None, times=1, **more):
        name = f"{step}: {part}" if part else step
        row = {
            "bench": "cycle",
            "case": f"{self.plan}: {name}",
            "size": self.size,
            "seconds": round(spent.seconds / times, 6),
            "floor_seconds": None if floor is None else round(floor.seconds, 6),
            "ratio": None if not floor else round(spent.seconds / floor.seconds, 2),
            "peak_mib": spent.resident,
            "plan": self.plan,
            "step": step,
            "part": part,
            "cpu_seconds": round(spent.cpu / times, 6),
            "server_cpu_seconds": round(spent.server_cpu / times, 6),
            "floor_cpu_seconds": None if floor is None else round(floor.cpu, 6),
            "floor_server_cpu_seconds": None if floor is None else round(floor.server_cpu, 6),
            "cpu_ratio": None if not floor else round(_cpu(spent) / max(_cpu(floor), 1e-6), 2),
            "virtual_mib": spent.virtual,
            "calls": spent.calls,
            "extrapolated": False,
            **{name: value for name, value in more.items() if value is not None},
        }
        self.rows.append(row)
        print(_line(row), flush=True)


def _cpu(spent: Spent) -> float:
    return spent.cpu + spent.server_cpu


_HEADING = (
    f"{'plan PLAN':<34}{'seconds':>10}{'python':>10}{'server':>10}{'floor':>9}{'ratio':>8}"
    f"{'of CPU':>8}{'MiB':>7}{'virtual':>8}{'rows':>11}"
)


def _line(row: dict) -> str:
    floor = "" if row["floor_seconds"] is None else f"{row['floor_seconds']:.2f}"
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    of_cpu = "" if row["cpu_ratio"] is None else f"{row['cpu_ratio']:.2f}"
    name = f"  {row['part']}" if row["part"] else row["step"]
    return (
        f"{name:<34}{row['seconds']:10.2f}{row['cpu_seconds']:10.2f}"
        f"{row['server_cpu_seconds']:10.2f}{floor:>9}{ratio:>8}{of_cpu:>8}"
        f"{row['peak_mib']:>7}{row['virtual_mib']:>7}{row.get('rows', ''):>12}"
    )
