# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from stdnum.co import nit

from odoo import models

_NOT_OF_A_NUMBER = re.compile(r"[^0-9A-Za-z]")


class ResPartner(models.Model):
    """The number by which the tax office knows a person, whatever contact bears it."""

    _inherit = "res.partner"

    def _mlm_tax_number(self):
        """Return ``{contact id: tax number}``: without check digit, ``P<id>`` where there is none."""
        found = {}
        for partner in self:
            number = _NOT_OF_A_NUMBER.sub("", partner.vat or "").upper()
            code = partner.l10n_latam_identification_type_id.l10n_co_document_code
            if code == "rut" and nit.is_valid(number):
                number = number[:-1]
            found[partner.id] = number or f"P{partner.id}"
        return found

    def _mlm_with_numbers(self, numbers):
        """Return the contacts that bear one of these tax numbers, in whatever form it is written.

        :param numbers: numbers as `_mlm_tax_number` gives them
        """
        spellings = set()
        for number in numbers:
            spellings.add(number)
            if number.isdigit() and len(number) <= 15:
                digit = nit.calc_check_digit(number)
                spellings |= {f"{number}{digit}", f"{number}-{digit}"}
        found = self.with_context(active_test=False).search([("vat", "in", list(spellings))])
        wanted, known = set(numbers), found._mlm_tax_number()
        return found.filtered(lambda one: known[one.id] in wanted)
