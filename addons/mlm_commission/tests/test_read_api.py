from .common import CommissionCommon


class TestReadApi(CommissionCommon):
    def test_preview_and_posted_statement_agree(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        preview = run._get_statement(self.maria)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self._as(run, "manager").action_post()
        self.env.invalidate_all()
        posted = run._get_statement(self.maria)
        self.assertEqual(preview.pop("state"), "preview")
        self.assertEqual(posted.pop("state"), "posted")
        self.assertEqual(preview, posted)
        self.assertEqual(
            (posted["gross"], posted["deducted"], posted["net"]),
            ("990000", "99000", "891000"),
        )
        self.assertEqual(posted["rank"], "Bronze")
        self.assertEqual(posted["bonuses"][0]["code"], "binary")

    def test_nothing_earned(self):
        found = self._preview()._get_statement(self.juan)
        self.assertEqual((found["gross"], found["earnings"]), ("0", []))

    def test_export_of_a_view(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        earnings = self.env["mlm.earning"].search(
            [*run._id_domain("mlm.earning"), ("amount", "!=", 0)]
        )
        data = earnings.export_data(["payee_id", "amount"])["datas"]
        self.assertEqual(data[0][1], 990_000)
        self.assertIn("MARIA", data[0][0])
