from odoo.tests import new_test_user

from .common import GenealogyCommon


class Applications:
    """Beto applies; `ana` is his sponsor where a test names no other."""

    @classmethod
    def take_at_once(cls):
        """What the portal adds, a confirmation by mail, has tests of its own."""
        if "mlm_application_confirm" in cls.company._fields:
            cls.company.mlm_application_confirm = False

    def submit(self, channel="portal", sponsor=None, contracts=None, submission=None, **values):
        """Return the application of Beto, or of whom the values say.

        :param contracts: what was accepted; all of the company where nothing is said
        """
        person = {
            "name": "Beto Ruiz",
            "document_type": "cc",
            "vat": "1020304050",
            "email": "beto@example.com",
            "phone": "+57 300 111 2233",
            "city": "Cali",
            "kind": "distributor",
            **values,
        }
        return self.env["mlm.application"]._submit(
            sponsor or self.ana,
            person,
            self.contracts if contracts is None else contracts,
            channel,
            ip="192.0.2.7",
            submission=submission,
        )


class ApplicationCommon(Applications, GenealogyCommon):
    """A company with a contract and a privacy policy; Ana has a place, and support decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.take_at_once()
        cls.contracts = cls.env["mlm.contract"].create(
            [
                {"kind": kind, "number": "1", "name": kind, "body": "<p>Text</p>"}
                for kind in ("distributor", "privacy")
            ]
        )
        for contract in cls.contracts:
            contract.action_publish()
        cls.ana = cls.enrol(
            "Ana", acceptance="later", placement={"parent_id": cls.head.id, "leg": "left"}
        )
        cls.support = new_test_user(
            cls.env,
            "application_support",
            "base.group_user,mlm_base.group_support",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def decide(self, application, action="accept", reason=None, user=None):
        """Decide in the dialog, as support where no other user is named; return who joined."""
        wizard = (
            self.env["mlm.application.wizard"]
            .with_user(user or self.support)
            .sudo(False)
            .create({"application_id": application.id, "action": action, "reason": reason})
        )
        wizard.action_confirm()
        return application.distributor_id
