# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import PortalHttpCase

NOT_ENROLLED = "You are not part of the network yet"


class TestAccess(PortalHttpCase):
    def _pages(self, code="ANA"):
        run, earning = self.first_run.id, self._earning(code, "retail").id
        return (
            "/my/network",
            "/my/network/earnings",
            f"/my/network/earnings/{run}",
            f"/my/network/earnings/{run}/{earning}",
            "/my/network/team",
            "/my/network/payments",
        )

    def test_the_owner_sees_every_page(self):
        for code in ("ANA", "OTRO"):
            for page in self._pages(code):
                with self.subTest(code=code, page=page):
                    text = self._open(page, code)
                    self.assertIn("o_mlm", text)
                    self.assertNotIn(NOT_ENROLLED, text)

    def test_a_portal_user_without_enrolment_is_told_what_to_do(self):
        for page in self._pages():
            with self.subTest(page=page):
                text = self._open(page, "nobody")
                self.assertIn(NOT_ENROLLED, text)
                self.assertNotIn("29,100", text)

    def test_the_public_is_asked_to_log_in(self):
        for page in self._pages():
            with self.subTest(page=page):
                self._open(page, status=303)

    @mute_logger("odoo.http")
    def test_another_persons_earning_is_not_found(self):
        for reader, owner in (("OTRO", "ANA"), ("ANA", "OTRO"), ("EVA", "ANA")):
            earning = self._earning(owner, "retail")
            page = f"/my/network/earnings/{self.first_run.id}/{earning.id}"
            self._open(page, reader, status=404)

    @mute_logger("odoo.http")
    def test_an_earning_under_another_run_is_not_found(self):
        earning = self._earning("ANA", "retail")
        self._open(f"/my/network/earnings/{self.empty_run.id}/{earning.id}", "ANA", 404)

    @mute_logger("odoo.http")
    def test_unknown_ids_are_not_found(self):
        for page in (
            "/my/network/earnings/99999999",
            "/my/network/earnings/99999999999999999999",
            f"/my/network/earnings/{self.first_run.id}/1",
            f"/my/network/earnings/{self.first_run.id}/99999999999999999999",
        ):
            self._open(page, "ANA", status=404)

    @mute_logger("odoo.http")
    def test_a_preview_is_nobodys_business(self):
        as_internal(self.cycle[0]).write({"date_end": self.cycle[0].date_start})
        if self.cycle[0].date_start >= self.env["mlm.period"]._today(self.network):
            as_internal(self.cycle[0]).write(
                {
                    "date_start": self.cycle[-1].date_end,
                    "date_end": self.cycle[-1].date_end,
                }
            )
        preview = self._preview(0)
        self._open(f"/my/network/earnings/{preview.id}", "ANA", status=404)
        self.assertNotIn(f"earnings/{preview.id}", self._open("/my/network/earnings", "ANA"))

    @mute_logger("odoo.http")
    def test_cycles_before_the_enrolment_are_not_found(self):
        late = self._enrol("LATE", "ANA", None, at=self.cycle[0].create_date)
        self.users["EVA"].partner_id = late.partner_id
        self._open(f"/my/network/earnings/{self.first_run.id}", "EVA", status=404)
        self.assertIn("No statement yet", self._open("/my/network/earnings", "EVA"))

    def test_the_card_at_home_is_for_the_enrolled(self):
        for code, count in (("ANA", 1), ("nobody", 0)):
            login = self.users[code].login
            self.authenticate(login, login)
            found = self.make_jsonrpc_request("/my/counters", {"counters": ["mlm_network_count"]})
            self.assertEqual(found, {"mlm_network_count": count})
        self.assertIn('href="/my/network"', self._open("/my", "ANA"))

    def test_portal_users_read_no_model_of_the_network(self):
        user = self.users["ANA"]
        for model in (
            "mlm.distributor",
            "mlm.position",
            "mlm.run",
            "mlm.earning",
            "mlm.measure",
            "mlm.statement",
            "mlm.volume.entry",
            "mlm.period",
        ):
            self.assertFalse(self.env[model].with_user(user).sudo(False).has_access("read"), model)
