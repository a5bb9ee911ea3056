from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import KEY

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestGuard(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana")
        cls.eva = cls.enrol("Eva")

    def test_sponsor_is_not_edited(self):
        with self.assertRaisesRegex(UserError, "effective date and a reason"):
            self.ana.sponsor_id = self.eva
        with self.assertRaisesRegex(UserError, "effective date and a reason"):
            self.eva.write({"child_ids": [(4, self.ana.id)]})

    def test_a_context_key_opens_nothing(self):
        for value in (True, 1, "INTERNAL"):
            ana = self.ana.with_context(**{KEY: value})
            with self.assertRaises(UserError):
                ana.sponsor_id = self.eva

    def test_other_values_are_not_edited(self):
        for name, value in (
            ("code", "NEW"),
            ("state", "terminated"),
            ("kind", "customer"),
            ("is_root", True),
            ("joined_at", "2020-01-01 00:00:00"),
            ("partner_id", self.env.user.partner_id.id),
            ("company_id", self.env.ref("base.main_company").id),
            ("sponsor_version", 7),
        ):
            with self.assertRaises(UserError, msg=name):
                self.ana.write({name: value})

    def test_an_enrolment_sets_no_outcome_of_an_operation(self):
        for name, value in (
            ("state", "suspended"),
            ("treatment", "hold"),
            ("merged_into_id", self.ana.id),
            ("parent_path", "1/"),
            ("holding_since", "2020-01-01 00:00:00"),
            ("sponsor_version", 7),
        ):
            with self.assertRaises(UserError, msg=name):
                self.Distributor.create({"name": "Forged", "sponsor_id": self.root.id, name: value})

    def test_only_a_manager_enrols_for_the_past(self):
        for role, allowed in (("support", False), ("manager", True)):
            user = new_test_user(
                self.env,
                f"guard_{role}",
                f"base.group_user,mlm_base.group_{role}",
                company_id=self.company.id,
                company_ids=self.company.ids,
            )
            people = self.Distributor.with_user(user)
            past = {"name": role, "sponsor_id": self.root.id, "joined_at": "2021-01-01 00:00:00"}
            head = {"name": role, "is_root": True}
            if allowed:
                self.assertTrue(people.create([past, head]))
                continue
            for vals in (past, head):
                with self.assertRaises(AccessError):
                    people.create(vals)
            self.assertTrue(people.create({"name": role, "sponsor_id": self.root.id}))

    def test_personal_data_is_edited(self):
        self.ana.write({"email": "new@example.com", "name": "Ana Lucía"})
        self.assertEqual(self.ana.partner_id.email, "new@example.com")

    def test_nobody_is_deleted(self):
        with self.assertRaisesRegex(UserError, "Nobody can be deleted"):
            self.ana.unlink()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("DELETE FROM mlm_distributor WHERE id = %s", [self.ana.id])

    def test_nobody_is_duplicated(self):
        with self.assertRaises(UserError):
            self.ana.copy()

    def test_positions_are_final(self):
        values = {
            "tree_id": self.tree.id,
            "distributor_id": self.ana.id,
            "parent_id": self.head.id,
            "leg": "left",
        }
        with self.assertRaisesRegex(UserError, "by placing somebody"):
            self.Position.create(values)
        position = self.Position._place(self.ana, self.head, "left")
        with self.assertRaisesRegex(UserError, "Move the position"):
            position.leg = "right"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            position.unlink()

    def test_constraints_of_the_database(self):
        position = self.Position._place(self.ana, self.head, "left")
        for statement in (
            "UPDATE mlm_position SET slot = 0 WHERE id = %s",
            "UPDATE mlm_position SET slot = -1, leg = NULL WHERE id = %s",
            "UPDATE mlm_position SET leg = 'right' WHERE id = %s",
            "UPDATE mlm_position SET state = 'removed' WHERE id = %s",
            "UPDATE mlm_position SET parent_id = id WHERE id = %s",
            "UPDATE mlm_position SET parent_id = NULL, slot = 0, leg = NULL WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [position.id])
