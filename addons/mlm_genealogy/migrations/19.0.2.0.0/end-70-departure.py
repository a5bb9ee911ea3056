"""Whoever left before kept place and frontline; now the tree closes over the person."""

import logging

from odoo import SUPERUSER_ID, api, fields

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    open_links = env["mlm.link"].search(
        [
            ("tree_id", "=", False),
            ("superseded_at", "=", False),
            ("valid_to", "=", False),
            ("distributor_id.state", "=", "terminated"),
        ],
        order="id",
    )
    for person in open_links.distributor_id:
        _close_over(person)


def _close_over(person):
    sponsor, frontline = person.sponsor_id, person._get_frontline()
    if frontline and not sponsor:
        _logger.warning(
            "%s left, and heads a tree: readmit the person, or move the frontline.", person.code
        )
        return
    event = person._get_last_termination()
    network = person.network_id
    # a closed cycle keeps the network that it was computed on
    earliest = network._earliest_change() or event.effective_at
    moment = min(max(event.effective_at, earliest), fields.Datetime.now())
    (person | sponsor)._bump_sponsor_version()
    frontline._relink(sponsor, moment, event)
    person.env["mlm.link"]._end_open_sponsors(person, moment)
    person._hang_below(person.browse())
    for position in person.position_ids.filtered(lambda spot: spot.state == "open"):
        position._close(person.env._("Left the network"), effective=moment, cause=event)
