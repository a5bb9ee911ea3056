# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """What the prizes of contests that were closed come to is kept with them from here on."""
    cr.execute(
        """
        UPDATE mlm_contest AS contest SET prizes_e4 = (
            SELECT coalesce(sum(prize.amount * 10000), 0)::bigint
              FROM mlm_contest_place AS place
              JOIN mlm_contest_prize AS prize ON prize.id = place.prize_id
             WHERE place.contest_id = contest.id)
         WHERE contest.state IN ('closed', 'done')
        """
    )
