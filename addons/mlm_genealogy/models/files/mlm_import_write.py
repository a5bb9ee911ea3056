from odoo import fields, models

from odoo.addons.mlm_base.internal import as_internal

from ..distributor.mlm_distributor_papers import LATER

#: people created between two looks at the progress
_CHUNK = 1000
#: share of the time that the people take, before the network
_PEOPLE = 0.6


class MlmImport(models.Model):
    """The import itself: the same checks again, then everybody in one transaction."""

    _inherit = "mlm.import"

    def _import_file(self):
        # once more: the network may have changed since the lines were checked
        rows, problems = self._examine()
        if any(problem["severity"] == "error" for problem in problems):
            self._keep_result(rows, problems)
            return
        people = self._create_people(rows)
        self.env["mlm.import.progress"]._report(self, "network", _PEOPLE)
        vals_list = [
            self._prepare_enrolment(row, partner_id)
            for row, partner_id in zip(rows, people, strict=True)
        ]
        rows.clear()  # a hundred thousand people twice would be half a gigabyte
        self.env["mlm.distributor"]._enrol(vals_list)
        # sudo: the result is written by the work only
        as_internal(self.sudo()).write({"state": "done", "finished_at": fields.Datetime.now()})

    def _create_people(self, rows):
        """Return the ids of the contacts of all rows, most of them new."""
        # numbers were checked line by line; the country's own check takes a statement each
        Partner = self.env["res.partner"].with_context(no_vat_validation=True)
        report = self.env["mlm.import.progress"]._report
        ids = [row.get("partner_id") for row in rows]
        new = [index for index, partner_id in enumerate(ids) if not partner_id]
        for start in range(0, len(new), _CHUNK):
            report(self, "people", _PEOPLE * start / len(new))
            chunk = new[start : start + _CHUNK]
            partners = Partner.create(
                [
                    {k: v for k, v in rows[index]["person"].items() if k != "document_type"}
                    for index in chunk
                ]
            )
            for index, partner in zip(chunk, partners, strict=True):
                ids[index] = partner.id
            self.env.flush_all()
            self.env.invalidate_all()
        return ids

    def _prepare_enrolment(self, row, partner_id):
        vals = {
            "company_id": self.company_id.id,
            "partner_id": partner_id,
            "kind": row["kind"],
            "reason": self.env._("Import %s", self.name),
            # who they are was examined line by line; what they signed is on paper elsewhere
            "examined": True,
            "acceptance": LATER,
        }
        for key in ("code", "joined_at", "is_root", "sponsor_code"):
            if row.get(key):
                vals[key] = row[key]
        if row.get("placement") is not None:
            vals["placement"] = {**row["placement"], "tree_id": self.tree_id.id}
        return vals
