from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..internal import is_of_suite

#: What makes a file the one it is.
_FIXED = {"name", "raw", "datas", "db_datas", "res_model", "res_id", "res_field", "type", "url"}


class IrAttachment(models.Model):
    """Files that prove something stay as they are, see `mlm.proof`; those that are a company's
    own are read by its staff, where several share a network."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._mlm_ensure_of_no_field()
        return files

    def write(self, vals):
        if not _FIXED.isdisjoint(vals):
            # before the name of a file is told
            self.check_access("write")
            self._mlm_ensure_of_no_field()
            # sudo: the right to write was checked; of a proof nothing but the file's name is told
            for file in self.env["mlm.proof"]._get_fixed(self).sudo():
                if file._mlm_would_change(vals):
                    file._mlm_refuse_change()
        result = super().write(vals)
        if not {"res_model", "res_field"}.isdisjoint(vals):
            self._mlm_ensure_of_no_field()
        return result

    def unlink(self):
        self.check_access("unlink")
        self._mlm_ensure_of_no_field()
        # sudo: the right to delete was checked; of a proof nothing but the file's name is told
        for file in self.env["mlm.proof"]._get_fixed(self).sudo():
            file._mlm_refuse_change()
        return super().unlink()

    def _mlm_ensure_of_no_field(self):
        """AccessError for the file of one of the suite's fields: it changes with its record,
        which says who may, and until when. The field itself writes as superuser."""
        if self.env.su:
            return
        # sudo: of which field; the caller has checked the right to the file
        for file in self.sudo().filtered("res_field"):
            model = self.env.get(file.res_model)
            field = model is not None and model._fields.get(file.res_field)
            if field and is_of_suite(field._module):
                raise AccessError(
                    self.env._("This file belongs to a record: change it on the record's form.")
                )

    def _mlm_would_change(self, vals):
        """Whether any of the values that make the file would be another one."""
        for name in _FIXED.intersection(vals):
            field = self._fields[name]
            new = field.convert_to_cache(vals[name], self, validate=False)
            if new != field.convert_to_cache(self[name], self, validate=False):
                return True
        return False

    def _mlm_refuse_change(self):
        raise UserError(
            self.env._(
                "“%(file)s” is kept as proof: it cannot be changed, renamed, moved or deleted. "
                "Upload another file instead.",
                file=self.name,
            )
        )

    # -- whose files ---------------------------------------------------------

    @api.model
    def _mlm_get_kept_files(self):
        """``{model: Domain}``: of records that companies of a network share, those whose files
        the user reads."""
        return {}

    def _mlm_shares_network(self):
        # asked by the system also while the tables are being made
        return not self.env.su and self.env["mlm.network"]._is_any_shared(self.env.companies._ids)

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not bypass_access and self._mlm_shares_network():
            for name, mine in self._mlm_get_kept_files().items():
                # sudo: whose it is decides, whether or not the record itself may be read
                records = self.env[name].sudo()._search(mine, active_test=False)
                domain = fields.Domain(domain) & (
                    fields.Domain("res_model", "!=", name) | fields.Domain("res_id", "in", records)
                )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        if not self._mlm_shares_network():
            return
        for name, mine in self._mlm_get_kept_files().items():
            # sudo: whose it is decides, whether or not the record itself may be read
            records = self.env[name].sudo().browse(model_and_ids.get(name, ())).exists()
            for record in records - records.filtered_domain(mine):
                yield name, record.id
