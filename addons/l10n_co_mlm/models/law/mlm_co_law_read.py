# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats

from ...tax.law import Bracket, IcaRate, Law, LawMissing, Rate, Relief, VatRate

_MENUS = {
    "uvt": "l10n_co_mlm.menu_co_uvt",
    "base": "l10n_co_mlm.menu_co_base",
    "rate": "l10n_co_mlm.menu_co_rate",
    "bracket": "l10n_co_mlm.menu_co_bracket",
    "relief": "l10n_co_mlm.menu_co_share",
    "vat": "l10n_co_mlm.menu_co_share",
    "agent": "l10n_co_mlm.menu_co_ica_agent",
    "ica": "l10n_co_mlm.menu_co_ica_rate",
}


class MlmCoLaw(models.AbstractModel):
    """The law of a day as the calculation takes it, and what is said where it is missing."""

    _inherit = "mlm.co.law"

    @api.model
    def _law(self, company, day):
        """Return the ``tax.law.Law`` of one day for one company: everything, in few queries.

        :param company: ``res.company``, whose own rows (where it withholds ICA) count
        :param day: date; accounting date of what is computed
        """
        uvt = self.env["mlm.co.uvt"]._at(day)
        bases = self.env["mlm.co.base"]._at(day, [("kind", "!=", "vat")])
        shares = {one.kind: one for one in self.env["mlm.co.share"]._at(day)}
        ica = self.env["mlm.co.ica.rate"]._at(day)
        agents = self.env["mlm.co.ica.agent"]._at(day, [("company_id", "=", company.id)])
        return Law(
            day=day,
            uvt_e4=uvt.value * 10_000 if uvt else None,
            uvt_norm=uvt.norm or "",
            bases={one.kind: one.uvt_e4 for one in bases},
            base_norms={one.kind: one.norm for one in bases},
            rates=tuple(
                Rate(
                    concept=one.concept,
                    person=one.person,
                    declarant=one.declarant,
                    resident=one.resident,
                    rate_e6=one.rate_e6,
                    base_kind=one.base_kind,
                    switch_uvt_e4=one.switch_uvt_e4,
                    switch_rate_e6=one.switch_rate_e6,
                    tax_ref=one.tax_ref,
                    norm=one.norm,
                    switch_tax_ref=one.switch_tax_ref or "",
                )
                for one in self.env["mlm.co.rate"]._at(day)
            ),
            brackets=tuple(
                Bracket(
                    from_uvt_e4=one.from_uvt_e4,
                    to_uvt_e4=one.to_uvt_e4,
                    rate_e6=one.rate_e6,
                    plus_uvt_e4=one.plus_uvt_e4,
                    norm=one.norm,
                )
                for one in self.env["mlm.co.bracket"]._at(day)
            ),
            ica={
                (one.municipality_id.code, one.activity_id.code or ""): IcaRate(
                    municipality=one.municipality_id.code,
                    activity=one.activity_id.code or "",
                    rate_e6=one.rate_e6,
                    base_uvt_e4=one.base_uvt_e4,
                    base_purchases_uvt_e4=one.base_purchases_uvt_e4,
                    norm=one.norm,
                )
                for one in ica
            },
            agents={one.municipality_id.code or "": one.agent for one in agents},
            relief=self._get_relief(shares),
            vat_rate=self._get_vat_rate(shares),
        )

    def _get_relief(self, shares):
        exempt, limit = shares.get("exempt"), shares.get("limit")
        if not exempt or not limit:
            return None
        return Relief(
            exempt_e6=exempt.rate_e6,
            limit_e6=limit.rate_e6,
            limit_year_uvt_e4=limit.limit_uvt_e4,
            norm="; ".join(dict.fromkeys((exempt.norm, limit.norm))),
        )

    def _get_vat_rate(self, shares):
        vat = shares.get("vat")
        return VatRate(rate_e6=vat.rate_e6, norm=vat.norm) if vat else None

    # -- what is missing -------------------------------------------------------

    @api.model
    @contextmanager
    def _naming_missing(self, company):
        """Turn a ``LawMissing`` into a UserError that names the datum and its screen.

        :param company: ``res.company`` for which something is computed
        """
        try:
            yield
        except LawMissing as missing:
            raise UserError(self._tell_missing(company, missing)) from missing

    @api.model
    def _tell_missing(self, company, missing):
        """Return the sentence of a ``LawMissing``, in the user's language."""
        values = dict(missing.values)
        if "day" in values:
            values["day"] = Formats(self.env).day(values["day"])
        texts = {
            **values,
            "company": company.display_name,
            "menu": self.env["ir.ui.menu"]._get_mlm_path(_MENUS[missing.kind]),
        }
        return getattr(self, f"_tell_missing_{missing.kind}")(texts)

    def _tell_missing_uvt(self, texts):
        return self.env._("The UVT of %(year)s is missing. Enter it under %(menu)s.", **texts)

    def _tell_missing_base(self, texts):
        texts["base"] = self._label("mlm.co.base", "kind", texts["base"])
        return self.env._(
            "The minimum base of withholding for “%(base)s” on %(day)s is missing. Enter it under"
            " %(menu)s.",
            **texts,
        )

    def _tell_missing_rate(self, texts):
        who = [self._label("mlm.co.rate", "person", texts["person"])]
        if texts["resident"]:
            files = "yes" if texts["declarant"] else "no"
            who.append(self._label("mlm.co.rate", "declarant", files))
        else:
            who.append(self.env._("not resident in Colombia"))
        return self.env._(
            "The rate of income-tax withholding for “%(concept)s” (%(who)s) on %(day)s is missing."
            " Enter it under %(menu)s.",
            concept=self._label("mlm.co.rate", "concept", texts["concept"]),
            who=", ".join(who),
            day=texts["day"],
            menu=texts["menu"],
        )

    def _tell_missing_bracket(self, texts):
        return self.env._(
            "The table of article 383 on %(day)s is missing or has a gap. Complete it under"
            " %(menu)s.",
            **texts,
        )

    def _tell_missing_relief(self, texts):
        return self.env._(
            "The exempt share of article 383, or its limit, on %(day)s is missing. Enter it under"
            " %(menu)s.",
            **texts,
        )

    def _tell_missing_vat(self, texts):
        return self.env._(
            "The share of VAT that is withheld on %(day)s is missing. Enter it under %(menu)s.",
            **texts,
        )

    def _tell_missing_agent(self, texts):
        texts["municipality"] = self._listed("mlm.co.municipality", texts["municipality"])
        return self.env._(
            "Nothing says whether %(company)s withholds ICA in %(municipality)s on %(day)s. Enter it"
            " under %(menu)s.",
            **texts,
        )

    def _tell_missing_ica(self, texts):
        texts["municipality"] = self._listed("mlm.co.municipality", texts["municipality"])
        if texts["activity"]:
            texts["activity"] = self._listed("mlm.co.activity", texts["activity"])
            return self.env._(
                "The rate of ReteICA in %(municipality)s for “%(activity)s” on %(day)s is missing."
                " %(company)s withholds ICA there. Enter it under %(menu)s.",
                **texts,
            )
        return self.env._(
            "There is no rate of ReteICA in %(municipality)s on %(day)s. %(company)s withholds ICA"
            " there. Enter it under %(menu)s.",
            **texts,
        )

    def _label(self, model, name, value):
        return dict(self.env[model]._fields[name]._description_selection(self.env)).get(
            value, value
        )

    def _listed(self, model, code):
        # sudo: names of public lists
        found = self.env[model].sudo().search([("code", "=", code)])
        return found.display_name or code
