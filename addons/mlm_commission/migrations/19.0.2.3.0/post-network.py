"""A network counts its points in the base currency of its first plan."""

from odoo import SUPERUSER_ID, api

IN_FORCE = ("published", "active", "retired")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    versions = env["mlm.plan.version"]
    for network in env["mlm.network"].search([]):
        first = versions.search(
            [("network_id", "=", network.id), ("state", "in", IN_FORCE)],
            order="valid_from, version",
            limit=1,
        )
        base = first and first._find_currency(first._plan()["base_currency"])
        if base:
            network.currency_id = base
