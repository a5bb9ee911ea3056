from datetime import date, datetime

from odoo.tests import new_test_user

from odoo.addons.mlm_volume.tests.common import VolumeCommon

PLAN = "gano_excel_co_2026"
ROLES = ("support", "manager", "approver", "accountant", "warehouse", "auditor")


class PlanCommon(VolumeCommon):
    """MARÍA with JUAN on the left and YENNY on the right, the Gano plan, and 4,500
    pesos per point."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mlm.exchange.rate"].create(
            {
                "company_id": cls.company.id,
                "currency_id": cls._base_currency().id,
                "date_from": date(2026, 1, 1),
                "rate_e6": 4_500_000_000,
            }
        )
        versions = cls.env["mlm.plan.version"]
        cls.version = versions._import_document(versions._shipped(PLAN))
        cls.version._publish_at_once()
        cls.yenny = cls._enrol("YENNY", "MARIA", "right")
        cls.big = cls._create_product_with_volume("BIG", 500_000, 10_000_000)
        cls.packages = {
            package.code: cls._create_product_with_volume(
                package.code, 0, 0, mlm_package_id=package.id
            )
            for package in cls.env["mlm.package"].search([])
        }
        cls.users = {
            role: new_test_user(
                cls.env,
                f"commission_{role}",
                groups=f"base.group_user,mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
                lang="en_US",  # what background work says is compared
            )
            for role in (*ROLES, "admin")
        }
        cls.users["second manager"] = new_test_user(
            cls.env,
            "commission_manager_approver",
            groups="base.group_user,mlm_base.group_manager,mlm_base.group_approver",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def _base_currency(cls):
        """USD is the base of the plan; the test company keeps books in another."""
        base = cls.env.ref("base.USD")
        if cls.company.currency_id == base:
            cls.company.currency_id = cls.env.ref("base.EUR")
        return base

    @classmethod
    def _enrol(cls, code, sponsor, leg=None, **values):
        return cls.env["mlm.distributor"]._enrol(
            [
                {
                    "name": code.title(),
                    "code": code,
                    "sponsor_code": sponsor,
                    "joined_at": datetime(2026, 2, 1, 12),
                    **({"placement": {"parent_code": sponsor, "leg": leg}} if leg else {}),
                    **values,
                }
            ]
        )

    def _as(self, record, role):
        """``record`` with the rights of a role and no more."""
        return record.with_user(self.users[role]).sudo(False)
