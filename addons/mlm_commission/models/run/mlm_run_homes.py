# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.exact import mul_div

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmRunTotal(models.Model):
    """What each company of a network of several pays, in its own currency."""

    _inherit = "mlm.run.total"

    kind = fields.Selection(selection_add=[("company", "Company")], ondelete={"company": "cascade"})
    company_id = fields.Many2one("res.company", ondelete="restrict")
    deducted_e4 = BigInteger(string="Deductions (ten-thousandths)")
    net_e4 = BigInteger(string="To pay (ten-thousandths)")
    deducted = ScaledMonetary(scaled="deducted_e4", string="Deductions")
    net = ScaledMonetary(scaled="net_e4", string="To pay")

    @api.depends("company_id")
    def _compute_currency_id(self):
        result = super()._compute_currency_id()
        for total in self.filtered("company_id"):
            # sudo: in which currency a company of the network pays is no secret
            total.currency_id = total.company_id.sudo().currency_id
        return result

    @api.depends("company_id")
    def _compute_share(self):
        result = super()._compute_share()
        for total in self.filtered("company_id"):
            whole = total.run_id.amount_e4
            part = total.run_id._turn_e4(total.amount_e4, total.company_id)
            total.share = 100 * part / whole if whole else 0
        return result

    def action_open(self):
        if self.kind != "company":
            return super().action_open()
        action = self.run_id._action_earnings()
        action["domain"] += [("company_id", "=", self.company_id.id)]
        return action


class MlmRun(models.Model):
    """A run of a network of several companies: whose money is which.

    Everybody is paid in the currency of the home company. Totals of the run are said in
    the run's currency: the sums of each company, turned by the rates of the run.
    """

    _inherit = "mlm.run"

    homes = fields.Json(
        readonly=True,
        copy=False,
        help="For a network of several companies: by company id, the rate that converts its "
        "money into the run's (fx_e6) and the rounding unit (unit_e4).",
    )
    company_total_ids = fields.One2many(
        "mlm.run.total", "run_id", string="By company", domain=[("kind", "=", "company")]
    )

    def _homes_of(self, snapshot):
        """Return the value of `homes` for a snapshot; nothing for one company."""
        homes = getattr(snapshot, "homes", None) or []
        companies = self.network_id._get_homes() if homes else ()
        return {
            str(company.id): {
                # between companies of one currency nothing is turned
                "fx_e6": snapshot.fx_e6
                if company.currency_id == self.currency_id
                else home["fx_e6"],
                "unit_e4": home["unit_e4"],
            }
            for company, home in zip(companies, homes, strict=True)
        }

    # -- whose ---------------------------------------------------------------

    def _payee_company(self):
        """``(company of a payee, join)`` of rows ``store``, as SQL; NULL: the run's own."""
        if not self.homes:
            return SQL("NULL::int"), SQL("")
        return (
            SQL("home.company_id"),
            SQL("LEFT JOIN mlm_distributor AS home ON home.id = store.payee_id"),
        )

    def _gross_by_company(self):
        """``{company: {distributor id: gross in ten-thousandths}}`` of everybody paid."""
        self.env["mlm.distributor"].flush_model(["company_id"])
        found = {}
        for company, payee, amount_e4 in self.env.execute_query(
            SQL(
                """SELECT home.company_id, paid.payee_id, paid.amount_e4 FROM (%s) AS paid
                     JOIN mlm_distributor AS home ON home.id = paid.payee_id
                    ORDER BY paid.payee_id""",
                self._paid_people(),
            )
        ):
            found.setdefault(company, {})[payee] = amount_e4
        # sudo: whose distributor each is decides who pays, not who looks
        companies = self.env["res.company"].sudo()
        return {companies.browse(company): payees for company, payees in found.items()}

    def _currency_of(self, distributor):
        """Return the currency in which somebody is paid by this run."""
        if not self.homes:
            return self.currency_id
        # sudo: in which currency a company pays is no secret of it
        return distributor.sudo().company_id.currency_id

    # -- turning ---------------------------------------------------------------

    def _turned(self, amount, company=None):
        """SQL: an amount of a company in the run's currency, whole ten-thousandths.

        :param amount: SQL of an integer or numeric
        :param company: SQL of the company's id, by default that of ``part``; NULL: of the run
        """
        if not self.homes:
            return amount
        rate = SQL(
            "(CASE %s %s ELSE %s END)::numeric",
            SQL("part.company_id") if company is None else company,
            SQL(" ").join(
                SQL("WHEN %s THEN %s", int(home), values["fx_e6"])
                for home, values in self.homes.items()
            ),
            self.fx_e6,
        )
        return SQL(
            "(sign(%(amount)s) * div(2 * abs(%(amount)s) * %(fx)s::numeric + %(rate)s,"
            " 2 * %(rate)s))::bigint",
            amount=amount,
            fx=self.fx_e6,
            rate=rate,
        )

    def _turn_e4(self, amount_e4, company):
        """Return an amount of a company in the run's currency, half up."""
        return int(self._turn_all(np.array([amount_e4], dtype=np.int64), company)[0])

    def _turn_all(self, amounts_e4, company):
        home = (self.homes or {}).get(str(company.id))
        return mul_div(amounts_e4, self.fx_e6, home["fx_e6"]) if home else amounts_e4

    def _turn_members(self, snapshot, amounts_e4):
        """Return amounts of the members of a snapshot in the run's currency."""
        if not self.homes:
            return amounts_e4
        turned = amounts_e4.copy()
        for place, company in enumerate(self.network_id._get_homes()):
            chosen = snapshot.member_home == place
            turned[chosen] = self._turn_all(amounts_e4[chosen], company)
        return turned

    # -- totals ----------------------------------------------------------------

    def _deducted_values(self, deducted, amount_e4):
        """Values of the run from ``{company: deducted in its currency}``."""
        deducted_e4 = sum(self._turn_e4(value, company) for company, value in deducted.items())
        return {"deducted_e4": deducted_e4, "net_e4": amount_e4 - deducted_e4}

    def _store_company_totals(self, gross, deducted):
        """Keep what each company pays; nothing where there is one."""
        self.company_total_ids.unlink()
        if not self.network_id._is_shared():
            return
        values = [
            {
                "run_id": self.id,
                "kind": "company",
                "sequence": company.id,
                "company_id": company.id,
                "payees": len(payees),
                "amount_e4": sum(payees.values()),
                "deducted_e4": deducted[company],
                "net_e4": sum(payees.values()) - deducted[company],
            }
            for company, payees in gross.items()
        ]
        as_internal(self.env["mlm.run.total"]).create(values)
        self.invalidate_recordset(["company_total_ids"])

    def _drop_rows(self):
        result = super()._drop_rows()
        # sudo: rows of the work are the system's; who discards or deletes the run was checked
        self.sudo().company_total_ids.unlink()
        return result

    # -- who reads what ----------------------------------------------------------

    def _read_homes(self):
        """Ids of the companies whose people's amounts the user reads; None: of all."""
        homes = self.network_id._get_homes()
        if self.env.su or len(homes) < 2:
            return None
        mine = set(self.env["ir.rule"]._eval_context()["home_ids"])
        return None if mine.issuperset(homes.ids) else sorted(mine.intersection(homes.ids))

    def _ensure_reads(self, distributor):
        """AccessError where the user does not read what somebody earns."""
        homes = self._read_homes()
        # sudo: where the person is at home, only to compare
        if homes is not None and distributor.sudo().company_id.id not in homes:
            raise AccessError(
                self.env._(
                    "%(name)s is paid by another company. Amounts are shown to its people, and"
                    " to who has the role “Network Manager”.",
                    name=distributor.display_name,
                )
            )

    def _of_read_homes(self):
        """SQL: condition on rows ``store`` of payees whose amounts the user reads."""
        homes = self._read_homes()
        if homes is None:
            return SQL("TRUE")
        return SQL(
            "CASE WHEN store.payee_id IS NULL THEN %s ELSE store.payee_id IN"
            " (SELECT id FROM mlm_distributor WHERE company_id = ANY(%s)) END",
            self.money_company_id.id in homes,
            homes,
        )


class IrAttachment(models.Model):
    """Reports that were kept with a run before a second company joined name everybody."""

    _inherit = "ir.attachment"

    @api.model
    def _mlm_get_kept_files(self):
        led = self.env["ir.rule"]._eval_context()["led_network_ids"]
        return {
            **super()._mlm_get_kept_files(),
            "mlm.run": fields.Domain("network_id", "in", led),
        }
