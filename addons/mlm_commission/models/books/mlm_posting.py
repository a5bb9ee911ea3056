# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.exact import E6

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_system

from .res_partner import RANKS_LATER


class MlmPosting(models.AbstractModel):
    """How the suite posts journal entries: exact amounts in, one balanced entry out.

    An item is ``(amount, account id, label, contact or None, further values)``; amounts are
    integers in ten-thousandths of the company's currency, above zero for debit.
    """

    _name = "mlm.posting"
    _description = "Posting of Journal Entries"

    # -- what is needed ------------------------------------------------------

    def _ensure_accounts(self, paid):
        """UserError that says what is missing in each company that pays.

        :param dict paid: ``{company: what it pays}``, as `_get_needed_accounts` knows it
        """
        problems = [
            problem
            for company, what in paid.items()
            for problem in self._get_missing_accounts(company, what)
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _get_missing_accounts(self, company, paid):
        """Return in sentences which accounts a company lacks to pay this."""
        labels = [
            company._fields[name]._description_string(self.env)
            for name in self._get_needed_accounts(company, paid)
            if not company[name]
        ]
        if not labels:
            return []
        return [
            self.env._(
                "%(company)s has no %(missing)s. Set it in %(menu)s.",
                company=company.display_name,
                menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_volume.menu_mlm_settings"),
                missing=", ".join(label[:1].lower() + label[1:] for label in labels),
            )
        ]

    def _get_needed_accounts(self, company, paid):
        """Return the names of the settings of the company that paying this needs."""
        return ["mlm_journal_id", "mlm_expense_account_id", "mlm_payable_account_id"]

    # -- the entry -----------------------------------------------------------

    def _get_payee_items(self, company, partner, label, gross_e4, deductions, due):
        """Return the items of one payee: gross to expense, deductions, the rest payable.

        :param list deductions: lines of the deduction contract
        :param due: day on which the rest is to be paid
        """
        net_e4 = gross_e4 - sum(line["amount_e4"] for line in deductions)
        return [
            (gross_e4, company.mlm_expense_account_id.id, label, partner, {}),
            *(
                (
                    -line["amount_e4"],
                    line["account_id"],
                    f"{label} · {line['name']}",
                    partner,
                    self._get_tax_values(line),
                )
                for line in deductions
            ),
            (-net_e4, company.mlm_payable_account_id.id, label, partner, {"date_maturity": due}),
        ]

    def _get_tax_values(self, line):
        if not line["tax_repartition_line_id"]:
            return {}
        return {
            "tax_repartition_line_id": line["tax_repartition_line_id"],
            "tax_base_amount": line["base_e4"] / 10_000,
            "display_type": "tax",
        }

    def _add_in_kind(self, company, gross_e4, lines, prizes):
        """Return deductions of a document, with those that its prizes in kind bring.

        :param list lines: lines of the deduction contract
        :param dict prizes: ``{name: value in ten-thousandths}``
        """
        lines = [
            *lines,
            *(self._get_in_kind_line(company, name, value) for name, value in prizes.items()),
        ]
        return lines + self._get_assumed_line(company, gross_e4, lines)

    def _get_in_kind_line(self, company, prize, value_e4):
        """Return the deduction of what was delivered in kind, on the account of the company."""
        basis = {"prize": prize}
        name, reason = self.env["mlm.deduction"]._tell_line("in_kind", basis)
        return {
            "code": "in_kind",
            "name": name,
            "account_id": company.mlm_in_kind_account_id.id,
            "tax_repartition_line_id": False,
            "base_e4": value_e4,
            "rate_e6": E6,
            "amount_e4": value_e4,
            "reason": reason,
            "basis": basis,
        }

    def _get_assumed_line(self, company, gross_e4, lines):
        """Return, in a list, what the company assumes of a document with a prize in kind: the
        withholding that its cash does not cover (RULES 59). It is a deduction below zero, a
        debit of the account of the company; without an account the payee owes it."""
        withheld_e4 = sum(line["amount_e4"] for line in lines if line["code"] != "in_kind")
        cash_e4 = gross_e4 - sum(line["amount_e4"] for line in lines if line["code"] == "in_kind")
        assumed_e4 = withheld_e4 - max(0, cash_e4)
        if assumed_e4 <= 0 or not company.mlm_assumed_account_id:
            return []
        basis = {"withheld_e4": withheld_e4, "cash_e4": cash_e4}
        name, reason = self.env["mlm.deduction"]._tell_line("assumed", basis)
        return [
            {
                "code": "assumed",
                "name": name,
                "account_id": company.mlm_assumed_account_id.id,
                "tax_repartition_line_id": False,
                "base_e4": -assumed_e4,
                "rate_e6": E6,
                "amount_e4": -assumed_e4,
                "reason": reason,
                "basis": basis,
            }
        ]

    def _post_entry(self, company, date, ref, items, name=False):
        """Post one entry in the commission journal of a company.

        Callers have checked that it may be posted: accounting is written by the system's
        right, whatever the rights, defaults and context of who pressed the button.

        :param name: number of the entry; without one the journal gives the next
        :raise UserError: it does not balance, or accounting made another entry of it
        """
        items = [item for item in items if item[0]]
        entry = name or ref
        if sum(item[0] for item in items):
            raise UserError(
                self.env._(
                    "The entry of %(name)s does not balance; nothing was posted.", name=entry
                )
            )
        # sudo: see above
        moves = as_system(
            self.env["account.move"].with_company(company),
            tracking_disable=True,
            mail_create_nolog=True,
            skip_invoice_sync=True,
            default_move_type="entry",
            **{RANKS_LATER: True},
        )
        head = {"date": date, "ref": ref, **({"name": name} if name else {})}
        common = self._get_common_values(company, head)
        move = moves.create(
            {
                **head,
                "move_type": "entry",
                "journal_id": company.mlm_journal_id.id,
                "company_id": company.id,
                "line_ids": [
                    Command.create({**common, **self._get_item_values(*item)}) for item in items
                ],
            }
        )
        move._post(soft=False)
        if len(move.line_ids) != len(items) or move.date != date:
            raise UserError(
                self.env._(
                    "Accounting changed the entry of %(name)s: %(found)s lines on %(date)s"
                    " instead of %(wanted)s. Nothing was posted.",
                    name=entry,
                    found=len(move.line_ids),
                    date=Formats(self.env).day(move.date),
                    wanted=len(items),
                )
            )
        return move

    def _get_common_values(self, company, head):
        """Values that are the same for all items: what accounting would find for each by itself,
        and for what follows the entry, write to each in an UPDATE after the INSERT."""
        return {
            "date": head["date"],
            "ref": head["ref"],
            **({"move_name": head["name"]} if "name" in head else {}),
            "parent_state": "draft",
            "currency_id": company.currency_id.id,
            "display_type": "product",
            # without it each item searches an analytic distribution model
            "analytic_distribution": False,
        }

    def _get_item_values(self, amount_e4, account_id, label, partner, more):
        """Values of a journal item; the only place where an exact amount becomes a float."""
        amount = amount_e4 / 10_000
        return {
            "account_id": account_id,
            "partner_id": partner.id if partner else False,
            "name": label,
            "balance": amount,
            "amount_currency": amount,
            **more,
        }
