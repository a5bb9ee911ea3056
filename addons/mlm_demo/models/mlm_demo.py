# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from dataclasses import replace
from pathlib import Path

from mlm_engine import scenario as engine_scenario

from odoo import api, models

from ..company.build import POSTED, build
from ..play import contracts, extras, logins, report, summary
from ..play.session import Session

LANG = "es_CO"
LOGO = Path(__file__).parents[1] / "static" / "img" / "logo.png"
#: Set in the transaction that makes everything: a demo is complete or not there.
PARAMETER = "mlm_demo.played"
COMPANY = {
    "name": "Ganoderma de los Andes S.A.S.",
    "street": "Carrera 15 # 93-60",
    "city": "Bogotá D.C.",
    "zip": "110221",
    "phone": "+57 601 000 0000",
    "email": "contacto@demo.local",
    "website": "https://ganodermadelosandes.example",
    "vat": "9990009997",
}
# Of cost; what the demo pays stays below.
LIMITS = {"guard_cv": 60, "guard_sales": 50}


class MlmDemo(models.AbstractModel):
    """The demo company: invented people, two posted cycles and a running one.

    The methods are private: nobody makes or reads a demo from outside.
    """

    _name = "mlm.demo"
    _description = "Demo Company"

    @api.model
    def _play(self, progress=None):
        """Make the demo company in the current one, once.

        All of it is one transaction, which the caller commits: a call that is
        killed leaves nothing behind, and a second call changes nothing.

        :param progress: ``f(done, total, text)``
        """
        # sudo: only the mark that the demo was made; no client can call this
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(PARAMETER):
            return
        if progress:
            progress(0.0, 1.0, self.env._("Language"))
        self._load_language()
        demo, scenario, others = self._read()
        company = self.env.company
        company.write(self._company_values())
        env = self.with_context(lang=LANG).env
        session = Session(env, company, scenario, progress)
        session.roles = logins.create_staff(session.env, session.company, LANG)
        player = session.env["mlm.scenario.player"]
        player._set_up(session, self._persons(demo))
        session.network.write(LIMITS)
        contracts.publish(session)
        logins.create_distributors(
            session.env,
            session.company,
            LANG,
            {login: session.members[demo.codes[key]] for login, key in logins.DISTRIBUTORS.items()},
        )

        def before_close(session, number):
            for cycle, what, sale in others:
                if cycle == number:
                    extras.play(session, what, sale)

        player._play_cycles(session, POSTED, before_close)
        self._continue_codes(session)
        # The demo lives in its own weeks: cycles up to today would stand empty before the
        # running one, and everybody would look inactive in them.
        self.env.ref("mlm_volume.cron_periods").active = False
        admin = self.env.ref("base.user_admin")
        admin.write({"lang": LANG, "tz": session.network.tz})
        logins.secure_administrator(self.env)
        parameters.set_param(PARAMETER, "1")

    @api.model
    def _secure(self):
        """Close the door that every new database of Odoo has: ``admin``, ``admin``."""
        logins.secure_administrator(self.env)

    @api.model
    def _summary(self):
        """What the demo shows, as plain data.

        :return: ``schema`` and ``cycles`` of the command's contract, ``names``
            (by code), ``logins``, ``proof`` (texts) and ``readable`` (per cycle:
            payees with gross, withheld, net and bonuses; ranks; entries)
        """
        runs = self.env["mlm.run"].search(
            [("network_id", "=", self.env.company.mlm_network_id.id), ("state", "=", "posted")],
            order="number",
        )
        _demo, scenario, _others = self._read()
        document = {"schema": 1, "cycles": [report.of_run(run) for run in runs]}
        differences = self.env["mlm.scenario.player"]._compare(scenario, document)
        laws = self.env["mlm.law"]._check_all()
        return {
            **document,
            "company": self.env.company.name,
            "names": summary.names(runs),
            "logins": logins.listed(self.env),
            "differences": differences,
            "laws": laws,
            "proof": summary.proof(self.env, document, differences, laws),
            "readable": [summary.readable(run) for run in runs],
        }

    # -- parts -----------------------------------------------------------------

    def _read(self):
        """Return the company, its scenario, and the documents beside it."""
        demo = build()
        extra = {sale["id"]: (cycle, what) for cycle, what, sale in demo.extras}
        both = demo.document["sales"] + [sale for _cycle, _what, sale in demo.extras]
        scenario = engine_scenario.load({**demo.document, "sales": both})
        others = [(*extra[sale.id], sale) for sale in scenario.sales if sale.id in extra]
        sales = tuple(sale for sale in scenario.sales if sale.id not in extra)
        return demo, replace(scenario, sales=sales), others

    def _load_language(self):
        languages = self.env["res.lang"]
        if LANG in dict(languages.get_installed()):
            return
        languages._activate_lang(LANG)
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations(LANG)

    def _company_values(self):
        return {
            **COMPANY,
            "country_id": self.env.ref("base.co").id,
            "state_id": self.env.ref("base.state_co_03").id,
            "logo": base64.b64encode(LOGO.read_bytes()),
        }

    def _persons(self, demo):
        """Addresses as values of a partner."""
        states = {
            name: self.env.ref(name).id for name in {row["state"] for row in demo.persons.values()}
        }
        document = self.env.ref("l10n_co.national_citizen_id").id
        return {
            code: {
                "street": row["street"],
                "city": row["city"],
                "state_id": states[row["state"]],
                "phone": row["phone"],
                "email": row["email"],
                "vat": row["document"],
                "l10n_latam_identification_type_id": document,
                "lang": LANG,
                "tz": "America/Bogota",
            }
            for code, row in demo.persons.items()
        }

    def _continue_codes(self, session):
        """The next person to be enrolled gets the next code."""
        sequence = self.env["mlm.distributor"]._get_code_sequence(session.network)
        sequence.number_next = len(session.members) + 1
