# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import threading
from collections import OrderedDict

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats

from ...copy_binary import Lists
from .mlm_period import as_projection
from .person import Now

_logger = logging.getLogger(__name__)
_KEPT = 3
_cache = OrderedDict()
_lock = threading.Lock()


class MlmLive(models.Model):
    """Live figures for whoever reads them: of a small network computed at once and kept in
    memory until something changes, of a large one read as they were stored.
    """

    _inherit = "mlm.live"

    @api.model
    def _get_now(self, network):
        """Return ``(period, Now)`` of the open cycle; without a Now where nothing is stored yet
        or something is missing, and without a period where no cycle is open.

        Callers have checked whose figures the reader may see.
        """
        period = self.env["mlm.period"]._present(network)
        if not period:
            return period, None
        if network._is_large():
            # sudo: see above
            live = self.sudo().search([("network_id", "=", network.id)])
            if not live.is_stored or live.period_id != period:
                return period, None
            return period, Now(period, live.version_id, live._read_stored, live.as_of)
        try:
            version = self.env["mlm.plan"]._version_at(network, period.date_start)
            columns = self._get_kept(period, version)
        except (UserError, ValueError) as error:
            # no plan, no rate of exchange, or inputs that contradict each other:
            # staff see it in the run, the reader gets the posted figures
            _logger.info("No live figures of %s: %s", period.display_name, error)
            return period, None
        return period, Now(period, version, lambda people: _rows(columns, people))

    @api.model
    def _say_as_of(self, now, network):
        """Say of which moment the figures are, for the reader; empty where they are immediate."""
        if not now or not now.as_of:
            return ""
        zone = self.env.user.tz or network.tz
        return self.env._("As of %s", Formats(self.env).recent(now.as_of, zone))

    @api.model
    def _get_kept(self, period, version):
        mark = self.env["mlm.snapshot"]._get_mark(as_projection(period), version)
        key = (self.env.cr.dbname, period.id, version.id, mark)
        with _lock:  # one computes, the others wait for it
            if key in _cache:
                _cache.move_to_end(key)
            else:
                _cache[key] = self._get_columns(period, version)
                while len(_cache) > _KEPT:
                    _cache.popitem(last=False)
            return _cache[key]


def _rows(columns, people):
    """What `_read_stored` returns, from memory."""
    ids, asked = columns["id"], np.array(sorted(people), dtype=np.int64)
    found = {}
    for at in np.flatnonzero(np.isin(ids, asked)).tolist():
        found[int(ids[at])] = {name: _value(column, at) for name, column in columns.items()}
    return found


def _value(column, at):
    if isinstance(column, Lists):
        return column.values[column.start[at] : column.start[at + 1]].tolist()
    return int(column[at])
