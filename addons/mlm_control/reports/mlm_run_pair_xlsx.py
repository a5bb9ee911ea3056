# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.documents.workbook import Workbook
from odoo.addons.mlm_base.exact import from_e4

from ..models.pairs.mlm_run_pair_cause import KINDS

# Records read at a time.
CHUNK = 2_000


class MlmCommissionReport(models.AbstractModel):
    """The workbook of two previews side by side."""

    _inherit = "mlm.commission.report"

    def _get_pair_xlsx(self, pair):
        """Return the bytes of a workbook: totals, who changes, what differs."""
        _ = self.env._
        with Workbook() as book:
            sides = [
                column("before", _("First"), "text", 30),
                column("after", _("Second"), "text", 30),
            ]
            columns = [
                column("label", "", "text", 30),
                *sides,
                column("difference", _("Difference"), "text", 24),
            ]
            for block in pair._get_blocks():
                book.table(block["title"], columns, block["rows"])
            self._write_pair_people(book, pair)
            facts = [
                column("kind", _("Cause"), "text", 24),
                column("what", _("What"), "text", 28),
                column("change", _("Change"), "text", 20),
                column("code", _("Code"), "text", 14),
                column("order", _("Order"), "text", 20),
                *sides,
            ]
            book.table(_("What differs in the inputs"), facts, self._read_pair_facts(pair))
            with book.close() as file:
                return file.read()

    def _write_pair_people(self, book, pair):
        _ = self.env._
        words = dict(
            self.env["mlm.run.pair.cause"]._fields["kind"]._description_selection(self.env)
        )
        kinds = [kind for kind, _label in KINDS if kind in pair.cause_ids.mapped("kind")]
        columns = [
            column("code", _("Code"), "text", 14),
            column("name", _("Name"), "text", 34),
            *self._get_currency_columns(pair.after_id),
            column("before", _("First"), "money", 18),
            column("after", _("Second"), "money", 18),
            column("difference", _("Difference"), "money", 18),
            *(column(kind, words[kind], "money", 18) for kind in kinds),
        ]
        book.table(_("Who changes"), columns, self._read_pair_people(pair, kinds))

    def _read_pair_people(self, pair, kinds):
        for one in self._read_pair_rows("mlm.run.pair.person", pair):
            yield {
                "code": one.distributor_id.code,
                # as far as the reader may know it
                "name": one.distributor_id.name,
                "currency": one.currency_id.name,
                **{name: from_e4(one[f"{name}_e4"]) for name in ("before", "after", "difference")},
                **{kind: from_e4(one[f"by_{kind}_e4"]) for kind in kinds},
            }

    def _read_pair_facts(self, pair):
        words = {
            name: dict(self.env["mlm.run.pair.fact"]._fields[name]._description_selection(self.env))
            for name in ("kind", "what", "change")
        }
        for one in self._read_pair_rows("mlm.run.pair.fact", pair):
            yield {
                **{name: labels[one[name]] for name, labels in words.items()},
                "code": one.distributor_id.code,
                "order": one.order_name,
                "before": one.old,
                "after": one.new,
            }

    def _read_pair_rows(self, model, pair):
        """Yield the records of a pair in their order, a few in memory at a time."""
        last = 0
        while rows := self.env[model].search(
            [("pair_id", "=", pair.id), ("id", ">", last)], limit=CHUNK
        ):
            last = rows[-1].id
            yield from rows
            rows.invalidate_recordset()
