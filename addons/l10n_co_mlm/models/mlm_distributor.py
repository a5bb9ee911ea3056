# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from stdnum.co import nit

from odoo import models

#: digits of a NIT without its check digit, at most
_LENGTH = 15


class MlmDistributor(models.Model):
    """A NIT and the identity card in it are one document, with check digit or without.

    Where the type of a document is known it tells whether there is a check digit.
    """

    _inherit = "mlm.distributor"

    def _get_document_key(self, number, company, kind=None):
        key = super()._get_document_key(number, company, kind)
        if kind or company.country_id.code != "CO" or not key.isdigit() or len(key) > _LENGTH:
            return key
        base, last = key[:-1], key[-1]
        if not base or nit.calc_check_digit(base) != last:
            return key
        if re.search(r"\d\s*-\s*\d$", number.strip()) or self._is_written_as_nit(key):
            return base
        return key

    def _is_written_as_nit(self, digits):
        """Companies have nine digits from 800 million, and identity cards never nine:
        these numbers with a valid check digit can only be a NIT."""
        is_company = digits[0] in "89"
        return {9: not is_company, 10: is_company, 11: True}.get(len(digits), False)

    def _get_document_spellings(self, key, company):
        spellings = super()._get_document_spellings(key, company)
        if company.country_id.code == "CO" and key.isdigit() and len(key) < _LENGTH:
            spellings = spellings | {key + nit.calc_check_digit(key)}
        return spellings
