# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import scenario as engine_scenario
from mlm_engine.scenario import report as engine_report
from mlm_engine.telling.language import nearest, tell

from odoo import api, models

from ..play import (
    catalogue,
    company,
    limits,
    opening,
    people,
    refunds,
    report,
    sales,
    settlement,
)
from ..play.session import Session


def _label(cycle):
    """``924`` of a cycle, ``month 8`` of a longer period."""
    return f"{cycle['kind']} {cycle['number']}" if "kind" in cycle else str(cycle["number"])


class MlmScenarioPlayer(models.AbstractModel):
    """Plays a scenario with real documents: the chain from an order to an entry.

    The methods are private: a scenario sets a whole company up, which is nothing
    that may be asked for from outside.
    """

    _name = "mlm.scenario.player"
    _description = "Scenario Player"

    @api.model
    def _play_file(self, path, progress=None):
        """Play the scenario file at ``path``; see `_play`.

        Raises ``ScenarioError`` that lists what is wrong in the file.
        """
        return self._play(engine_scenario.load(path), progress=progress)

    @api.model
    def _play(self, scenario, company=None, progress=None, cycles=None):
        """Play ``scenario`` in an empty company, by default the current one.

        :param company: ``res.company``
        :param progress: ``f(done, total, text)`` called as the work goes on
        :param cycles: numbers to close and post; the others stay open
        :return: the dict of the command's contract (``schema``, ``cycles``) plus
            ``differences`` from what the pure engine gives and from ``expect``
        """
        session = Session(self.env, company or self.env.company, scenario, progress)
        self._set_up(session)
        self._play_cycles(session, cycles)
        return self._result(session)

    # -- steps, used by the demo company too ----------------------------------

    def _set_up(self, session, persons=None, codes=None):
        _ = self.env._
        limits.ensure_playable(session)
        session.tell(_("Company and accounts"), 0.02)
        company.prepare(session)
        session.tell(_("Plan and products"), 0.1)
        catalogue.prepare(session)
        session.tell(_("People"), 0.15)
        people.enrol(session, persons, codes)
        session.tell(_("Opening balances"), 0.2)
        opening.prepare(session)

    def _play_cycles(self, session, posted=None, before=None, before_close=None):
        """Play each cycle and post those in ``posted`` (all by default).

        :param before: ``f(session, number)``, called before the first order of a cycle
        :param before_close: the same, after the last
        """
        scenario = session.scenario
        steps = list(self._steps(session))
        total = sum(size for _cycle, _kind, _items, size in steps) or 1
        done = 0
        for number in scenario.cycles:
            if before:
                before(session, number)
            for cycle, kind, items, size in steps:
                if cycle != number:
                    continue
                session.tell(
                    self.env._("Cycle %(number)s: orders", number=number),
                    0.2 + 0.75 * done / total,
                )
                if kind == "sales":
                    sales.play(session, items)
                elif kind == "refund":
                    refunds.play(session, items)
                else:
                    # what was bought before must not be judged by what comes now
                    settlement.capture(session)
                    people.happen(session, items)
                done += size
            if before_close:
                before_close(session, number)
            settlement.capture(session)
            if posted is None or number in posted:
                session.tell(
                    self.env._("Cycle %(number)s: run", number=number),
                    0.2 + 0.75 * done / total,
                )
                settlement.settle(session, number)
        session.tell(self.env._("Done"), 1.0)

    def _steps(self, session):
        """Yield ``(cycle, kind, items, size)`` in order of time.

        Sales between two other things form batches.
        """
        scenario = session.scenario
        moments = [(sale.paid, 1, "sales", sale) for sale in scenario.sales]
        moments += [(refund.at, 2, "refund", refund) for refund in scenario.refunds]
        moments += [
            (settlement.effective(session, event), 0, "event", event) for event in scenario.events
        ]
        moments.sort(key=lambda item: item[:2])
        batch, batch_cycle = [], None
        for moment, _order, kind, item in moments:
            number = opening.cycle_of(session, moment)
            if batch and (kind != "sales" or number != batch_cycle or len(batch) >= sales.BATCH):
                yield batch_cycle, "sales", batch, len(batch)
                batch = []
            if kind == "sales":
                batch.append(item)
                batch_cycle = number
            else:
                yield number, kind, item, 1
        if batch:
            yield batch_cycle, "sales", batch, len(batch)

    # -- results ---------------------------------------------------------------

    def _result(self, session):
        document = {
            "schema": 1,
            "title": session.scenario.title,
            "cycles": [report.of_run(session.runs[number]) for number in sorted(session.runs)],
            "periods": [
                {"kind": kind, **report.of_run(run)}
                for (kind, _number), run in session.longer.items()
            ],
        }
        codes = {shop.company.id: code for code, shop in session.shops.items()}
        for one in (*document["cycles"], *document["periods"]):
            if "companies" in one:
                one["companies"] = {codes[key]: row for key, row in one["companies"].items()}
        document["laws"] = self.env["mlm.law"]._check_all()
        document["differences"] = self._compare(session.scenario, document)
        return document

    @api.model
    def _compare(self, scenario, document, by_law=False):
        """Texts: where a played document differs from what the pure engine gives,
        and where that differs from what the scenario expects.

        :param by_law: the law of the country withheld, of which the engine knows nothing
        """
        names = set(report.COMPARED) - (report.WITHHELD if by_law else set())
        played = engine_scenario.play(scenario)
        posted = {
            _label(cycle): cycle for cycle in [*document["cycles"], *document.get("periods", ())]
        }
        pure = engine_report.document(played, explained=False)
        found, lang = [], nearest(self.env.lang)
        for cycle in pure["cycles"] + pure["periods"]:
            label = _label(cycle)
            if label in posted:
                expected, actual = (
                    {name: one[name] for name in names if name in one}
                    for one in (cycle, posted[label])
                )
                texts = report.differences(expected, actual)
                found += [f"{label}: {text}" for text in texts]
        for label, difference in engine_report.differences(played):
            if str(label) in posted:
                found.append(f"{label}: {tell(difference.text, lang)}")
        return found
