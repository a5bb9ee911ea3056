# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel import snapshot_file
from mlm_engine.telling import explain as engine_explain

from odoo import models
from odoo.exceptions import UserError

from ...kept_views import KEPT
from ...stored_rows import StoredRows


class MlmRun(models.Model):
    """Explanations of a run: amounts, absent amounts, ranks, sales; plain dicts.

    Contract: ``docs/contracts/read_api.md``. Callers check access before they call.
    """

    _inherit = "mlm.run"

    def _snapshot_data(self):
        """Bytes of the frozen inputs; only the system may read the file itself.

        Forms are read with ``bin_size``, which would give the file's size instead.
        """
        # sudo: the file is the system's; callers have checked access to the run
        return self.sudo().with_context(bin_size=False).snapshot_id.raw

    def _view(self, audience="staff", viewer=None):
        """Engine's explanation view of this run.

        :param audience: ``staff`` see names; a ``distributor`` sees codes and
            names of nobody but the own frontline and self (RULES 38)
        """
        self.ensure_one()
        kept = self._frozen_view()
        # of a run that was discarded no rows are left: it is computed again
        rows = StoredRows(self, kept.snapshot) if self.state != "cancelled" else None
        return self._view_of(kept, audience, viewer, rows)

    def _view_of(self, kept, audience="staff", viewer=None, rows=None):
        """The ``View`` for a reader of one for nobody: of this run, or of the same people."""
        # sudo: names are asked of all; the namer itself decides whom the reader is told
        namer = _Namer(self.sudo().env, kept.snapshot, audience, viewer)
        return engine_explain.View(
            *(kept.snapshot, None, namer, self.version_id._short_lang()),
            discreet=namer.hide,
            like=kept,
            rows=rows,
        )

    def _frozen_view(self):
        """Return the ``View`` of the frozen inputs for nobody, which are read once.

        Its result is computed where somebody asks for more than single rows. The engine is
        deterministic, so that gives the stored rows in their stored order.
        """
        return KEPT.get(self.snapshot_sha, lambda: engine_explain.View(self._read_frozen(), None))

    def _read_frozen(self):
        """Return the ``Snapshot`` that the run was computed from.

        :raise UserError: there is none, or not the one of then
        """
        data = self._snapshot_data()
        if not data and self.digest:
            raise UserError(self.env._("The input file is missing."))
        if not data:
            raise UserError(self.env._("%(run)s has not been computed yet.", run=self.display_name))
        # a file that was changed must not answer for all runs of these inputs, whose ever
        if snapshot_file.sha256(data) != self.snapshot_sha:
            raise UserError(self.env._("The input file is not the one that was computed."))
        return snapshot_file.loads(data)

    def _explain(self, earning, audience="staff", viewer=None):
        """Explain one earning: source, path, base, rate, rounding, as a dict."""
        self.ensure_one()
        first, last = earning._id_range(self.number)
        if not first < earning.id < last or not earning.exists():
            raise UserError(self.env._("This amount is not one of %s.", self.display_name))
        view = self._view(audience, viewer)
        return engine_explain.earning(view, earning.id - first - 1)

    def _explain_distributor(self, distributor, audience="staff", viewer=None, most=None):
        """Explain the cycle of a person, also of one who earned nothing.

        :param most: how many rows are explained, the largest; None: all
        """
        self.ensure_one()
        view = self._view(audience, viewer)
        return engine_explain.person(view, self._member_index(view, distributor), most)

    def _explain_sale(self, entries, distributor=None):
        """Explain volume rows, for staff: whom each paid, what nobody got and why.

        :param entries: rows of the ledger that this run has read
        :param distributor: also say what this person got on each, or why nothing
        :return: dict with ``rows``, one explanation per row of the run, and of a
            person ``why``
        :raise UserError: the run has read none of the rows
        """
        self.ensure_one()
        if distributor:
            self._ensure_reads(distributor)
        view = self._view()
        # A correction inside the cycle is netted into the row that it corrects.
        ids = sorted(set(entries.ids + entries.origin_id.ids))
        rows = [row for row in (self._place(view.snapshot.row_id, one) for one in ids) if row >= 0]
        if not rows:
            raise UserError(
                self.env._(
                    "%(run)s does not count this sale: it belongs to another cycle or was "
                    "returned in full.",
                    run=self.display_name,
                )
            )
        member = self._member_index(view, distributor) if distributor else -1
        found = []
        for row in rows:
            explained = engine_explain.sale(view, row)
            explained["earnings"] = self._readable(view, row, explained["earnings"])
            explained["why"] = (
                engine_explain.person_on_sale(view, member, row) if distributor else {}
            )
            found.append(explained)
        return {"kind": "sale", "rows": found}

    def _readable(self, view, row, explained):
        """Of the earnings on a row those that the user reads."""
        homes = self._read_homes()
        if homes is None:
            return explained
        ids = [
            int(view.snapshot.member_id[one]) if one >= 0 else 0
            for one in (view.earning(index).payee for index in view.earnings_on(row))
        ]
        # sudo: whose distributor each is decides what is shown
        people = self.env["mlm.distributor"].sudo().browse({one for one in ids if one})
        mine = {0, *people.filtered(lambda one: one.company_id.id in homes).ids}
        return [one for one, payee in zip(explained, ids, strict=True) if payee in mine]

    def _member_index(self, view, distributor):
        member = self._place(view.snapshot.member_id, distributor.id)
        if member < 0:
            raise UserError(
                self.env._(
                    "%(name)s joined after %(run)s.",
                    name=distributor.display_name,
                    run=self.display_name,
                )
            )
        return member

    def _place(self, ids, wanted):
        """Return the index of an id among sorted ids, -1 when it is not there."""
        place = int(np.searchsorted(ids, wanted))
        return place if place < len(ids) and ids[place] == wanted else -1

    def _action_explain(self, earning):
        """Open the explanation of an earning in a dialog."""
        wizard = self.env["mlm.explanation"].create(
            {"run_id": self.id, "earning_ref": str(earning.id)}
        )
        return wizard._action_open()


class _Namer:
    """Words for members, positions and rows, as far as the reader may see."""

    def __init__(self, env, snapshot, audience, viewer):
        self.env, self.snapshot = env, snapshot
        self.hide = audience != "staff"
        self.visible = set()
        if viewer:
            team = viewer.child_ids.filtered(lambda one: one.kind != "customer")
            self.visible = set((viewer + team).ids)

    def __call__(self, kind, index):
        record_id = int(getattr(self.snapshot, f"{kind}_id")[index])
        if kind == "row":
            entry = self.env["mlm.volume.entry"].browse(record_id)
            hidden = self.hide and not self.visible & set(
                (entry.distributor_id + entry.buyer_id).ids
            )
            return f"#{record_id}" if hidden else entry.order_name or f"#{record_id}"
        if kind == "position":
            position = self.env["mlm.position"].browse(record_id)
            return position.code
        distributor = self.env["mlm.distributor"].browse(record_id)
        if self.hide and record_id not in self.visible:
            if distributor.kind == "customer":
                return self.env._("a customer")
            return self.env._("somebody else")
        return distributor.display_name
