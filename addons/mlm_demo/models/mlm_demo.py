# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from mlm_engine import scenario as engine_scenario

from odoo import api, fields, models

from ..company.build import TOLD, build
from ..company.purchases import NOW
from ..company.taxes import COMPANIES
from ..company.weeks import number_of
from ..play import (
    contracts,
    extras,
    logins,
    people,
    photos,
    present,
    report,
    summary,
    taxes,
)
from ..play.session import Session

LANG = "es_CO"
LOGO = Path(__file__).parents[1] / "static" / "img" / "logo.png"
TZ = "America/Bogota"
#: Set in the transaction that makes everything: a demo is complete or not there. Its value is
#: the local moment up to which it was played.
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
    """The demo company: invented people, two told cycles, ordinary ones up to the present week,
    and a running one.

    The methods are private: nobody makes or reads a demo from outside.
    """

    _name = "mlm.demo"
    _description = "Demo Company"

    @api.model
    def _play(self, progress=None, now=None):
        """Make the demo company in the current one, once.

        All of it is one transaction, which the caller commits: a call that is
        killed leaves nothing behind, and a second call changes nothing.

        :param progress: ``f(done, total, text)``
        :param datetime now: naive UTC moment up to which cycles are played, by default the
            present one; before the end of the told weeks it is that end
        """
        # sudo: only the mark that the demo was made; no client can call this
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(PARAMETER):
            return
        if progress:
            progress(0.0, 1.0, self.env._("Language"))
        self._load_language()
        now = _local(now or fields.Datetime.now())
        demo, scenario, others = self._read(now)
        company = self.env.company
        company.write(self._company_values())
        env = self.with_context(lang=LANG).env
        session = Session(env, company, scenario, progress, by_law=True)
        session.roles = logins.create_staff(session.env, session.company, LANG)
        # what it makes is in the company's language, what it tells in the caller's
        player = self.env["mlm.scenario.player"]
        persons = self._persons(demo)
        player._set_up(session, persons, set(persons) - demo.later)
        session.network.write(LIMITS)
        taxes.prepare(session, now.date())
        taxes.know(session, {key: session.members.get(code) for key, code in demo.codes.items()})
        texts = contracts.publish(session)
        self._welcome(session, texts, session.members)
        logins.create_distributors(
            session.env,
            session.company,
            LANG,
            {login: session.members[demo.codes[key]] for login, key in logins.DISTRIBUTORS.items()},
        )

        def before(session, number):
            # after everything told, so that its runs have the ids and digests they have without
            if number == NOW and demo.later:
                people.enrol(session, persons, demo.later)
                self._welcome(session, texts, {code: session.members[code] for code in demo.later})

        def before_close(session, number):
            for cycle, what, sale in others:
                if cycle == number:
                    extras.play(session, what, sale)

        player._play_cycles(session, range(demo.running), before, before_close)
        self._continue_codes(session)
        taxes.certify(session)
        taxes.file(session, now.date())
        present.try_plan(session)
        if demo.later:
            cast = {key: session.members[code] for key, code in demo.codes.items()}
            present.play(session, cast, texts)
        # Where the company stands in an earlier week, cycles up to today would stand empty
        # before the running one, and everybody would look inactive in them.
        if demo.running < number_of(_local(fields.Datetime.now()).date()):
            self.env.ref("mlm_volume.cron_periods").active = False
        admin = self.env.ref("base.user_admin")
        admin.write({"lang": LANG, "tz": session.network.tz})
        logins.secure_administrator(self.env)
        parameters.set_param(PARAMETER, now.isoformat(" "))

    @api.model
    def _secure(self):
        """Close the door that every new database of Odoo has: ``admin``, ``admin``."""
        logins.secure_administrator(self.env)

    @api.model
    def _get_open_logins(self):
        """Accounts that the login page shows: ``[{role, name, login, password}]``, none where no
        demo company was made, and never the administrator's."""
        return logins.invented(self.env) if self._played_at() else []

    @api.model
    def _logins(self):
        """Every account there is to try: ``[{role, name, login, password}]``."""
        return logins.listed(self.env)

    @api.model
    def _summary(self):
        """What the demo shows, as plain data.

        :return: ``schema`` and ``cycles`` of the command's contract, ``names``
            (by code), ``proof`` (texts) and ``readable`` (per cycle:
            names of bonuses, payees with gross, withheld, net and bonuses; ranks; entries)
        """
        runs = self.env["mlm.run"].search(
            [("network_id", "=", self.env.company.mlm_network_id.id), ("state", "=", "posted")],
            order="number",
        )
        _demo, scenario, _others = self._read(self._played_at())
        document = {"schema": 1, "cycles": [report.of_run(run) for run in runs]}
        differences = self.env["mlm.scenario.player"]._compare(scenario, document, by_law=True)
        laws = self.env["mlm.law"]._check_all()
        return {
            **document,
            "company": self.env.company.name,
            "names": summary.names(runs),
            "differences": differences,
            "laws": laws,
            "proof": summary.proof(self.env, document, differences, laws),
            "readable": [summary.readable(run) for run in runs],
        }

    # -- parts -----------------------------------------------------------------

    def _welcome(self, session, texts, members):
        contracts.accept(session, texts, members)
        photos.add(members)

    def _played_at(self):
        """Local moment up to which the demo was played, None where there is none."""
        # sudo: as when it was made
        value = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        # one that an older version made ends with what is told
        return value and (datetime.fromisoformat(value) if len(value) > 1 else TOLD)

    def _read(self, now):
        """Return the company, its scenario, and the documents beside it."""
        demo = build(now)
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
        companies = {demo.codes[key]: values for key, values in COMPANIES.items()}
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
                "tz": TZ,
                **(self._company_person(*companies[code]) if code in companies else {}),
            }
            for code, row in demo.persons.items()
        }

    def _company_person(self, name, nit):
        """What differs where a distributor is a company."""
        return {
            "name": name,
            "is_company": True,
            "vat": nit,
            "l10n_latam_identification_type_id": self.env.ref("l10n_co.rut").id,
        }

    def _continue_codes(self, session):
        """The next person to be enrolled gets the next code."""
        sequence = self.env["mlm.distributor"]._get_code_sequence(session.network)
        sequence.number_next = len(session.members) + 1


def _local(moment):
    """Local moment of the demo of a naive UTC one, not before the end of what is told."""
    local = moment.replace(tzinfo=timezone.utc, second=0).astimezone(ZoneInfo(TZ))
    return max(TOLD, local.replace(tzinfo=None))
