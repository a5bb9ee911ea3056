# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import threading
from collections import OrderedDict

import numpy as np
from mlm_engine.kernel import codes
from mlm_engine.kernel import run as engine_run
from mlm_engine.telling.view import View

from odoo import api, fields, models
from odoo.exceptions import UserError

from .mlm_period import as_projection

_logger = logging.getLogger(__name__)
#: Above so many members nothing is computed while a page waits.
LIVE_LIMIT = 20_000
_KEPT = 3
_cache = OrderedDict()
_lock = threading.Lock()


class MlmPortalProjection(models.AbstractModel):
    """The present cycle as if it ended now, computed in memory and stored nowhere.

    The same engine on the same inputs as a run, shared by all readers until a sale, a
    change of the network or an hour passes.
    """

    _name = "mlm.portal.projection"
    _description = "Projection of the Current Cycle"

    @api.model
    def _view(self, network):
        """``(period, View)`` of the present cycle; the view is None where the network
        is too large or something is missing, the period empty where no cycle is open.
        """
        period = self.env["mlm.period"]._present(network)
        if not period or self._is_large(network):
            return period, None
        try:
            version = self.env["mlm.plan"]._version_at(network, period.date_start)
            return period, self._computed(period, version)
        except (UserError, ValueError) as error:
            # no plan, no rate of exchange, or inputs that contradict each other:
            # staff see it in the run, the reader gets the posted figures
            _logger.info("No projection of %s: %s", period.display_name, error)
            return period, None

    @api.model
    def _is_large(self, network):
        members = self.env["mlm.distributor"].search_count(
            [("network_id", "=", network.id)], limit=LIVE_LIMIT + 1
        )
        return members > LIVE_LIMIT

    @api.model
    def _computed(self, period, version):
        key = self._cache_key(period, version)
        with _lock:  # one computes, the others wait for it
            if key in _cache:
                _cache.move_to_end(key)
            else:
                snapshot = self.env["mlm.snapshot"]._load(as_projection(period), version)
                view = View(snapshot, engine_run.compute(snapshot))
                _cache[key] = snapshot, view.result, view.context
                while len(_cache) > _KEPT:
                    _cache.popitem(last=False)
            snapshot, result, context = _cache[key]
        view = View(snapshot, result, lang=version._short_lang())
        view.context = context
        return view

    @api.model
    def _cache_key(self, period, version):
        """What changes when the figures may have changed.

        Rows are counted, too: of two that are written at once the one with the lower number
        may be there last.
        """
        self.env.cr.execute(
            """
            SELECT (SELECT max(id) FROM mlm_volume_entry),
                   (SELECT count(*) FROM mlm_volume_entry WHERE period_id = %s),
                   (SELECT max(id) FROM mlm_genealogy_event),
                   (SELECT count(*) FROM mlm_genealogy_event WHERE network_id = %s),
                   (SELECT max(id) FROM mlm_statement)
            """,
            [period.id, period.network_id.id],
        )
        latest = self.env.cr.fetchone()
        hour = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
        return (
            self.env.cr.dbname,
            period.id,
            version.id,
            version.document_hash,
            hour,
            *latest,
        )

    @api.model
    def _member(self, view, distributor):
        """Index of a person in the snapshot, -1 for one who joined after it."""
        ids = view.snapshot.member_id
        at = int(np.searchsorted(ids, distributor.id))
        return at if at < ids.size and ids[at] == distributor.id else -1

    @api.model
    def _figures(self, view, distributor):
        """Rows ``(measure, bonus, position, integer)`` of a person, as stored ones."""
        member = self._member(view, distributor)
        if member < 0:
            return []
        table = view.result.measures
        rows = slice(*np.searchsorted(table.member, [member, member + 1]))
        places = {one.id: one.code for one in distributor.position_ids}
        bonuses = [bonus["code"] for bonus in view.plan["bonuses"]] + [""]
        return [
            (
                codes.figure_name(code, view.plan),
                bonuses[bonus],
                places.get(int(view.snapshot.position_id[position])) if position >= 0 else "",
                value,
            )
            for code, bonus, position, value in zip(
                table.measure[rows].tolist(),
                table.bonus[rows].tolist(),
                table.position[rows].tolist(),
                table.value[rows].tolist(),
                strict=True,
            )
        ]

    @api.model
    def _earned(self, view, distributor):
        """``{bonus code: ten-thousandths}`` of the sales so far."""
        member = self._member(view, distributor)
        table = view.result.earnings
        mine = table.payee == member if member >= 0 else np.zeros(0, dtype=bool)
        found = {}
        if mine.any():
            for bonus in np.unique(table.bonus[mine]).tolist():
                amount = int(table.amount_e4[mine & (table.bonus == bonus)].sum())
                if amount:
                    found[view.plan["bonuses"][bonus]["code"]] = amount
        return found

    @api.model
    def _package(self, view, distributor):
        """Package in term with its percentage, and the highest one held; or None."""
        member = self._member(view, distributor)
        if member < 0:
            return None
        held = view.context.holdings
        end = view.snapshot.period_end
        moment = np.array([view.snapshot.period_end_moment])
        highest = int(held.highest_at(np.array([member]), moment)[0])
        if highest < 0:
            return None
        purchase = int(held.best_in_term(view.context.members, end)[1][member])
        packages = view.plan["packages"]
        found = {"highest": packages[highest], "current": None}
        if purchase >= 0:
            found.update(
                current=packages[int(held.package[purchase])],
                rate_e6=int(held.rate_e6[purchase]),
                until=int(held.until[purchase]),
                repeat=bool(held.repeat[purchase]),
            )
        return found
