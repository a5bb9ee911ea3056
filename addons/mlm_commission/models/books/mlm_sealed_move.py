# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...move_guard import CONSTRAINT, install_guard


class MlmSealedMove(models.Model):
    """A journal entry that the suite posted and that stays as it was posted.

    A row is what makes the database refuse changes of the entry (`move_guard.py`), and
    what the laws compare the entry with: number, date, journal, the accounts of the
    commissions at that time, and the fingerprint of each item. Rows come from
    `_seal_moves` only and are never changed.
    """

    _name = "mlm.sealed.move"
    _description = "Sealed Journal Entry"
    _inherit = ["mlm.append.only"]
    _log_access = False
    _order = "id desc"

    move_id = fields.Many2one(
        "account.move", string="Journal entry", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    res_model = fields.Char(string="Model of the Origin", required=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", string="Origin", required=True, index=True
    )
    name = fields.Char(string="Number", required=True)
    date = fields.Date(required=True)
    journal_id = fields.Many2one("account.journal", required=True, ondelete="restrict")
    expense_account_id = fields.Many2one("account.account", ondelete="restrict")
    payable_account_id = fields.Many2one("account.account", ondelete="restrict")
    line_digests = fields.Json(
        string="Fingerprints of the Items", help="Id of each item and its MD5."
    )

    _move_uniq = models.Constraint("UNIQUE(move_id)", "The entry is already sealed.")

    @api.private
    def init(self):
        result = super().init()
        install_guard(self.env.cr)
        return result

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise AccessError(self.env._("An entry is sealed by the work that posts it."))

    @api.model
    def _seal_moves(self, moves, origin):
        """Seal posted entries for good; those that are sealed already stay as they are.

        :param moves: ``account.move`` of one company, posted
        :param origin: record that they belong to, which messages name
        """
        self.env.flush_all()
        if any(move.state != "posted" for move in moves):
            raise ValueError("an entry is sealed when it is posted")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mlm_sealed_move (
                    move_id, company_id, res_model, res_id, name, date, journal_id,
                    expense_account_id, payable_account_id, line_digests,
                    author_id, recorded_at)
                SELECT move.id, move.company_id, %(model)s, %(origin)s, move.name, move.date,
                       move.journal_id, company.mlm_expense_account_id,
                       company.mlm_payable_account_id,
                       (SELECT jsonb_object_agg(line.id, mlm_sealed_line_digest(line))
                          FROM account_move_line AS line WHERE line.move_id = move.id),
                       %(author)s, clock_timestamp() AT TIME ZONE 'UTC'
                  FROM account_move AS move
                  JOIN res_company AS company ON company.id = move.company_id
                 WHERE move.id = ANY(%(moves)s)
                 ORDER BY move.id
                    ON CONFLICT (move_id) DO NOTHING
                """,
                model=origin._name,
                origin=origin.id,
                author=self.env.uid,
                moves=moves.ids,
            )
        )
        self.invalidate_model()

    @api.model
    def _of_moves(self, moves):
        """The seals of entries, which bind those too who see no seals.

        :param moves: ``account.move`` as the user has them: whose entries they are not is
            refused by their access rights, and not told their numbers
        """
        # sudo: the seal of an entry that the user may see
        seals = self.sudo().search([("move_id", "in", moves.ids)], order="move_id")
        if seals:
            moves.browse(seals.move_id.ids).check_access("read")
        return seals

    def _refuse(self):
        """Raise a UserError that names the first of these entries and the remedy, if any."""
        if self:
            raise UserError(self[0]._get_refusal())

    def _get_refusal(self):
        """Say in a sentence why the entry stays, and how a mistake is set right."""
        self.ensure_one()
        origin = self.env[self.res_model].browse(self.res_id).exists()
        return self.env._(
            "%(entry)s belongs to %(origin)s and stays as it was posted. %(remedy)s",
            entry=self.name,
            origin=origin.display_name or self.res_model,
            remedy=self._get_remedy(),
        )

    def _get_remedy(self):
        """Say how what such an entry says is corrected, by its origin."""
        if self.res_model == "mlm.adjustment":
            return self.env._("Take the adjustment back instead: this posts the opposite.")
        return self.env._(
            "Correct the cause (a return, a credit note, a rank): the next run takes it into"
            " account."
        )

    @api.model
    def _refusal_of_error(self, error):
        """The sentence for an error that the guard of the database raised, or None.

        :param error: ``psycopg2.Error``; the cursor is usable again
        """
        if error.diag.constraint_name != CONSTRAINT or not error.diag.message_detail:
            return None
        move_id = int(error.diag.message_detail)
        # sudo: the database refused what access rights had let pass
        seal = self.sudo().search([("move_id", "=", move_id)])
        return seal._get_refusal() if seal else None
