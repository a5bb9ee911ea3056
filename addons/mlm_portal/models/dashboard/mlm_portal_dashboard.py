# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from decimal import Decimal

from mlm_engine.telling import rank_ladder

from odoo import api, models

from ... import chart, standing

_HISTORY = 8
_SOON_DAYS = 30


class MlmPortalDashboard(models.AbstractModel):
    """The present cycle of one distributor, and the last ones."""

    _name = "mlm.portal.dashboard"
    _description = "Dashboard in the Portal"

    @api.model
    def _get(self, distributor):
        """Everything the dashboard shows, of the reader's own business only.

        ``live``: figures are projected, ``as_of`` says since when where they are stored; else
        they are those of the cycle ``figures_of``, or there are none (``standing`` is None).
        """
        Period = distributor.env["mlm.period"]
        network = distributor.network_id
        figures = distributor.env["mlm.live"]
        period, now = figures._get_now(network)
        live = now is not None
        stands, figures_of = None, None
        if live:
            stands = self._projected(now, distributor)
        else:
            run = Period._last_posted(network).posted_run_id
            if run:
                figures_of = run.period_id.number
                stands = self._posted(run, distributor)
        shown = self._period(period, distributor)
        found = {
            "period": shown,
            "live": live,
            "as_of": figures._say_as_of(now, network),
            "figures_of": figures_of,
            "standing": stands,
            "carry_of": None,
            "waiting": [],
            "history": distributor.env["mlm.portal.statement"]._list(distributor, limit=_HISTORY),
            "advice": [],
        }
        found["chart"] = chart.columns(found["history"])
        if period:
            posted = Period._last_posted(network, period.number)
            found["carry_of"] = posted.number or None
            found["waiting"] = Period._in_calculation(network, period.number).mapped("number")
        if stands:
            stands["period"] = shown
            words = distributor.env["mlm.portal.statement"]._words(distributor)
            advice = distributor.env["mlm.portal.advice"]
            found["advice"] = (
                advice._now(distributor, stands, words) if live else advice._then(stands, words)
            )
        return found

    def _period(self, period, distributor):
        if not period:
            return None
        today = period._today(distributor.network_id)
        return {
            "number": period.number,
            "start": period.date_start,
            "end": period.date_end,
            "pay_date": period.pay_date,
            "days_left": (period.date_end - today).days,
            "days": (period.date_end - period.date_start).days + 1,
            "started": today >= period.date_start,
        }

    def _projected(self, now, distributor):
        """Where the person stands as of now, by live figures."""
        plan, label = now.plan, now.view.label
        person = now.people(distributor).get(distributor.id)
        positions = distributor.position_ids.sorted("id")
        figures = standing.collect(person.figures(positions) if person else [])
        found = standing.stands(plan, figures, positions)
        earned = person.earned() if person else {}
        labels = {one["code"]: label(one["name"]) for one in plan["bonuses"]}
        found["earned"] = [
            {"name": labels[code], "amount": standing.points(amount)}
            for code, amount in earned.items()
        ]
        found["earned_total"] = standing.points(sum(earned.values()))
        found["packages"] = bool(plan["packages"])
        found["package"] = self._package(now.view, person.package()) if person else None
        found["window"] = self._window(now.view, distributor)
        self._name_ranks(found, label)
        if person and found["rank"] and found["rank"]["next"]:
            found["rank"].update(conditions=person.rank_conditions(), notes=person.rank_notes())
        if person and found["activity"]:
            found["activity"] = standing.asked(plan, figures, person.row["needed_e4"])
        return found

    def _posted(self, run, distributor):
        """Where the person stood in the last posted cycle."""
        statements = distributor.env["mlm.portal.statement"]
        measures = run._get_measures(distributor)
        found = statements._standing(run, distributor, measures)
        found.update(earned=[], earned_total=Decimal(0), package=None, window=[])
        found["packages"] = False
        self._name_ranks(found, lambda names: statements._label({"name": names}, run))
        if found["rank"] and found["rank"]["next"]:
            plan, lang = run.version_id._plan(), run.version_id._short_lang()
            own = {
                (one["bonus"] or "", one["measure"]): one["raw"]
                for one in measures
                if not one["position"]
            }
            found["rank"]["conditions"] = rank_ladder.stored(
                plan,
                plan["ranks"].index(found["rank"]["next"]),
                lang,
                lambda bonus, name: int(own.get((bonus, name), 0)),
            )
        return found

    def _name_ranks(self, found, label):
        rank = found["rank"]
        if rank:
            rank["name"] = label(rank["current"]["name"])
            rank["next_name"] = label(rank["next"]["name"]) if rank["next"] else ""
            rank["title_name"] = label(rank["title"]["name"]) if rank["title"] else ""
            rank.update(conditions=[], notes=[])

    def _package(self, view, held):
        if not held:
            return None
        found = {"highest": view.label(held["highest"]["name"]), "name": ""}
        if held["current"]:
            found.update(
                name=view.label(held["current"]["name"]),
                percent=standing.points(held["rate_e6"]),
                repeat=held["repeat"],
                until=None,
            )
            if held["until"] < date.max.toordinal():
                found["until"] = date.fromordinal(held["until"])
                soon = date.fromordinal(view.snapshot.period_end) + timedelta(_SOON_DAYS)
                found["ends_soon"] = found["until"] <= soon
        return found

    def _window(self, view, distributor):
        """Own PV of each cycle of the activity window, oldest first."""
        rule, number = view.plan["activity"], view.snapshot.period_number
        if not rule:
            return []
        groups = distributor.env["mlm.volume.entry"]._read_group(
            [
                ("distributor_id", "=", distributor.id),
                ("period_id.kind", "=", view.snapshot.period_kind),
                ("period_id.number", ">", number - rule["window"]),
                ("period_id.number", "<=", number),
            ],
            ["period_id"],
            ["pv_e4:sum"],
        )
        found = {period.number: total for period, total in groups}
        return [
            {"number": one, "pv": standing.points(found.get(one, 0))}
            for one in range(number - rule["window"] + 1, number + 1)
        ]
