from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import CommissionCommon


class TestRankOverride(CommissionCommon):
    """A rank by decision: asked for by one person, approved by another, then kept."""

    def _rank(self, code):
        return self.version.rank_ids.filtered(lambda rank: rank.code == code)

    def _ask(self, code="oro", role="manager", **values):
        return (
            self.env["mlm.rank.override"]
            .with_user(self.users[role])
            .sudo(False)
            .create(
                {
                    "distributor_id": self.juan.id,
                    "rank_id": self._rank(code).id,
                    "period_from_id": self.cycle[924].id,
                    "reason": "Promised when he moved from the old company",
                    **values,
                }
            )
        )

    def _approved(self, code="oro", **values):
        override = self._ask(code, **values)
        self._as(override, "approver").action_approve()
        return override.sudo()

    def _overrides(self, number=924):
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[number], self.version)
        return {
            (int(snapshot.member_id[member]), int(rank), int(exact))
            for member, rank, exact in zip(
                snapshot.override_member,
                snapshot.override_rank,
                snapshot.override_exact,
                strict=True,
            )
        }

    def test_counts_from_approval_on(self):
        override = self._ask()
        self.assertEqual(override.date_from, date(2026, 8, 17))
        self.assertFalse(self._overrides())
        self._as(override, "approver").action_approve()
        self.assertEqual(self._overrides(), {(self.juan.id, 3, 0)})
        event = override.sudo().event_id
        self.assertEqual(event.distributor_id, self.juan)
        self.assertIn("Gold", event.with_context(lang="en_US").summary)
        self.assertEqual(event.reason, override.reason)

    def test_period_and_exactness(self):
        self._approved(mode="exact", period_to_id=self.cycle[925].id)
        self.assertEqual(self._overrides(925), {(self.juan.id, 3, 1)})
        self.assertFalse(self._overrides(926))

    def test_second_person(self):
        override = self._ask()
        with self.assertRaisesRegex(AccessError, "Approver"):
            self._as(override, "manager").action_approve()
        with self.assertRaises(AccessError):
            self._ask(role="support")
        both = self._ask_as(self.users["second manager"])
        with self.assertRaisesRegex(UserError, "yourself"):
            both.with_user(self.users["second manager"]).sudo(False).action_approve()
        with self.assertRaises(AccessError):
            self._as(override, "manager").state = "approved"

    def _ask_as(self, user):
        return (
            self.env["mlm.rank.override"]
            .with_user(user)
            .sudo(False)
            .create(
                {
                    "distributor_id": self.yenny.id,
                    "rank_id": self._rank("plata").id,
                    "period_from_id": self.cycle[924].id,
                    "reason": "Both roles",
                }
            )
        )

    def test_whoever_asked_first_does_not_approve_after_a_change_by_another(self):
        manager, other = self.users["second manager"], self.users["manager"]
        asked = self._ask_as(manager)
        asked.with_user(other).sudo(False).reason = "Another word"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            asked.with_user(manager).sudo(False).action_approve()

    def test_whoever_changes_a_request_asks_for_it(self):
        override = self._ask()
        manager = self.users["second manager"]
        override.with_user(manager).sudo(False).reason = "Another reason"
        self.assertEqual(override.sudo().requested_by_id, manager)
        with self.assertRaisesRegex(UserError, "yourself"):
            override.with_user(manager).sudo(False).action_approve()

    def test_what_was_changed_since_it_was_shown_is_looked_at_again(self):
        override = self._ask()
        approver = self._as(override, "approver")
        [shown] = approver.web_read({"seen": {}})
        self.env.flush_all()
        later = self.env.cr.now() + timedelta(microseconds=1)
        with patch.object(self.env.cr, "_now", later):
            self._as(override, "manager").rank_id = self._rank("plata")
            self.env.flush_all()
        self.env.invalidate_all()
        approver = approver.with_context(mlm_seen=[[override.id, shown["seen"]]])
        for step in (approver.action_approve, approver.action_refuse):
            with self.assertRaisesRegex(UserError, "does not show .* as it is now"):
                step()
        [shown] = approver.web_read({"seen": {}})
        approver.with_context(mlm_seen=[[override.id, shown["seen"]]]).action_approve()
        self.assertEqual(override.state, "approved")

    def test_approved_is_not_changed(self):
        override = self._approved()
        with self.assertRaisesRegex(UserError, "Granted"):
            self._as(override, "manager").reason = "Something else"
        with self.assertRaisesRegex(UserError, "Granted"):
            self._as(override, "manager").unlink()

    def test_one_at_a_time(self):
        self._approved(period_to_id=self.cycle[924].id)
        self._approved("plata", period_from_id=self.cycle[925].id)
        second = self._ask("bronce", period_from_id=self.cycle[926].id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self._as(second, "approver").action_approve()
            self.env.flush_all()

    @freeze_time("2026-09-10 12:00:00")
    def test_used_stays(self):
        self._balanced_sales()
        override = self._approved()
        run = self._posted()
        self.assertFalse(run._verify())
        self.assertEqual(run._ranks_of(self.juan)[self.juan.id], "Gold")
        self.assertEqual((self.juan.mlm_rank, self.juan.mlm_title), ("Gold", "Gold"))
        history = self.juan.mlm_rank_history
        self.assertEqual(history["ranks"][:2], ["No rank", "Bronze"])
        self.assertEqual(
            history["periods"],
            [
                {
                    "name": "Cycle 924",
                    "rank": 3,
                    "title": 3,
                    "rank_name": "Gold",
                    "title_name": "Gold",
                }
            ],
        )
        self.assertEqual(override.used_until, date(2026, 8, 23))
        with self.assertRaisesRegex(UserError, "was posted with the override"):
            self._as(override, "manager").action_withdraw()
        self._as(override, "manager").action_end()
        self.assertEqual(override.date_to, date(2026, 8, 23))
        self.assertEqual(self._overrides(924), {(self.juan.id, 3, 0)})
        self.assertFalse(self._overrides(925))
        late = self._ask("plata")
        with self.assertRaisesRegex(UserError, "is already posted"):
            self._as(late, "approver").action_approve()

    def test_withdrawn_before_use(self):
        override = self._approved()
        self._as(override, "manager").action_withdraw()
        self.assertFalse(self._overrides())
        self.assertEqual(override.state, "withdrawn")
