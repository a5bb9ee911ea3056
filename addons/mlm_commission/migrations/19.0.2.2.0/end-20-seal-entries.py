"""Entries of posted runs and of openings are sealed as they are found."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    seals = env["mlm.sealed.move"]
    for chunk in env["mlm.run.chunk"].search([("move_id.state", "=", "posted")]):
        seals._seal_moves(chunk.move_id, chunk.run_id)
    if "mlm.opening.import" not in env:
        return
    # moving in is an add-on of its own by now
    for record in env["mlm.opening.import"].search([]):
        moves = (record.move_ids + record.move_ids.reversal_move_ids).filtered(
            lambda move: move.state == "posted"
        )
        seals._seal_moves(moves, record)
