# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the played company has none of, in the states in which buttons show."""

import base64
from datetime import timedelta

from odoo import fields

from odoo.addons.mlm_base.internal import as_internal

PDF = base64.b64encode(b"%PDF-1.4\n%%EOF\n")
TEXT = base64.b64encode(b"code;name\n1;x\n")


def make_more(env, person):
    """Records of each kind of work that people of the company have not begun.

    :param person: a distributor
    """

    def made(model, *rows):
        for row in rows:
            as_internal(env[model]).create(row)

    company = env.company
    applicant = {
        "company_id": company.id,
        "channel": "referral",
        "sponsor_id": person.id,
        "email": "aspirante@example.com",
    }
    made(
        "mlm.application",
        {**applicant, "name": "Quien espera", "vat": "52123456", "state": "waiting"},
        {**applicant, "name": "Sin confirmar", "vat": "52123457", "state": "unconfirmed"},
    )
    planned = {
        "company_id": company.id,
        "distributor_id": person.id,
        "method": "_suspend",
        "effective_at": fields.Datetime.now() + timedelta(days=9),
        "user_id": env.uid,
        "reason": "Una visita",
    }
    made("mlm.operation", planned, {**planned, "state": "failed", "error": "No se pudo"})
    made(
        "mlm.identity.document", {"distributor_id": person.id, "upload": PDF, "file_name": "a.pdf"}
    )
    made("mlm.contract", {"number": "9", "name": "Un borrador", "company_id": company.id})
    for state in ("draft", "good", "bad", "failed", "checking"):
        made("mlm.import", {"file": TEXT, "state": state})
        made("mlm.co.profile.import", {"file": TEXT, "state": state})
    made("mlm.co.profile", {"partner_id": person.partner_id.id, "date_from": "2027-06-01"})
    # a month long before the company began, so that nothing is dated into it
    filed = {"date_from": "2025-01-01", "date_to": "2025-01-31", "number": "350-1"}
    made("mlm.co.filing", {**filed, "company_id": company.id})
    for state in ("draft", "good", "bad", "done", "failed", "undone"):
        made("mlm.opening.import", {"state": state})
    cron = env.ref("mlm_volume.cron_periods")
    made("mlm.job", {"cron_id": cron.id, "state": "running"})
    made("mlm.live", {"network_id": company.mlm_network_id.id, "error": "Falta la tasa"})
    made("mlm.check", {})
    rank = env["mlm.plan.rank"].search([("version_id.state", "=", "active")], limit=1)
    asked = {
        "distributor_id": person.id,
        "rank_id": rank.id,
        "date_from": fields.Date.today(),
        "reason": "Por decisión de la gerencia",
    }
    made(
        "mlm.rank.override",
        asked,
        {**asked, "state": "approved", "date_from": "2027-06-01"},
        {**asked, "state": "refused"},
    )
