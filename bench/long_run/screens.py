"""The screens, explanations and exports that read posted cycles, as clients ask for them.

Lists and forms are read with the fields of their own views. Runs inside Odoo.
"""

import statistics
import time

from commission.server_cpu import ServerCpu
from lxml import etree
from network.measure import peak_mib

from odoo.addons.mlm_commission.kept_views import KEPT
from odoo.addons.mlm_commission.wizards import mlm_explanation

PAGE = 80
#: of a page of a statement in the portal
LINES = 50
TIMES = 6


class Screens:
    """Measures every case on the company as it is now: `{case: (seconds, processor time)}`.

    The processor time is of this process and of the database: on a machine that others use it
    says what grew, and the clock does not.
    """

    def __init__(self, env, run):
        manager = env["res.users"].search([("login", "=", "manager")])
        self.env = env(user=manager.id, su=False)
        self.run = run.with_env(self.env)
        self.found: dict[str, tuple[float, float]] = {}
        self.server = ServerCpu()
        self.person, self.payee = self._people()
        self.cases = dict(self._cases())

    def measure(self):
        for case, ask in self.cases.items():
            taken = []
            worked = []
            for _time in range(TIMES):
                # a new request: nothing of records is known, what a server keeps is
                self.env.cr.rollback()
                self.env.invalidate_all()
                start, before = time.perf_counter(), self._cpu()
                ask()
                self.env.flush_all()
                taken.append(time.perf_counter() - start)
                worked.append(self._cpu() - before)
            self.env.cr.rollback()
            self.found[case] = statistics.median(taken), statistics.mean(worked[1:])
            seconds, cpu = self.found[case]
            print(f"    {case}: {seconds:.3f} s, processor {cpu:.3f} s", flush=True)
        return self.found, peak_mib()

    def _cpu(self):
        return time.thread_time() + self.server.seconds()

    def _people(self):
        """Who is paid most, and somebody of the middle."""
        paid = sorted(
            self.run.sudo()._gross_by_payee().items(), key=lambda item: (-item[1], item[0])
        )
        people = self.env["mlm.distributor"]
        return people.browse(paid[0][0]), people.browse(paid[len(paid) // 2][0])

    # -- what is asked -----------------------------------------------------------------

    def _cases(self):
        run, oldest = self.run, self._oldest
        yield "list of cycles", lambda: self._list("mlm.period", [("is_base", "=", True)])
        yield "form of the last cycle", lambda: self._form(run.period_id)
        yield "list of runs", lambda: self._list("mlm.run", [("state", "!=", "cancelled")])
        yield "form of the last run", lambda: self._form(run)
        yield "form of the oldest run", lambda: self._form(oldest())
        yield "charts of the last run", run.read_summary
        for name, one in (("last", lambda: run), ("oldest", oldest)):
            yield f"earnings of the {name} run, by person", lambda one=one: self._grouped(one())
            yield f"earnings of the {name} run, a page", lambda one=one: self._rows(one())
            yield (
                f"earnings of the {name} run, of one person",
                lambda one=one: self._rows(one(), [("payee_id", "=", self.payee.id)]),
            )
            yield f"figures of the {name} run, a page", lambda one=one: self._figures(one())
        yield (
            "earnings of all runs, of one person",
            lambda: self._list("mlm.earning", [("payee_id", "=", self.payee.id)]),
        )
        yield "changes of the last run", lambda: self._changes(run)
        yield "list of statements", lambda: self._list("mlm.statement", [])
        yield (
            "statements of one person",
            lambda: self._list("mlm.statement", [("distributor_id", "=", self.payee.id)]),
        )
        yield "form of a person", lambda: self._form(self.payee)
        yield "form of who is paid most", lambda: self._form(self.person)
        yield "list of people", lambda: self._list("mlm.distributor", [])
        yield "Hoy, the commissions", lambda: self.env["mlm.today"].get_board("commissions")
        yield "Hoy, the network", lambda: self.env["mlm.today"].get_board("network")
        yield "portal: dashboard", lambda: self._portal("dashboard")
        yield "portal: statements", lambda: self._portal("statement", "_list", 12)
        yield "portal: the last statement", lambda: self._statement(run)
        yield "portal: the oldest statement", lambda: self._statement(oldest())
        yield "portal: team", lambda: self._portal("team")
        yield "explanation of who is paid most, last run", lambda: self._explain(run)
        yield "explanation of who is paid most, oldest run", lambda: self._explain(oldest())
        yield "downline report", self._downline
        yield "workbook of the last run", run._xlsx_report

    def _oldest(self):
        return self.env["mlm.run"].search([("state", "=", "posted")], order="number", limit=1)

    def _list(self, model, domain, order=None):
        """A page of a list, and how many there are, as the web client asks for it."""
        records = self.env[model]
        return records.web_search_read(
            domain, self._fields(model, "list"), limit=PAGE, order=order, count_limit=10_001
        )

    def _form(self, record):
        return record.web_read(self._fields(record._name, "form"))

    def _fields(self, model, kind):
        """The fields of a view, with those of the lists inside it, as the client asks for them."""
        view = self.env[model].get_views([(False, kind)])["views"][kind]["arch"]
        return self._of_node(self.env[model], etree.fromstring(view))

    def _of_node(self, records, node):
        found = {}
        inside = node if node.tag == "field" else None
        for field in node.iterdescendants("field"):
            if next(field.iterancestors("field"), None) is not inside:
                continue  # of a list inside this view
            name = field.get("name")
            if name not in records._fields:
                continue
            kind = records._fields[name]
            if kind.type in ("one2many", "many2many"):
                found[name] = {
                    "fields": self._of_node(self.env[kind.comodel_name], field),
                    "limit": 40,
                }
            elif kind.type == "many2one":
                found[name] = {"fields": {"display_name": {}}}
            else:
                found[name] = {}
        return found

    def _rows(self, run, more=()):
        return self._list("mlm.earning", [*run._id_domain("mlm.earning"), *more])

    def _grouped(self, run):
        return self.env["mlm.earning"].web_read_group(
            run._id_domain("mlm.earning"), ["payee_id"], ["amount:sum", "breakage:sum"], limit=PAGE
        )

    def _figures(self, run):
        return self._list("mlm.measure", run._id_domain("mlm.measure"))

    def _changes(self, run):
        return self._list("mlm.run.change", run._id_domain("mlm.run.change"))

    def _portal(self, name, method="_get", *arguments):
        # sudo: as the portal reads, of the reader's own enrolment
        person = self.payee.sudo()
        return getattr(person.env[f"mlm.portal.{name}"], method)(person, *arguments)

    def _statement(self, run):
        # sudo: as above
        person = self.person.sudo()
        return person.env["mlm.portal.statement"]._get(run.sudo(), person, LINES)

    def _explain(self, run):
        """The first explanation of a process: the inputs are read and computed once more."""
        KEPT.clear()
        run._explain_distributor(self.person, most=mlm_explanation.SHOWN)

    def _downline(self):
        wizard = self.env["mlm.downline.wizard"].create({"root_id": self.person.id})
        return wizard.action_show()
