# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.mlm_commission.models.live import mlm_network

PLAN = "gano_excel_co_2026"


class Network:
    """A company of its own with two posted cycles and an open one.

    ANA (ESP-1) sponsors BETO on the left and CARO on the right; below BETO are DORA
    and EVA, whose packages pay GEN5 up to ANA; CLIENTA is ANA's customer. OTRO stands
    beside ANA, sells to a customer and is inactive. Cycles are counted back from today,
    so that no clock is turned.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(su=True, context={**cls.env.context, "tracking_disable": True})
        cls._create_company()
        cls._create_cycles()
        cls._enrol_people()
        cls._create_users()
        cls._play()

    @classmethod
    def _create_company(cls, plan=PLAN, document=None):
        pesos = cls.env.ref("base.COP")
        pesos.active = True
        cls.company = cls.env["res.company"].create(
            {
                "name": "Portal Company",
                "currency_id": pesos.id,
                "country_id": cls.env.ref("base.co").id,
            }
        )
        cls.env.user.company_ids += cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.network = cls.company.mlm_network_id
        accounts = cls.env["account.account"]
        withheld = accounts.create(
            {"code": "236520", "name": "Withheld", "account_type": "liability_current"}
        )
        group = cls.env["account.tax.group"].create(
            {"name": "Withholding", "company_id": cls.company.id}
        )
        lines = [
            (0, 0, {"repartition_type": "base"}),
            (0, 0, {"repartition_type": "tax", "account_id": withheld.id}),
        ]
        tax = cls.env["account.tax"].create(
            {
                "name": "10% Com",
                "amount": -10,
                "amount_type": "percent",
                "type_tax_use": "purchase",
                "tax_group_id": group.id,
                "country_id": cls.env.ref("base.co").id,
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )
        cls.company.write(
            {
                "mlm_withholding_tax_id": tax.id,
                "mlm_journal_id": cls.env["account.journal"]
                .create({"name": "Commissions", "code": "COM", "type": "general"})
                .id,
                "mlm_payable_account_id": accounts.create(
                    {
                        "code": "233520",
                        "name": "Commissions payable",
                        "account_type": "liability_payable",
                        "reconcile": True,
                    }
                ).id,
                "mlm_expense_account_id": accounts.create(
                    {"code": "529505", "name": "Commissions", "account_type": "expense"}
                ).id,
            }
        )
        versions = cls.env["mlm.plan.version"]
        cls.version = versions._import_document(document or versions._shipped(plan))
        found = cls.version._plan()
        bonuses = [bonus["common"]["currency"] for bonus in found["bonuses"]]
        foreign = {found["base_currency"], *bonuses} - {None, pesos.name}
        currencies = cls.env["res.currency"].with_context(active_test=False)
        cls.env["mlm.exchange.rate"].create(
            [
                {
                    "company_id": cls.company.id,
                    "currency_id": currency.id,
                    "date_from": "2020-01-01",
                    "rate_e6": 4_500_000_000,
                }
                for currency in currencies.search([("name", "in", list(foreign))])
            ]
        )
        cls.version._publish_at_once()

    @classmethod
    def _create_cycles(cls):
        periods = cls.env["mlm.period"]
        today = periods._today(cls.network)
        cls.now = periods._number_on(cls.network, today)
        cls.network.first_cycle = cls.now - 2
        # the figures are made up: no cost guard (`mlm_control`) asks for a third signature
        guards = ("guard_cv", "guard_sales")
        cls.network.write({name: 0 for name in guards if name in cls.network})
        periods._ensure_until(cls.network, today)
        found = periods.search([("network_id", "=", cls.network.id), ("is_base", "=", True)])
        cls.cycle = {period.number - cls.now: period for period in found}

    @classmethod
    def _enrol_people(cls):
        if not cls.env["mlm.tree"].search([("network_id", "=", cls.network.id)]):
            cls.env["mlm.tree"].create(
                {"name": "Binary", "code": "B", "network_id": cls.network.id}
            )
        cls.joined = datetime.combine(cls.cycle[-2].date_start - timedelta(days=90), time(12))
        cls.people = {}
        cls._enrol("TOP", None, {}, is_root=True)
        cls._enrol("ANA", "TOP", {"parent_code": "TOP", "leg": "left"})
        cls._enrol("OTRO", "TOP", {"parent_code": "TOP", "leg": "right"})
        cls._enrol("BETO", "ANA", {"parent_code": "ANA", "leg": "left"})
        cls._enrol("CARO", "ANA", {"parent_code": "ANA", "leg": "right"})
        cls._enrol("DORA", "BETO", {"parent_code": "BETO", "leg": "left"})
        cls._enrol("EVA", "DORA", {"parent_code": "DORA", "leg": "left"})
        cls._enrol("CLIENTA", "ANA", None, kind="customer")
        cls._enrol("FAN", "OTRO", None, kind="customer")

    @classmethod
    def _enrol(cls, code, sponsor, placement, at=None, **values):
        at = at or cls.joined
        row = {
            "name": f"{code.title()} Nombre",
            "lang": "en_US",
            "code": code,
            "company_id": cls.company.id,
            "joined_at": at,
            **values,
        }
        if sponsor:
            row["sponsor_code"] = sponsor
        if placement is not None:
            row["placement"] = {**placement, "at": at}
        cls.people[code] = cls.env["mlm.distributor"]._enrol([row])
        return cls.people[code]

    @classmethod
    def _create_users(cls):
        def user(login, group, **values):
            return new_test_user(
                cls.env,
                login,
                groups=group,
                lang="en_US",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
                **values,
            )

        cls.users = {
            code: user(
                f"portal_{code.lower()}",
                "base.group_portal",
                partner_id=cls.people[code].partner_id.id,
                name=cls.people[code].name,
            )
            for code in ("ANA", "OTRO", "EVA")
        }
        cls.users["nobody"] = user("portal_nobody", "base.group_portal")
        cls.approver = user("portal_approver", "base.group_user,mlm_base.group_approver")

    @classmethod
    def _sell(cls, cycle, code, pv, cv, package=None, buyer=None, retail=0):
        """One row of the ledger, by the bulk path that capture uses."""
        person = cls.people[code]
        day = cls.cycle[cycle].date_start
        moment = cls.env["mlm.period"]._local_noon(cls.network, day)
        packages = {one.code: one.id for one in cls.env["mlm.package"].search([])}
        return cls.env["mlm.volume.entry"]._insert_rows(
            [
                {
                    "company_id": cls.company.id,
                    "period_id": cls.cycle[cycle].id,
                    "distributor_id": person.id,
                    "buyer_id": cls.people[buyer or code].id,
                    "position_id": person._mlm_position_at(moment).id or None,
                    "kind": "sale",
                    "moment": moment,
                    "pv_e4": round(pv * 10_000),
                    "cv_e4": round(cv * 10_000),
                    "package_id": packages[package] if package else None,
                    "package_qty": 1 if package else 0,
                    "retail_e4": retail * 10_000,
                }
            ]
        )

    @classmethod
    def _preview(cls, cycle):
        cls.cycle[cycle].action_close()
        run = cls.env["mlm.run"]._create_preview(cls.cycle[cycle])
        run.action_compute()
        return run

    @classmethod
    def _post(cls, run):
        run.action_submit()
        run.with_user(cls.approver).sudo(False).action_approve()
        run.action_post()
        cls.env.invalidate_all()
        return run

    @classmethod
    def _play(cls):
        cls._sell(-2, "ANA", 100, 100, package="ESP-1")
        cls._sell(-2, "BETO", 60, 500)
        cls._sell(-2, "CARO", 60, 700)
        cls._sell(-2, "EVA", 250, 250, package="ESP-2")
        cls._sell(-2, "ANA", 10, 10, buyer="CLIENTA", retail=29_100)
        cls._sell(-2, "OTRO", 20, 20)
        cls._sell(-2, "OTRO", 10, 10, buyer="FAN", retail=15_000)
        cls.first_run = cls._post(cls._preview(-2))
        cls.empty_run = cls._post(cls._preview(-1))
        cls._sell(0, "CARO", 15, 14.5)

    @classmethod
    def _make_large(cls):
        """From now on figures are stored, and none are yet."""
        cls.env["ir.config_parameter"].set_param(mlm_network.LIMIT, "1")

    @classmethod
    def _refresh(cls):
        """Figures of this moment, stored."""
        lives = cls.env["mlm.live"]
        live = lives.search([("network_id", "=", cls.network.id)]) or lives._get_due()
        live = live.filtered(lambda one: one.network_id == cls.network)
        live._refresh()
        return live

    def _earning(self, code, bonus, run=None):
        """The row of a person and a bonus that is paid."""
        return self.env["mlm.earning"].search(
            [
                *(run or self.first_run)._id_domain("mlm.earning"),
                ("payee_id", "=", self.people[code].id),
                ("bonus_id.code", "=", bonus),
                ("amount_e4", "!=", 0),
            ],
            limit=1,
        )

    def _mine(self, code):
        """Enrolment as the controllers get it."""
        return (
            self.env["mlm.distributor"]
            .with_user(self.users[code])
            ._current_for_user(self.users[code])
        )


@tagged("post_install", "-at_install")
class PortalCase(Network, TransactionCase):
    """Models of the portal."""


@tagged("post_install", "-at_install")
class PortalHttpCase(Network, HttpCase):
    """Pages of the portal."""

    def _open(self, path, user=None, status=200):
        """Text of a page as seen by a person of the network, or by the public."""
        if user:
            login = self.users[user].login
            self.authenticate(login, login)
        else:
            self.authenticate(None, None)
        response = self.url_open(path, allow_redirects=bool(user))
        self.assertEqual(response.status_code, status, path)
        return response.text
