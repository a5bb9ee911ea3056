# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import time
from collections import defaultdict

import psycopg2

from odoo import models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
#: key of the context of entries whose ranks are raised together
RANKS_LATER = "mlm_ranks_later"
#: seconds before each try; somebody who is being written just then is left for the next
_PAUSES = (0, 0.1, 1)


class ResPartner(models.Model):
    """Entries of hundreds of people raise the ranks of all of them at once."""

    _inherit = "res.partner"

    def _increase_rank(self, field, n=1):
        """Under `RANKS_LATER` right after the commit: by one UPDATE in a transaction of its own,
        so that posting holds nobody's row from an order that raises the buyer's rank."""
        if RANKS_LATER not in self.env.context:
            return super()._increase_rank(field, n)
        postcommit = self.env.cr.postcommit
        if RANKS_LATER not in postcommit.data:
            postcommit.data[RANKS_LATER] = defaultdict(int)
            postcommit.add(lambda: _raise_ranks(self.pool, postcommit.data[RANKS_LATER]))
        for partner in self:
            postcommit.data[RANKS_LATER][partner.id, field] += n
        return None


def _raise_ranks(registry, ranks):
    """Raise ranks, waiting for nobody; whoever cannot be written stays as he is.

    :param dict ranks: ``{(partner id, name of the field): by how much}``, emptied
    """
    for pause in _PAUSES:
        time.sleep(pause)
        for field in {field for _partner, field in ranks}:
            asked = {partner: n for (partner, name), n in ranks.items() if name == field}
            for partner in _raise_free(registry, field, asked):
                del ranks[partner, field]
        if not ranks:
            return
    _logger.info("The ranks of %s contacts were being changed and stay as they are", len(ranks))


def _raise_free(registry, field, asked):
    """Raise a rank of those whom nobody else is changing, and return their ids."""
    query = SQL(
        """
        UPDATE res_partner SET %(field)s = COALESCE(res_partner.%(field)s, 0) + asked.n
          FROM (SELECT partner.id, asked.n
                  FROM unnest(%(ids)s, %(numbers)s) AS asked(id, n)
                  JOIN res_partner AS partner ON partner.id = asked.id
                   FOR NO KEY UPDATE OF partner SKIP LOCKED) AS asked
         WHERE asked.id = res_partner.id
        RETURNING res_partner.id
        """,
        field=SQL.identifier(field),
        ids=list(asked),
        numbers=list(asked.values()),
    )
    try:
        with registry.cursor() as cr:
            cr.execute(query, log_exceptions=False)
            return [partner for (partner,) in cr.fetchall()]
    except psycopg2.OperationalError:
        return []
