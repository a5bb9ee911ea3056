from odoo.tests import new_test_user

from .common import GenealogyCommon


class NetworkCommon(GenealogyCommon):
    """One genealogy of two companies, and a third company of somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create(
            {
                "name": "Ecuador",
                "mlm_network_id": cls.network.id,
                "currency_id": cls.env.ref("base.USD").id,
            }
        )
        cls.foreign = cls.env["res.company"].create({"name": "Somebody else"})
        cls.env.user.company_ids |= cls.abroad | cls.foreign
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": (cls.company | cls.abroad).ids}
        )
        cls.Distributor = cls.env["mlm.distributor"]
        cls.root = cls.root.with_env(cls.env)
        cls.ana = cls.enrol_at(
            cls.abroad, "Ana", cls.root, vat="A-1", city="Quito", phone="+593 2 234 5678"
        )
        cls.beto = cls.enrol_at(cls.company, "Beto", cls.ana)
        cls.there = cls.user_of(cls.abroad, "support")
        cls.here = cls.user_of(cls.company, "support")

    @classmethod
    def enrol_at(cls, company, name, sponsor, **person):
        return cls.Distributor._enrol(
            [
                {
                    "name": name,
                    "email": f"{name.lower()}@example.com",
                    "document_type": "other",
                    "company_id": company.id,
                    "sponsor_id": sponsor.id,
                    "placement": {"strategy": "auto"},
                    **person,
                }
            ]
        )

    @classmethod
    def user_of(cls, company, role, companies=None):
        return new_test_user(
            cls.env,
            f"{role}_{company.id}_{cls.env['res.users'].search_count([])}",
            groups=f"base.group_user,mlm_base.group_{role}",
            company_id=company.id,
            company_ids=[(6, 0, (companies or company).ids)],
        )

    def seen(self, record, user, *companies):
        ids = [company.id for company in companies] or user.company_ids.ids
        env = self.env(user=user, su=False, context={"allowed_company_ids": ids})
        self.env.invalidate_all()
        return record.with_env(env)
