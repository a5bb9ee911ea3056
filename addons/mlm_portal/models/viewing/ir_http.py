# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import ReadOnlySqlTransaction
from werkzeug.exceptions import Forbidden

from odoo import models
from odoo.http import request

from ... import viewing


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        if viewing.is_guarded(rule):
            viewing.guard(rule)
        return result

    @classmethod
    def _dispatch(cls, endpoint):
        try:
            return super()._dispatch(endpoint)
        except ReadOnlySqlTransaction as error:
            if viewing.KEY not in request.session:
                raise
            raise Forbidden(viewing.get_message()) from error
