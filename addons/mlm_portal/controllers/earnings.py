# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .network import NetworkPortal

_CYCLES = 12
_LINES = 50


class NetworkEarnings(NetworkPortal):
    """Statements of past cycles, their lines, and why each amount is what it is."""

    @route(
        ["/my/network/earnings", "/my/network/earnings/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_earnings(self, page=1, **kwargs):
        """All posted cycles since the enrolment, those without earnings included."""
        # sudo record, but the reader's own enrolment only
        distributor = self._network_distributor()
        values = {"page_name": "mlm_earnings"}
        if distributor:
            statements = distributor.env["mlm.portal.statement"]
            pager = portal_pager(
                url="/my/network/earnings",
                total=statements._count(distributor),
                page=page,
                step=_CYCLES,
            )
            present = distributor.env["mlm.period"]._present(distributor.network_id)
            values.update(
                has_history=bool(distributor.env["mlm.portal.history"]._count(distributor)),
                cycles=statements._list(distributor, _CYCLES, pager["offset"]),
                pager=pager,
                waiting=[
                    {
                        "number": period.number,
                        "start": period.date_start,
                        "end": period.date_end,
                        "pay_date": period.pay_date,
                    }
                    for period in present._in_calculation(distributor.network_id, present.number)
                ]
                if present
                else [],
            )
        return self._network_render("mlm_portal.earnings", distributor, **values)

    @route(
        ["/my/network/earnings/before", "/my/network/earnings/before/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_earnings_before(self, page=1, **kwargs):
        """What the reader earned in the system before, as that system said it."""
        # sudo record, but the reader's own enrolment only
        distributor = self._network_distributor()
        values = {"page_name": "mlm_earnings_before"}
        if distributor:
            history = distributor.env["mlm.portal.history"]
            pager = portal_pager(
                url="/my/network/earnings/before",
                total=history._count(distributor),
                page=page,
                step=_CYCLES,
            )
            values.update(periods=history._list(distributor, _CYCLES, pager["offset"]), pager=pager)
        return self._network_render("mlm_portal.earnings_before", distributor, **values)

    @route(
        [
            "/my/network/earnings/<int:run_id>",
            "/my/network/earnings/<int:run_id>/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_statement(self, run_id, page=1, **kwargs):
        """One posted cycle: totals, deductions, every line, what was missed and why."""
        distributor = self._network_distributor()
        values = {"page_name": "mlm_statement"}
        if distributor:
            statements = distributor.env["mlm.portal.statement"]
            # checked before anything of the run is read: posted, of the reader's
            # company, since the reader's enrolment; the payee is always the reader
            run = statements._own_run(distributor, run_id)
            if not run:
                raise request.not_found()
            count = statements._count_lines(run, distributor)
            pager = portal_pager(
                url=f"/my/network/earnings/{run.id}", total=count, page=page, step=_LINES
            )
            paged = (_LINES, pager["offset"]) if count > _LINES else ()
            statement = statements._get(run, distributor, *paged)
            before = distributor.env["mlm.portal.comparison"]._own_before(run, distributor)
            values.update(
                statement=statement,
                before_number=before.period_id.number,
                pager=pager,
                lines=statement["earnings"],
            )
        return self._network_render("mlm_portal.statement", distributor, **values)

    @route(
        "/my/network/earnings/<int:run_id>/compare",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_comparison(self, run_id, **kwargs):
        """Why a cycle paid more or less than the one before."""
        distributor = self._network_distributor()
        values = {"page_name": "mlm_comparison"}
        if distributor:
            comparisons = distributor.env["mlm.portal.comparison"]
            # checked before anything is compared: the reader may see both runs
            run = distributor.env["mlm.portal.statement"]._own_run(distributor, run_id)
            before = run and comparisons._own_before(run, distributor)
            if not before:
                raise request.not_found()
            values.update(run_id=run.id, compared=comparisons._get(run, before, distributor))
        return self._network_render("mlm_portal.comparison", distributor, **values)

    @route(
        "/my/network/earnings/<int:run_id>/<int:earning_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_explanation(self, run_id, earning_id, **kwargs):
        """Why one amount is what it is."""
        distributor = self._network_distributor()
        values = {"page_name": "mlm_explanation"}
        if distributor:
            explanations = distributor.env["mlm.portal.explanation"]
            # checked before anything is explained: the run may be seen by the reader,
            # and the row belongs to that run and pays the reader
            run = distributor.env["mlm.portal.statement"]._own_run(distributor, run_id)
            earning = run and explanations._own_earning(run, distributor, earning_id)
            if not earning:
                raise request.not_found()
            values.update(
                run_id=run.id,
                explained=explanations._get(run, distributor, earning),
            )
        return self._network_render("mlm_portal.explanation", distributor, **values)
