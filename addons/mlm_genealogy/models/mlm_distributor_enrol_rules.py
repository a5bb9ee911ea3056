from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

#: value of ``acceptance`` for people who sign later: an import, the setup
LATER = "later"


class MlmDistributor(models.Model):
    """What must hold whenever somebody is enrolled, whoever asks for it and how.

    Wizard, portal, referral link, import and a direct ``create`` all go through `_enrol`,
    which asks here before it writes anything.
    """

    _inherit = "mlm.distributor"

    def _ensure_enrolment_rules(self, rows):
        """Check the rows of one enrolment, see `_enrol`.

        :raise UserError: names the person, and says what to do
        """
        by_company = defaultdict(list)
        for row in rows:
            by_company[row["own"]["company_id"]].append(row)
        for company_id, company_rows in by_company.items():
            company = self.env["res.company"].browse(company_id)
            self._ensure_not_enrolled(company_rows, company)
            self._ensure_duplicates_explained(company_rows, company)
            self._ensure_texts_accepted(company_rows, company)

    def _ensure_not_enrolled(self, rows, company):
        partner_ids = [row["own"]["partner_id"] for row in rows if row["own"].get("partner_id")]
        # sudo: a membership that the user may not see counts too, and is named by its code,
        # where the code may be known beside the contact
        member = self.sudo().search(
            [
                ("partner_id", "in", partner_ids),
                ("network_id", "=", company.sudo().mlm_network_id.id),
            ],
            limit=1,
        )
        if member:
            name = member.display_name if member._is_named() else member.partner_id.display_name
            raise UserError(
                self.env._("%s is enrolled already. Open that membership instead.", name)
            )

    def _ensure_duplicates_explained(self, rows, company):
        """Refuse somebody like a known contact, unless it is said why that is another one.

        Replaces ``accepted_duplicates`` by the matches that there really are.
        """
        # an import has looked at all its lines in this transaction
        rows = [row for row in rows if not row.get("examined")]
        values = [self._get_duplicate_values(row) for row in rows]
        found = self._find_duplicates(values, company)
        for row, matches in zip(rows, found, strict=True):
            accepted = row.pop("accepted_duplicates", None)
            if not matches:
                continue
            if not accepted or not (row.get("reason") or "").strip():
                labels = self.env["mlm.enrol.wizard"]._get_match_labels()
                raise UserError(
                    self.env._(
                        "Somebody with the same %(what)s as %(name)s is known. Choose that"
                        " contact, or confirm that it is somebody else and say why: in the form"
                        " “Enrol” of %(menu)s, or with “accepted_duplicates” and “reason”.",
                        menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_distributor"),
                        what=", ".join(labels[name] for name in matches[0]["fields"]),
                        name=self._get_enrolled_name(row),
                    )
                )
            row["accepted_duplicates"] = matches

    def _get_duplicate_values(self, row):
        """Return what `_find_duplicates` compares of one row."""
        person = row["person"]
        # sudo: the contact is compared with others, and nothing of it is shown
        partner = self.env["res.partner"].sudo().browse(row["own"].get("partner_id"))
        values = {name: person.get(name, partner[name]) for name in ("vat", "email", "phone")}
        numbers = [
            command[2].get("acc_number")
            for command in person.get("bank_ids") or ()
            if command[0] == Command.CREATE
        ]
        return {
            **values,
            # the type belongs to the number that is given
            "document_type": row.get("document_type") if person.get("vat") else None,
            "bank": [number for number in numbers if number]
            + partner.bank_ids.filtered("acc_number").mapped("acc_number"),
            "partner_id": partner.id,
        }

    def _get_enrolled_name(self, row):
        # sudo: it is the user who named the contact
        partner = self.env["res.partner"].sudo().browse(row["own"].get("partner_id"))
        return row["person"].get("name") or partner.display_name or row["own"].get("code") or ""

    def _ensure_texts_accepted(self, rows, company):
        """Nobody joins without having accepted the texts in force; which version it was is
        what the person saw."""
        # sudo: which texts are in force is no secret
        Contract = self.env["mlm.contract"].sudo()
        wanted = {}
        for row in rows:
            kind = row["own"].get("kind") or "distributor"
            if kind not in wanted:
                wanted[kind] = Contract._get_for_member(company, kind)
            acceptance = row.get("acceptance")
            if not wanted[kind] or acceptance == LATER:
                continue
            # sudo: texts that the person accepted, only to compare
            accepted = acceptance["contracts"].sudo() if acceptance else Contract
            kinds = set(accepted.filtered(lambda one: one.company_id == company).mapped("kind"))
            missing = wanted[kind].filtered(lambda one, kinds=kinds: one.kind not in kinds)
            if missing:
                raise UserError(
                    self.env._(
                        "%(name)s must accept %(texts)s before joining. Enrol with the form"
                        " of %(menu)s, where it is recorded how that was done.",
                        menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_distributor"),
                        name=self._get_enrolled_name(row),
                        texts=", ".join(missing.mapped("display_name")),
                    )
                )

    def _accept_enrolled(self, rows):
        """Record what these people, in the order of ``rows``, accepted when they joined."""
        for record, row in zip(self, rows, strict=True):
            acceptance = row.get("acceptance")
            if not acceptance or acceptance == LATER:
                continue
            # a text that was replaced meanwhile was not accepted in the version in force
            texts = acceptance["contracts"].filtered(lambda one: one.state == "published")
            lang = acceptance.get("lang") or record.partner_id.lang or self.env.lang
            self.env["mlm.contract.acceptance"].with_context(lang=lang)._accept(
                record,
                texts,
                acceptance["channel"],
                ip=acceptance.get("ip"),
                document=acceptance.get("document"),
                accepted_at=acceptance.get("accepted_at"),
            )
