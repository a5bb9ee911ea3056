# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.internal import as_internal

#: rows written between two looks at the progress
CHUNK = 1000


class MlmOpeningLoader(models.AbstractModel):
    """One kind of file of an opening: its columns, its checks, where its lines go.

    A concrete model is named after its kind (``mlm.opening.loader.carry``). It writes
    nothing before `_store`, and `_remove` leaves the database as if it never had.
    """

    _name = "mlm.opening.loader"
    _description = "Kind of File of an Opening"

    #: columns, `mlm_base.importing.headings.Headings`
    _headings = None
    #: keys of the columns that tie to control totals
    _figures = ()
    #: whether runs compute with it
    _read_by_runs = False

    def _get_example(self):
        """Return ``{column key: text}`` of the example line of the template."""
        raise NotImplementedError

    def _get_blocker(self, record):
        """Return why the company cannot take such a file any more, None if it can."""
        if not self._read_by_runs:
            return None
        # sudo: a run counts, whoever sees it
        posted = (
            self.env["mlm.run"]
            .sudo()
            .search(
                [
                    ("network_id", "=", record.company_id.mlm_network_id.id),
                    ("state", "in", ("submitted", "approved", "posting", "posted")),
                ],
                order="number",
                limit=1,
            )
        )
        if not posted:
            return None
        return self.env._(
            "%s was computed without it and is about to be posted. The opening comes before the "
            "first run; withdraw the run, or correct the next cycle instead.",
            posted.display_name,
        )

    def _examine(self, job, lines):
        """Return the rows of a file, ready for `_store`; bad lines go to the job.

        :param Examination job: takes the problems, sums the figures
        :param list lines: ``[(line number, {column key: value})]``
        """
        raise NotImplementedError

    def _store(self, record, file, rows, tell):
        """Write the rows.

        :param tell: ``f(count)`` called now and then with how many are written
        """
        raise NotImplementedError

    def _remove(self, record, file):
        """Take back what `_store` wrote."""
        raise NotImplementedError

    # -- helpers -----------------------------------------------------------------

    def _create_rows(self, model, rows, tell):
        """Create records piece by piece, with the rights of the system."""
        # sudo: what an opening brings is written by its work only
        target = self.env[model].sudo()
        for start in range(0, len(rows), CHUNK):
            tell(start)
            as_internal(target).create(rows[start : start + CHUNK])
            self.env.flush_all()
            target.invalidate_model()

    def _get_version(self, record):
        """Return the plan version in force, in whose words bonuses and ranks are named."""
        # sudo: of which network the company of the import is, nothing else
        network = record.company_id.sudo().mlm_network_id
        today = self.env["mlm.period"]._today(network)
        # sudo: whoever imports may not read plans of every company
        return self.env["mlm.plan"].sudo()._version_at(network, today)
