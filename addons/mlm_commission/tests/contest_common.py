# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from .common import CommissionCommon


class ContestCommon(CommissionCommon):
    """Contests of a week in August with two prizes."""

    def _contest(self, prizes=((1, "cash", 100_000), (2, "cash", 50_000)), **values):
        return self._as(self.env["mlm.contest"], "manager").create(
            {
                "name": "August Race",
                "date_start": date(2026, 8, 17),
                "date_end": date(2026, 8, 23),
                "prize_ids": [
                    (
                        0,
                        0,
                        {
                            "place": place,
                            "name": f"Prize {place}",
                            "given_as": given,
                            "amount": amount,
                        },
                    )
                    for place, given, amount in prizes
                ],
                **values,
            }
        )

    def _started(self, **values):
        contest = self._contest(**values)
        with freeze_time("2026-08-18 12:00"):
            contest.action_start()
        return contest.with_env(self.env)

    def _close(self, contest):
        with freeze_time("2026-08-25 12:00"):
            contest.invalidate_recordset()
            self._as(contest, "manager").action_close()
        self.env.invalidate_all()

    def _standings(self, contest):
        """As pages show it; while it runs a close would count the same."""
        shown = contest._get_standings()
        if contest.state == "running":
            contest._refresh()
            shown = contest._get_standings()
            self.assertEqual(shown, contest._count_standings())
        return [
            (one["distributor"].code, one["place"], one["points_e4"] // 10_000) for one in shown
        ]
