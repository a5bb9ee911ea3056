# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats


class MlmDeduction(models.AbstractModel):
    """Withholdings of Colombia in words: rule, base, rate, limit and legal source."""

    _inherit = "mlm.deduction"

    @api.model
    def _tell_line(self, code, basis):
        tell = {
            "rate": self._tell_rate,
            "art383": self._tell_table,
            "ica": self._tell_ica,
            "vat": self._tell_vat,
        }.get(basis.get("rule"))
        if not tell:
            return super()._tell_line(code, basis)
        name, sentences = tell(basis)
        if basis.get("default"):
            sentences.append(self._tell_default(basis["default"]))
        sentences.append(basis["norm"])
        return name, ". ".join(filter(None, sentences))

    @api.model
    def _tell_rate(self, basis):
        _, concept, person = self.env._, self._tell_concept(basis), self._tell_person(basis)
        name = _("Income tax withheld: %(concept)s", concept=concept)
        sentences = [
            _(
                "%(concept)s, %(person)s: %(rate)s",
                concept=concept,
                person=person,
                rate=self._percent(basis),
            )
        ]
        if basis.get("switched") == "contract":
            sentences.append(
                _("The contract is above %s UVT: the higher rate", self._uvt(basis["limit_uvt_e4"]))
            )
        elif basis.get("limit_e4"):
            values = {
                "before": self._pesos(basis["before_e4"]),
                "limit": self._pesos(basis["limit_e4"]),
                "uvt": self._uvt(basis["limit_uvt_e4"]),
            }
            sentences.append(
                _(
                    "Paid before in the year: %(before)s. This payment passes the limit of"
                    " %(limit)s (%(uvt)s UVT): the higher rate",
                    **values,
                )
                if basis["switched"]
                else _(
                    "Paid before in the year: %(before)s. Limit of the higher rate: %(limit)s"
                    " (%(uvt)s UVT)",
                    **values,
                )
            )
        if basis.get("minimum_e4"):
            sentences.append(_("Minimum base: %s", self._pesos(basis["minimum_e4"])))
        return name, sentences

    @api.model
    def _tell_table(self, basis):
        _ = self.env._
        return _("Income tax withheld: table of article 383"), [
            _(
                "Paid in the month: %(month)s, taxed: %(taxed)s, marginal rate %(rate)s, withheld"
                " before in the month: %(before)s",
                month=self._pesos(basis["month_e4"]),
                taxed=self._pesos(basis["taxed_e4"]),
                rate=self._percent(basis),
                before=self._pesos(basis["withheld_e4"]),
            )
        ]

    @api.model
    def _tell_ica(self, basis):
        place = self._get_listed("mlm.co.municipality", basis["municipality"])
        activity = basis["activity"] and self._get_listed("mlm.co.activity", basis["activity"])
        per_mil = Formats(self.env).number(from_e4(basis["rate_e6"] * 10))
        values = {"municipality": place, "activity": activity, "rate": f"{per_mil} ‰"}
        _ = self.env._
        return _("ICA withheld: %s", place), [
            _("%(municipality)s, %(activity)s: %(rate)s", **values)
            if activity
            else _("%(municipality)s: %(rate)s", **values),
            _("Minimum base: %s", self._pesos(basis["minimum_e4"])),
        ]

    @api.model
    def _tell_vat(self, basis):
        return self.env._("VAT withheld"), [
            self.env._("%s of the VAT of the invoice", self._percent(basis))
        ]

    @api.model
    def _tell_default(self, missing):
        """Say what of the person was not known and therefore assumed (RULES 54)."""
        _ = self.env._
        words = {
            "profile": _("there is no confirmed tax profile"),
            "municipality": _("the municipality is not known"),
            "activity": _("the activity (CIIU) is not known"),
            "number": _("the contact has no tax number"),
        }
        return _("By default, because %s", ", ".join(words.get(one, one) for one in missing))

    # -- pieces ----------------------------------------------------------------

    @api.model
    def _tell_concept(self, basis):
        return self.env["mlm.co.law"]._label("mlm.co.rate", "concept", basis["concept"])

    @api.model
    def _tell_person(self, basis):
        return self.env["mlm.co.law"]._label("mlm.co.rate", "person", basis["person"])

    @api.model
    def _get_listed(self, model, code):
        return self.env["mlm.co.law"]._listed(model, code)

    @api.model
    def _percent(self, basis):
        return Formats(self.env).percent(basis["rate_e6"] / 10_000)

    @api.model
    def _pesos(self, amount_e4):
        return f"$ {Formats(self.env).number(from_e4(amount_e4))}"

    @api.model
    def _uvt(self, uvt_e4):
        return Formats(self.env).number(from_e4(uvt_e4))
