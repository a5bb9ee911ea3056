"""Loading a network into Odoo's tables in bulk. Runs inside Odoo.

Columns that a table has and this file does not know get the model's own defaults, and
columns that it knows and a table has not are left out: the add-ons may grow.
"""

import io
import itertools

from odoo.tools import SQL

from .bulk import Bulk
from .shape import Shape

_FIRST = """
María José Carlos Yenny Juan Andrés Luz Marina Diana Sandra Jorge Luisa Óscar Claudia Paola
Wilson Gloria Héctor Adriana Nelson Patricia Camilo Ángela Iván Mónica Fabio Liliana Edwin
Rocío Mauricio
"""
_LAST = """
Rodríguez Gómez González Martínez García López Hernández Sánchez Ramírez Pérez Díaz Muñoz
Rojas Moreno Jiménez Vargas Castro Ortiz Álvarez Gutiérrez Torres Suárez Cárdenas Restrepo
Quintero Ospina Zapata Cifuentes Ñáñez Peña
"""

_STAGING = """
CREATE UNLOGGED TABLE bench_person (
    n int, sponsor int, parent int, leg varchar, kind varchar, placed boolean,
    moment timestamp, name varchar, path varchar
)
"""
_TABLES = ("res_partner", "mlm_distributor", "mlm_position", "mlm_genealogy_event", "mlm_link")
_NULL = r"\N"
_OPTIONAL = {"mlm.holder": "mlm_holder"}


class Loader(Bulk):
    """Writes one network; `base` maps a table to the id before that of the first row."""

    def __init__(self, env, shape: Shape):
        super().__init__(env, [*_TABLES, *(t for model, t in _OPTIONAL.items() if model in env)])
        self.shape = shape
        self.company = env.company
        self.network = env.company.mlm_network_id
        self.tree = env["mlm.tree"]._get_default(env.company.mlm_network_id)
        self.base: dict[str, int] = {}

    def load(self):
        """Write everything and commit. The tables' keys and indexes are made anew after it."""
        cr = self.env.cr
        cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cr.execute("SET LOCAL work_mem = '128MB'")
        self._timed("copy", self._stage)
        self._timed("drop indexes", self._take_off)
        for table in self.tables:
            self._timed(table, getattr(self, f"_fill_{table}"))
        self._timed("indexes and keys", self._put_back)
        cr.execute("DROP TABLE bench_person")
        cr.commit()
        self.env.invalidate_all()

    def distributor(self, index: int):
        return self.env["mlm.distributor"].browse(self.base["mlm_distributor"] + index + 1)

    def _stage(self):
        cr = self.env.cr
        cr.execute(_STAGING)
        if self._has_lz4():
            cr.execute("ALTER TABLE bench_person ALTER path SET COMPRESSION lz4")
        first = self._reserve("mlm_distributor")
        cr._obj.copy_expert("COPY bench_person FROM STDIN", _Lines(self._lines(first)))
        cr.execute("ANALYZE bench_person")

    def _has_lz4(self):
        self.env.cr.execute(
            "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
        )
        row = self.env.cr.fetchone()
        return bool(row and row[0])

    def _reserve(self, table):
        """Return the id before that of the first new row, and put the sequence behind them all."""
        cr = self.env.cr
        cr.execute(SQL("SELECT nextval(%s)", f"{table}_id_seq"))
        self.base[table] = cr.fetchone()[0] - 1
        size = len(self.shape) * 2  # events and links: one of each tree
        cr.execute(SQL("SELECT setval(%s, %s)", f"{table}_id_seq", self.base[table] + size))
        return self.base[table]

    def _lines(self, first):
        shape = self.shape
        names = itertools.cycle(
            f"{one} {other} {last}"
            for one, last, other in itertools.product(_FIRST.split(), _LAST.split(), _FIRST.split())
            if one != other
        )
        paths = {-1: ""}
        for index, name in zip(range(len(shape)), names, strict=False):
            above = shape.sponsor[index]
            path = f"{paths[above]}{first + index + 1}/"
            if above in shape.chain:
                del paths[above]  # nobody else is below; all of them would be 400 MiB
            paths[index] = path
            yield (
                f"{index + 1}\t{above + 1}\t{shape.parent[index] + 1}\t{shape.leg[index] or _NULL}"
                f"\t{shape.kind[index]}\t{'t' if shape.placed[index] else 'f'}"
                f"\t{shape.moment[index]}\t{name} {index + 1}\t{path}\n"
            )

    def _insert(self, model, values, source):
        """Insert one row for each of `source`.

        :param values: `{column: SQL text}`
        :param source: SQL text after FROM
        """
        Model = self.env[model]
        columns = {
            name for name, field in Model._fields.items() if field.store and field.column_type
        }
        missing = Model._add_missing_default_values({})
        constants = {
            name: Model._fields[name].convert_to_column_insert(value, Model)
            for name, value in missing.items()
            if name in columns and name not in values
        }
        stamp = {
            "create_uid": "1",
            "write_uid": "1",
            "create_date": "moment",
            "write_date": "moment",
        }
        parts = {
            name: SQL(text.replace("%", "%%"))
            for name, text in {**stamp, **values}.items()
            if name in columns or name == "id"
        }
        parts.update(
            (name, SQL("%s", value)) for name, value in constants.items() if value is not None
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s",
                SQL.identifier(Model._table),
                SQL(", ").join(map(SQL.identifier, parts)),
                SQL(", ").join(parts.values()),
                SQL(source.replace("%", "%%")),
            )
        )

    def _code(self, n):
        return f"lpad(({n})::text, 7, '0')"

    def _fill_res_partner(self):
        base = self._reserve("res_partner")
        self._insert(
            "res.partner",
            {
                "id": f"{base} + n",
                "name": "name",
                "complete_name": "name",
                "commercial_partner_id": f"{base} + n",
                "partner_share": "true",
                "is_company": "false",
                "lang": "'es_CO'" if self.env["res.lang"]._lang_get("es_CO") else "'en_US'",
                "country_id": str(self.env.ref("base.co").id),
                "city": "(ARRAY['Bogotá', 'Medellín', 'Cali', 'Barranquilla', 'Pasto'])[1 + n % 5]",
                "street": "'Calle ' || n % 180 || ' # ' || n % 97 || '-' || n % 89",
                "vat": "(10000000 + n)::text",
                "email": "'person' || n || '@example.com'",
                "email_normalized": "'person' || n || '@example.com'",
                "phone": "'+57 3' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0')",
                "phone_sanitized": "'+573' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0')",
            },
            "bench_person",
        )

    def _fill_mlm_distributor(self):
        base = self.base["mlm_distributor"]
        self._insert(
            "mlm.distributor",
            {
                "id": f"{base} + n",
                "partner_id": f"{self.base['res_partner']} + n",
                "company_id": str(self.company.id),
                "network_id": str(self.network.id),
                "code": self._code("n"),
                "kind": "kind",
                "joined_at": "moment",
                "join_date": "moment::date",
                "sponsor_id": f"nullif(sponsor, 0) + {base}",
                "parent_path": "path",
                "holding_since": "CASE WHEN NOT placed AND kind != 'customer' THEN moment END",
            },
            "bench_person ORDER BY n",
        )

    def _fill_mlm_position(self):
        base = self._reserve("mlm_position")
        self._insert(
            "mlm.position",
            {
                "id": f"{base} + n",
                "tree_id": str(self.tree.id),
                "network_id": str(self.network.id),
                "distributor_id": f"{self.base['mlm_distributor']} + n",
                "code": self._code("n"),
                "parent_id": f"nullif(parent, 0) + {base}",
                "leg": "leg",
                "slot": "CASE leg WHEN 'left' THEN 1 WHEN 'right' THEN 2 ELSE 0 END",
                "placed_at": "moment",
            },
            "bench_person WHERE placed ORDER BY n",
        )

    def _fill_mlm_genealogy_event(self):
        base = self._reserve("mlm_genealogy_event")
        common = {
            "company_id": str(self.company.id),
            "network_id": str(self.network.id),
            "distributor_id": f"{self.base['mlm_distributor']} + n",
            "effective_at": "moment",
            "recorded_at": "moment",
            "author_id": "1",
        }
        sponsor = f"nullif(sponsor, 0) + {self.base['mlm_distributor']}"
        self._insert(
            "mlm.genealogy.event",
            {
                **common,
                "id": f"{base} + 2 * n - 1",
                "kind": "'enrolled'",
                "after": f"jsonb_build_object('code', {self._code('n')}, 'kind', kind,"
                f" 'sponsor_id', {sponsor}, 'sponsor', {self._code('sponsor')})",
            },
            "bench_person ORDER BY n",
        )
        position = self.base["mlm_position"]
        self._insert(
            "mlm.genealogy.event",
            {
                **common,
                "id": f"{base} + 2 * n",
                "kind": "'placed'",
                "position_id": f"{position} + n",
                "after": f"jsonb_build_object('tree', 'binary', 'position', {self._code('n')},"
                f" 'parent_id', nullif(parent, 0) + {position},"
                f" 'parent', {self._code('parent')}, 'leg', leg)",
            },
            "bench_person WHERE placed ORDER BY n",
        )

    def _fill_mlm_link(self):
        base = self._reserve("mlm_link")
        event = self.base["mlm_genealogy_event"]
        node = self.base["mlm_distributor"]
        common = {
            "company_id": str(self.company.id),
            "network_id": str(self.network.id),
            "distributor_id": f"{node} + n",
            "valid_from": "moment",
            "recorded_at": "moment",
        }
        self._insert(
            "mlm.link",
            {
                **common,
                "id": f"{base} + 2 * n - 1",
                "parent_distributor_id": f"nullif(sponsor, 0) + {node}",
                "event_id": f"{event} + 2 * n - 1",
            },
            "bench_person ORDER BY n",
        )
        position = self.base["mlm_position"]
        self._insert(
            "mlm.link",
            {
                **common,
                "id": f"{base} + 2 * n",
                "tree_id": str(self.tree.id),
                "position_id": f"{position} + n",
                "parent_distributor_id": f"nullif(parent, 0) + {node}",
                "parent_position_id": f"nullif(parent, 0) + {position}",
                "leg": "leg",
                "slot": "CASE leg WHEN 'left' THEN 1 WHEN 'right' THEN 2 ELSE 0 END",
                "event_id": f"{event} + 2 * n",
            },
            "bench_person WHERE placed ORDER BY n",
        )

    def _fill_mlm_holder(self):
        base = self._reserve("mlm_holder")
        self._insert(
            "mlm.holder",
            {
                "id": f"{base} + n",
                "company_id": str(self.company.id),
                "network_id": str(self.network.id),
                "distributor_id": f"{self.base['mlm_distributor']} + n",
                "partner_id": f"{self.base['res_partner']} + n",
                "role": "'holder'",
                "valid_from": "moment",
                "recorded_at": "moment",
                "event_id": f"{self.base['mlm_genealogy_event']} + 2 * n - 1",
            },
            "bench_person ORDER BY n",
        )


class _Lines(io.RawIOBase):
    """Text lines as a file that COPY reads, never all in memory."""

    def __init__(self, lines):
        self.lines = lines
        self.rest = b""

    def readable(self):
        return True

    def read(self, size=-1):
        parts, length = [self.rest], len(self.rest)
        while size < 0 or length < size:
            chunk = "".join(itertools.islice(self.lines, 100)).encode()
            if not chunk:
                break
            parts.append(chunk)
            length += len(chunk)
        data = b"".join(parts)
        if size < 0:
            self.rest = b""
            return data
        self.rest = data[size:]
        return data[:size]
