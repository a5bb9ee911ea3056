"""The cases of `./mlm bench genealogy`. Runs inside Odoo, as a manager of the network would."""

import base64
import itertools
import json
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from odoo import SUPERUSER_ID, api, fields
from odoo.service.model import retrying
from odoo.tools import SQL

from odoo.addons.mlm_base.importing.writer import write_csv, write_xlsx

from . import shape as shapes
from .load import Loader
from .measure import Bench, forget_peak, line_of, peak_mib

_GROUPS = ("base.group_user", "mlm_base.group_manager", "base.group_partner_manager")


def run(env):
    """Make the network, measure everything, and write the result to `MLM_BENCH_RESULT`."""
    size = int(os.environ["MLM_BENCH_SIZE"])
    env = env(context={"lang": "es_CO", "tz": "America/Bogota"})
    start = time.perf_counter()
    forget_peak()
    loader = Loader(env, shapes.make(size))
    loader.load()
    _vacuum(env)
    made = time.perf_counter() - start
    for what, seconds in loader.seconds.items():
        print(f"    {what}: {seconds:.1f} s", flush=True)
    bench = Bench(env(user=_manager(env)), size)
    print(_HEADING, flush=True)
    bench.add("the network itself, loaded and indexed", made, peak=peak_mib())
    start = time.perf_counter()
    violations = env["mlm.law"]._check_all()
    assert not violations, violations[:10]
    bench.add("proof of all laws", time.perf_counter() - start)
    env.cr.rollback()
    cases = Cases(bench, loader)
    only = os.environ.get("MLM_BENCH_ONLY")
    for name in Cases.order:
        if not only or any(part in name for part in only.split(",")):
            getattr(cases, name)()
    Path(os.environ["MLM_BENCH_RESULT"]).write_text(json.dumps(bench.rows))


_HEADING = f"{'case (milliseconds, as a multiple of the floor, MiB)':<68}{'ms':>12}{'floor':>12}{'ratio':>8}{'MiB':>7}"


def _manager(env):
    user = env["res.users"].create(
        {
            "name": "Bench Manager",
            "login": "bench",
            "group_ids": [(6, 0, [env.ref(one).id for one in _GROUPS])],
        }
    )
    env.cr.commit()
    return user.id


def _vacuum(env):
    env.cr.commit()
    env.cr.connection.autocommit = True
    env.cr.execute("VACUUM (ANALYZE)")
    env.cr.connection.autocommit = False


class Cases:
    """Each method of `order` is a group of cases; whoever acts in them is chosen here."""

    order = (
        "sponsor_changes",
        "placement_moves",
        "enrolments",
        "uplines",
        "downlines",
        "searches",
        "trees",
        "terminations",
        "imports",
    )

    def __init__(self, bench: Bench, loader: Loader):
        self.bench = bench
        self.loader = loader
        self.shape = shape = loader.shape
        self.node = loader.base["mlm_distributor"] + 1
        self.spot = loader.base["mlm_position"] + 1
        self.sizes = shape.subtree_sizes(shape.sponsor)
        self.depths = shape.depths(shape.sponsor)
        self.below = shape.subtree_sizes(shape.parent)
        self.far = {
            *shape.uplines(shape.sponsor, shape.wide),
            *shape.uplines(shape.sponsor, shape.chain[0]),
        }
        self.natural = range(10, shape.chain[0] - min(shapes.WIDE, len(shape) // 10))

    def _sized(self, sizes, target, avoid=()):
        """The person with a subtree of about `target` people."""
        target = min(target, len(self.shape) // 20)
        fitting = (
            index
            for index in reversed(self.natural)
            if index not in avoid
            and self.shape.placed[index]
            and self.shape.kind[index] == "distributor"
        )
        return min(fitting, key=lambda index: abs(sizes[index] - target))

    def _of_each_size(self, sizes, avoid):
        """A leaf and the heads of subtrees of 1,000 and 50,000, less where the network is small."""
        return dict.fromkeys(self._sized(sizes, target, avoid) for target in (1, 1_000, 50_000))

    def _what(self, count):
        return "a leaf" if count == 1 else f"a subtree of {count:,}"

    def _elsewhere(self, above, index):
        """Somebody of usual depth who is not below `index`."""
        step = len(self.natural) // 7
        for start in range(7):
            for other in range(self.natural[start * step], self.natural[-1]):
                if (
                    self.shape.kind[other] == "distributor"
                    and self.shape.placed[other]
                    and above[other] != index
                    and above[index] != other
                    and index not in self.shape.uplines(above, other)
                    and other != index
                ):
                    return other
        raise LookupError("nobody outside of the subtree")

    def _ids(self, table, ids):
        """Reading whole rows by primary key."""
        return SQL("SELECT * FROM %s WHERE id = ANY(%s)", SQL.identifier(table), list(ids))

    def sponsor_changes(self):
        for index in self._of_each_size(self.sizes, self.far):
            other = self._elsewhere(self.shape.sponsor, index)

            def change(env, __, index=index, other=other):
                sponsor = env["mlm.distributor"].browse(self.node + other)
                mover = env["mlm.distributor"].browse(self.node + index)
                mover._change_sponsor(sponsor, reason="Measured")

            what = self._what(self.sizes[index])
            self.bench.write(f"change of sponsor, {what} ({{rows}} rows)", change)

    def placement_moves(self):
        Position = self.bench.registry["mlm.position"]
        if not hasattr(Position, "_move"):
            return
        avoid = set(self.shape.uplines(self.shape.parent, self.shape.chain[0]))
        for index in self._of_each_size(self.below, avoid):
            other = self._elsewhere(self.shape.parent, index)
            what = self._what(self.below[index])

            def spot(env, other=other):
                return env["mlm.position"].browse(self.spot + other)._find_free_spot("left")

            def move(env, found, index=index):
                parent, slot = found
                env["mlm.position"].browse(self.spot + index)._move(
                    env["mlm.position"].browse(parent.id),
                    slot,
                    reason="Measured",
                    effective=fields.Datetime.now(),
                )

            self.bench.write(f"move of a position, {what} ({{rows}} rows)", move, spot)

    def enrolments(self):
        def enrol(placement, sponsor):
            def operate(env, __):
                vals = {
                    "name": "Persona Medida",
                    "vat": "1020304050",
                    "email": "medida@example.com",
                    "phone": "+57 300 1234567",
                    "sponsor_id": self.node + sponsor,
                    "acceptance": "later",
                    "accepted_duplicates": True,
                    "reason": "Measured again",
                }
                if placement:
                    vals["placement"] = {"strategy": placement}
                env["mlm.distributor"]._enrol([vals])

            return operate

        usual = self._sized(self.sizes, 30)
        write = self.bench.write
        write("enrolment into the holding tank ({rows} rows)", enrol(None, usual))
        write("enrolment below a sponsor, automatic spot ({rows} rows)", enrol("auto", usual))
        outer = f"{self._outer_length():,}"
        write(
            f"enrolment below the root, automatic, outer line of {outer} ({{rows}} rows)",
            enrol("auto", 0),
        )
        deepest = self.shape.chain[-1]
        write(
            f"enrolment at depth {self.depths[deepest]:,}, left ({{rows}} rows)",
            enrol("left", deepest),
        )

    def _outer_length(self):
        child = {
            (parent, leg): index
            for index, (parent, leg) in enumerate(
                zip(self.shape.parent, self.shape.leg, strict=True)
            )
        }
        lengths = []
        for leg in ("left", "right"):
            at, length = 0, 0
            while (at, leg) in child:
                at, length = child[at, leg], length + 1
            lengths.append(length)
        return min(lengths)

    def uplines(self):
        read = self.bench.read
        usual = self.natural[-1]
        for index in (usual, self.shape.chain[-1]):
            depth = self.depths[index]

            def above(env, index=index):
                return env["mlm.distributor"].browse(self.node + index)._upline_ids()

            def floor(ids):
                return self._plain("mlm_distributor", "sponsor_id", ids)

            read(f"upline in the sponsor tree, depth {depth:,}", above, floor)
        depths = self.shape.depths(self.shape.parent)
        placed = [index for index in self.natural if self.shape.placed[index]]
        tenth = min(placed, key=lambda index: abs(depths[index] - 10_000))
        for index in (placed[-1], tenth):

            def above(env, index=index):
                return env["mlm.position"].browse(self.spot + index)._ancestor_ids()

            def floor(ids):
                return self._plain("mlm_position", "parent_id", ids)

            read(f"upline in the placement tree, depth {depths[index]:,}", above, floor)
        self._uplines_as_of(usual, tenth, depths[tenth])

    def _plain(self, table, column, ids):
        return SQL(
            "SELECT id, %s FROM %s WHERE id = ANY(%s)",
            SQL.identifier(column),
            SQL.identifier(table),
            list(ids),
        )

    def _uplines_as_of(self, usual, deep, depth):
        at = self.shape.moment[-1]
        cases = (
            ("sponsor", "mlm.distributor", "_upline_ids", self.node + usual, self.depths[usual]),
            (
                "sponsor",
                "mlm.distributor",
                "_upline_ids",
                self.node + self.shape.chain[-1],
                self.depths[-1],
            ),
            ("placement", "mlm.position", "_ancestor_ids", self.spot + deep, depth),
        )
        for tree, model, method, id_, levels in cases:
            if "at" not in getattr(self.bench.registry[model], method).__code__.co_varnames:
                continue

            def above(env, model=model, method=method, id_=id_):
                ids = getattr(env[model].browse(id_), method)(at=at)
                owner = "distributor_id" if model == "mlm.distributor" else "position_id"
                return env.registry, owner, ids

            def links(result):
                __, owner, ids = result
                with self.bench.environment() as env:
                    env.cr.execute(
                        SQL(
                            "SELECT id FROM mlm_link WHERE %s = ANY(%s) AND superseded_at IS NULL"
                            " AND tree_id IS %s NULL",
                            SQL.identifier(owner),
                            ids,
                            SQL("NOT") if owner == "position_id" else SQL(),
                        )
                    )
                    found = [row[0] for row in env.cr.fetchall()]
                return self._plain("mlm_link", "parent_distributor_id", found)

            self.bench.read(
                f"upline in the {tree} tree as of a moment, depth {levels:,}", above, links
            )

    def downlines(self):
        for index in self._of_each_size(self.sizes, self.far):
            count = self.sizes[index]

            def below(env, index=index):
                return env["mlm.distributor"].search_count([("id", "child_of", self.node + index)])

            def floor(__, index=index):
                with self.bench.environment() as env:
                    ids = env["mlm.distributor"].search([("id", "child_of", self.node + index)]).ids
                return SQL("SELECT count(*) FROM mlm_distributor WHERE id = ANY(%s)", ids)

            self.bench.read(f"count of a downline of {count:,}", below, floor)

    def searches(self):
        person = self.natural[-5]
        with self.bench.environment() as env:
            record = env["mlm.distributor"].browse(self.node + person)
            code, name = record.code, record.partner_id.name
        number = name.rsplit(" ", 1)[1]
        given = name.rsplit(" ", 1)[0]
        for what, text in (
            ("an exact code", code),
            ("a full name", name),
            ("the end of a name", number),
            ("a name that many have", given),
            ("a name that nobody has", "Xochiquetzal"),
        ):

            def find(env, text=text):
                return [id_ for id_, __ in env["mlm.distributor"].name_search(text, limit=8)]

            self.bench.read(f"name_search, {what}", find, self._names)

            def page(env, text=text):
                domain = [("display_name", "ilike", text)]
                return self._list(env, domain)

            self.bench.read(f"list with its filter, {what}", page, self._people)
        self.bench.read(
            "list, first page of everybody", lambda env: self._list(env, []), self._people
        )

    def _list(self, env, domain):
        """What the back office asks for the first page of its list."""
        model = env["mlm.distributor"]
        specification = {
            "code": {},
            "avatar_128": {},
            "name": {},
            "kind": {},
            "position_count": {},
            "frontline_count": {},
            "phone": {},
            "join_date": {},
            "state": {},
            "sponsor_id": {"fields": {"display_name": {}}},
        }
        found = model.with_context(bin_size=True).web_search_read(
            domain, specification, limit=80, count_limit=10_001
        )
        return [record["id"] for record in found["records"]]

    def _names(self, ids):
        return SQL(
            """SELECT node.id, node.code, person.name
                 FROM mlm_distributor node JOIN res_partner person ON person.id = node.partner_id
                WHERE node.id = ANY(%s)""",
            ids,
        )

    def _people(self, ids):
        return SQL(
            """SELECT node.*, person.*
                 FROM mlm_distributor node JOIN res_partner person ON person.id = node.partner_id
                WHERE node.id = ANY(%s)""",
            ids,
        )

    def trees(self):
        tree = self.loader.tree.id
        person = self.shape.chain[-1]
        wide = self.shape.wide
        for what, ask, table in (
            (
                "page of the tree, top of the sponsor tree",
                lambda read: read.get_page(),
                "mlm_distributor",
            ),
            (
                f"page of the tree, frontline of {Counter(self.shape.sponsor)[wide]:,}",
                lambda read: read.get_page(node_id=self.node + wide),
                "mlm_distributor",
            ),
            (
                "page of the tree, three levels of the binary",
                lambda read: read.get_page(tree_id=tree, options={"levels": 3}),
                "mlm_position",
            ),
            (
                f"path to a person, depth {self.depths[person]:,}",
                lambda read: read.get_path(self.node + person),
                "mlm_distributor",
            ),
        ):

            def page(env, ask=ask):
                return [int(node) for node in ask(env["mlm.tree.read"])["cards"]]

            def floor(nodes, table=table):
                owner = "id" if table == "mlm_distributor" else "distributor_id"
                return SQL(
                    """SELECT node.*, person.* FROM %(table)s place
                         JOIN mlm_distributor node ON node.id = place.%(owner)s
                         JOIN res_partner person ON person.id = node.partner_id
                        WHERE place.id = ANY(%(nodes)s)""",
                    table=SQL.identifier(table),
                    owner=SQL.identifier(owner),
                    nodes=nodes,
                )

            self.bench.read(what, page, floor)

    def terminations(self):
        frontline = Counter(self.shape.sponsor)
        for target in (0, 1_000):
            index = self._sized(
                [frontline[index] for index in range(len(self.shape))],
                target,
                {*self.far, self.shape.wide},
            )
            count = frontline[index]
            below = self.sizes[index] - 1

            def leave(env, __, index=index):
                env["mlm.distributor"].browse(self.node + index)._terminate(reason="Measured")

            self.bench.write(
                f"termination, frontline of {count:,}, downline of {below:,} ({{rows}} rows)", leave
            )

    def imports(self):
        """A tenth of the network as a file, into a company that is empty."""
        size = len(self.shape) // 10
        with self.bench.environment(SUPERUSER_ID) as env:
            company = env["res.company"].create(
                {"name": "Bench Import", "country_id": env.ref("base.co").id}
            )
            env["res.users"].browse(self.bench.uid).company_ids |= company
            tree = env["mlm.tree"].create(
                {"name": "Binary", "code": "binary", "network_id": company.mlm_network_id.id}
            )
            env.cr.commit()
            company_id, tree_id = company.id, tree.id
        self.bench.context = {**self.bench.context, "allowed_company_ids": [company_id]}
        content = base64.b64encode(self._file(size))
        with self.bench.environment() as env:
            record = env["mlm.import"].create(
                {"file": content, "file_name": "bench.csv", "tree_id": tree_id}
            )
            record.action_check()
            env.cr.commit()
            import_id = record.id

        def work(env, __):
            env(user=SUPERUSER_ID)["mlm.import"].browse(import_id)._work_once()

        def state(env):
            record = env["mlm.import"].browse(import_id)
            found = record.state, record.error, record.problem_ids[:3].mapped("message")
            return record, found

        forget_peak()
        start = time.perf_counter()
        with self.bench.environment() as env:
            work(env, None)
            env.flush_all()
            env.cr.commit()
            seconds = time.perf_counter() - start
            record, found = state(env)
            assert found[0] == "good", found
            record.action_import()
            env.cr.commit()
        self.bench.add(f"dry run of a file of {size:,} people", seconds, peak=peak_mib())
        self.bench.write(
            f"import of {size:,} people with spots ({{rows}} rows)", work, once_only=True
        )
        self._exports()

    def _file(self, size):
        """The first people of the network with other documents, in no order."""

        def code(index):
            return f"X{index:06d}" if index >= 0 else ""

        lines = []
        for index in range(size):
            sponsor = self.shape.sponsor[index]
            above = self.shape.parent[index]
            spot = self.shape.leg[index] if self.shape.placed[index] else ""
            day = self.shape.moment[index].date()
            lines.append(
                f"{code(index)};Persona Importada {index};CC;{50_000_000 + index}"
                f";x{index}@example.com;31{index:08d};Calle {index % 170};Cali"
                f";{code(sponsor)};{day}"
                f";{code(above) if spot else ''};{spot if index else 'head'}"
                f";{self.shape.kind[index] if index else 'distributor'}"
            )
        random.Random(7).shuffle(lines)
        heading = (
            "Code;Name;Document type;Document number;E-mail;Phone;Address;City;Sponsor code"
            ";Joined on;Placement below;Leg;Kind"
        )
        return "\n".join([heading, *lines]).encode()

    def _exports(self):
        """The network itself as a workbook and as text."""
        for kind in ("xlsx", "csv"):
            forget_peak()
            start = time.perf_counter()
            with self.bench.environment() as env, tempfile.TemporaryFile() as file:
                people = env["mlm.distributor"]
                headings = people._export_headings()
                rows = people._get_export_rows(self.loader.company.with_env(env), self.loader.tree)
                if kind == "xlsx":
                    write_xlsx(file, headings, itertools.islice(rows, 100_000))
                else:
                    write_csv(file, headings, rows)
                count = min(len(self.shape), 100_000) if kind == "xlsx" else len(self.shape)
            self.bench.add(
                f"export of {count:,} people as {kind.upper()}",
                time.perf_counter() - start,
                peak=peak_mib(),
            )


def enrol_for(env, seconds):
    """Enrol with placement at random sponsors for some seconds, as one worker of the server does.

    Prints how many were enrolled and how often a collision was met.
    """
    seed = os.getpid()
    chance = random.Random(seed)
    manager = env["res.users"].search([("login", "=", "bench")]).id
    env.cr.execute("SELECT min(id), max(id) FROM mlm_distributor")
    first, last = env.cr.fetchone()
    env.cr.execute(
        "SELECT distributor_id FROM mlm_position WHERE distributor_id = ANY(%s)",
        [[chance.randint(first, last) for __ in range(3000)]],
    )
    sponsors = [row[0] for row in env.cr.fetchall()]
    env.cr.rollback()
    tries = done = 0
    end = None
    while end is None or time.perf_counter() < end:
        sponsor = chance.choice(sponsors)
        with env.registry.cursor() as cr:
            mine = api.Environment(cr, manager, {"lang": "es_CO"})

            def enrol(mine=mine, sponsor=sponsor):
                nonlocal tries
                tries += 1
                mine["mlm.distributor"]._enrol(
                    [
                        {
                            "name": f"Persona {seed} {tries}",
                            "sponsor_id": sponsor,
                            "placement": {"strategy": "auto"},
                            "acceptance": "later",
                        }
                    ]
                )

            retrying(enrol, mine)
        if end is None:
            # the first one warms up
            print("READY", flush=True)
            _wait(Path(os.environ["MLM_BENCH_START"]))
            end = time.perf_counter() + seconds
            tries = 0
        else:
            done += 1
    print("DONE", json.dumps({"done": done, "tries": tries}), flush=True)


def _wait(signal: Path):
    while not signal.exists():
        time.sleep(0.01)


__all__ = ["enrol_for", "line_of", "run"]
