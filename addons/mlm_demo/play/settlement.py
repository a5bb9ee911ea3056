# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Closes, computes, approves and posts a cycle, with the people whose job it is."""

from mlm_engine.scenario.timeline import Timeline


def capture(session):
    """Bring the ledger up to the documents."""
    session.env.flush_all()
    session.env["mlm.capture.queue"]._process()


def period_of(session, number):
    return session.env["mlm.period"].search(
        [("network_id", "=", session.network.id), ("is_base", "=", True), ("number", "=", number)]
    )


def effective(session, event):
    """Moment from which an event counts: a termination, and a move of somebody placed
    already (RULES 19), by the close of its cycle."""
    if event.type == "place":
        late = _is_move(session, event)
    else:
        late = event.type == "terminate" and not event.now
    if not late:
        return event.at
    return Timeline(session.scenario, session.clock).next_start(event.at)


def _is_move(session, event):
    scenario = session.scenario
    return any(
        place.code == event.position and place.tree == event.tree
        for person in scenario.distributors
        for place in person.places
    ) or any(
        (other.type, other.position, other.tree) == ("place", event.position, event.tree)
        and other.at < event.at
        for other in scenario.events
    )


def clear_cases(session, run):
    """Look at what was found before approval, as a manager does."""
    cases = run.with_user(session.roles["manager"]).check_ids
    cases.filtered(lambda case: case.state == "open")._decide(
        "cleared", run.env._("Looked at: ordinary purchases of known people.")
    )


def settle(session, number):
    """Close cycle ``number`` and bring its run to a posted entry, then those of the longer
    periods that it completes; return its run."""
    period = period_of(session, number)
    period.with_user(session.roles["manager"]).action_close()
    run = session.runs[number] = _post(session, period)
    for longer in period._longer().sorted("date_start"):
        if longer.state == "closed":
            session.longer[longer.kind, longer.number] = _post(session, longer)
    return run


def _post(session, period):
    """Compute, approve and post a closed period; return the run."""
    manager, approver = session.roles["manager"], session.roles["approver"]
    run = period.env["mlm.run"].with_user(manager)._create_preview(period.with_user(manager))
    run.action_compute()
    if run.state == "queued":  # a large network is otherwise left to the background
        # sudo: the manager asked for it above; this is the work of the background
        run.sudo()._compute_run()
    clear_cases(session, run)
    run.action_submit()
    if run.audit_state == "queued":  # so is the audit
        # sudo: as for the computation
        run.sudo().audit_id._finish()
    run.with_user(approver).action_approve()
    # a plan may say no pay day, and the pay day of the last cycles may be yet to come; in
    # another year it would want somebody's consent
    latest = min(period._today(run.network_id), period.date_end.replace(month=12, day=31))
    run.accounting_date = max(min(period.pay_date, latest), period.date_end)
    run.action_post()
    if run.state == "posting":  # several chunks are otherwise left to the background
        # sudo: as for the computation; the demo itself acts on without limits
        run.sudo()._post_all()
    return run.with_user(session.env.user).sudo()
