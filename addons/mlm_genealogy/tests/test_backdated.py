from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestBackdated(GenealogyCommon):
    """Operations into the past that would leave somebody in the air at some time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = fields.Datetime.now().replace(microsecond=0) - timedelta(days=30)
        cls.root = cls.Distributor._enrol(
            [{"name": "Old Root", "is_root": True, "joined_at": cls.start}]
        )
        cls.maria = cls.enrol("María", joined_at=cls.day(1))
        cls.juan = cls.enrol("Juan", sponsor=cls.maria, joined_at=cls.day(2))

    @classmethod
    def day(cls, number):
        return cls.start + timedelta(days=number)

    def test_sponsor_cannot_have_left_before_somebody_who_moved_on(self):
        self.juan._change_sponsor(self.root, "Reason", effective=self.day(10))
        with self.assertRaisesRegex(UserError, "cannot have left"):
            self.maria._terminate("Reason", effective=self.day(9))
        self.maria._terminate("Reason", effective=self.day(10))
        self.assert_laws()

    def test_correction_does_not_reach_over_a_departure(self):
        self.juan._terminate("Reason", effective=self.day(5))
        self.juan._readmit(self.maria, "Reason", effective=self.day(8))
        for day in (3, 7):
            with self.assertRaisesRegex(UserError, "without a break"):
                self.juan._correct_sponsor(self.root, "Reason", effective=self.day(day))
        self.juan._correct_sponsor(self.root, "Reason", effective=self.day(8))
        self.assert_laws()
