# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.telling.language import known, name_in, nearest
from mlm_engine.telling.plan_diff import diff
from mlm_engine.telling.plan_document import document

from odoo import api, fields, models

from odoo.addons.mlm_base.formats import Formats

from ...plan_pdf import pdf


class MlmPlanVersion(models.Model):
    """A version for people: in words, and what it changes."""

    _inherit = "mlm.plan.version"

    summary_html = fields.Html(compute="_compute_summary_html", string="In words", sanitize=False)
    compare_id = fields.Many2one(
        "mlm.plan.version",
        string="Compared with",
        compute="_compute_compare_id",
        readonly=False,
        domain="[('network_id', '=', network_id), ('id', '!=', id)]",
        help="The version whose differences are shown.",
    )
    diff_html = fields.Html(compute="_compute_diff_html", string="Changes", sanitize=False)

    @api.depends("document")
    @api.depends_context("lang")
    def _compute_summary_html(self):
        for version in self:
            try:
                plan = self._read_plan(version.document)
            except ValueError:
                version.summary_html = False
                continue
            version.summary_html = self.env["ir.qweb"]._render(
                "mlm_plan.plan_document",
                {"blocks": document(plan, self._short_lang(), self._today())},
            )

    def _today(self):
        """Day whose period is the example of pay dates."""
        return fields.Date.context_today(self).toordinal()

    @api.depends("plan_id", "valid_from")
    def _compute_compare_id(self):
        for version in self:
            origin = version._origin
            version.compare_id = origin and (
                origin.previous_id or origin._find_previous() or origin._find_older()
            )

    def _find_older(self):
        """Version of the same plan with the next lower number."""
        return self.plan_id.version_ids.filtered(lambda one: one.version < self.version).sorted(
            "version"
        )[-1:]

    @api.depends("document", "compare_id")
    @api.depends_context("lang")
    def _compute_diff_html(self):
        for version in self:
            if not version.compare_id:
                version.diff_html = False
                continue
            version.diff_html = self.env["ir.qweb"]._render(
                "mlm_plan.plan_diff",
                {"sections": version._diff(version.compare_id)},
            )

    def _diff(self, other, lang=None):
        """What changes from ``other`` to this version, by section, in words."""
        self.ensure_one()
        return diff(other._document_data(), self._document_data(), lang or self._short_lang())

    def action_download(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/mlm/plan/{self.id}.yaml"}

    def action_diff_pdf(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/plan/{self.id}/changes/{self.compare_id.id}.pdf",
        }

    def _get_diff_pdf(self, other):
        """Return the bytes of a document that says what changes."""
        self.ensure_one()
        blocks = [
            {
                "kind": "text",
                "text": self.env._(
                    "What changes from %(before)s to %(after)s, valid from %(day)s.",
                    before=other.display_name,
                    after=self.display_name,
                    day=Formats(self.env).day(self.valid_from),
                ),
            }
        ]
        for section in self._diff(other):
            blocks.append({"kind": "heading", "text": section["title"]})
            items = [
                one["text"] + (" — " + "; ".join(one["details"]) if one["details"] else "")
                for one in section["changes"]
            ]
            blocks.append({"kind": "list", "items": items})
        if len(blocks) == 1:
            blocks.append({"kind": "text", "text": self.env._("Nothing changes.")})
        return self._get_pdf(self.plan_id.name, blocks)

    def action_document_pdf(self):
        """The plan for distributors, in the user's language."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/plan/{self.id}/{self._short_lang()}.pdf",
        }

    def action_document_pdf_other(self):
        """The same in the other language that plans are worded in."""
        self.ensure_one()
        mine = self._short_lang()
        other = next(lang for lang in reversed(known()) if lang != mine)
        return {"type": "ir.actions.act_url", "url": f"/mlm/plan/{self.id}/{other}.pdf"}

    def _get_document_pdf(self, lang):
        """Return the bytes of the plan document in a language of the engine."""
        self.ensure_one()
        plan = self._parse(self.document)
        blocks = document(plan, lang, self._today())
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        codes = [code for code in (self.env.lang, *installed) if nearest(code) == lang]
        code = codes[0] if codes else self.env.lang
        return self.with_context(lang=code)._get_pdf(name_in(plan["name"], lang), blocks)

    def _get_pdf(self, title, blocks):
        network = self.network_id
        foot = f"{network.display_name} · {self.display_name} · {self.document_hash[:12]}"
        return pdf(self.env, title, blocks, network._get_money_company(self), foot)
