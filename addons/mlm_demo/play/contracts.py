# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The texts that people accept in the demo company, without which nobody may enrol.

They are samples and say so; a company publishes its own.
"""

from datetime import datetime

from markupsafe import Markup

SOURCE = "en_US"
NUMBER = "2026-1"
#: When who was there before signed them (UTC).
SIGNED = datetime(2026, 1, 5, 14)
#: ``{kind: {language: (title, text)}}``
TEXTS = {
    "distributor": {
        SOURCE: (
            "Sample Distributor Contract",
            Markup(
                "<p><strong>Sample text: it binds nobody. Replace it before you work with"
                " real people.</strong></p>"
                "<ol>"
                "<li>The distributor sells the products of the company independently and is not"
                " its employee.</li>"
                "<li>Commissions are paid for sales of products by the published plan, never"
                " for the mere fact of bringing in people.</li>"
                "<li>The distributor may end this contract at any time by a written notice.</li>"
                "<li>Law 1700 of 2013 on multilevel marketing applies.</li>"
                "</ol>"
            ),
        ),
        "es_CO": (
            "Contrato de distribución (muestra)",
            Markup(
                "<p><strong>Texto de muestra: no obliga a nadie. Reemplácelo antes de trabajar"
                " con personas reales.</strong></p>"
                "<ol>"
                "<li>El distribuidor vende los productos de la empresa por cuenta propia y no"
                " es su empleado.</li>"
                "<li>Las comisiones se pagan por la venta de productos según el plan publicado,"
                " nunca por el solo hecho de vincular personas.</li>"
                "<li>El distribuidor puede terminar este contrato en cualquier momento mediante"
                " aviso escrito.</li>"
                "<li>Se aplica la Ley 1700 de 2013 sobre comercialización en red o mercadeo"
                " multinivel.</li>"
                "</ol>"
            ),
        ),
    },
    "privacy": {
        SOURCE: (
            "Sample Data Protection Policy",
            Markup(
                "<p><strong>Sample text: it binds nobody. Replace it before you work with"
                " real people.</strong></p>"
                "<ol>"
                "<li>The company keeps your name, document, address and contact details to"
                " manage your membership, your orders and your commissions.</li>"
                "<li>Your sponsor sees your name, code, state and volume; nobody in the network"
                " sees your document, your bank account or your earnings.</li>"
                "<li>You may ask to know, update, correct or erase your data, as Law 1581 of"
                " 2012 allows.</li>"
                "</ol>"
            ),
        ),
        "es_CO": (
            "Política de tratamiento de datos personales (muestra)",
            Markup(
                "<p><strong>Texto de muestra: no obliga a nadie. Reemplácelo antes de trabajar"
                " con personas reales.</strong></p>"
                "<ol>"
                "<li>La empresa guarda su nombre, documento, dirección y datos de contacto para"
                " administrar su afiliación, sus pedidos y sus comisiones.</li>"
                "<li>Su patrocinador ve su nombre, código, estado y volumen; nadie de la red ve"
                " su documento, su cuenta bancaria ni sus ganancias.</li>"
                "<li>Usted puede pedir que se le permita conocer, actualizar, rectificar o"
                " suprimir sus datos, según la Ley 1581 de 2012.</li>"
                "</ol>"
            ),
        ),
    },
}


def publish(session):
    """Publish contract and data protection policy, in both languages; return them."""
    contracts = session.env["mlm.contract"]
    for kind, texts in TEXTS.items():
        title, body = texts[SOURCE]
        contract = (
            session.env["mlm.contract"]
            .with_context(lang=SOURCE)
            .create(
                {
                    "company_id": session.company.id,
                    "kind": kind,
                    "number": NUMBER,
                    "name": title,
                    "body": body,
                }
            )
        )
        for lang, (own_title, own_body) in texts.items():
            if lang != SOURCE:
                contract.update_field_translations("name", {lang: own_title})
                # a text is translated sentence by sentence
                terms = zip(_terms(contract, body), _terms(contract, own_body), strict=True)
                contract.update_field_translations("body", {lang: dict(terms)})
        contract.action_publish()
        contracts |= contract
    return contracts


def accept(session, contracts, members):
    """People have signed on paper: on joining, or when these texts came.

    :param members: ``{code: distributor}``
    """
    for member in members.values():
        texts = contracts & contracts._get_for_member(member.company_id, member.kind)
        session.env["mlm.contract.acceptance"].with_context(lang=member.partner_id.lang)._accept(
            member, texts, "staff", accepted_at=max(member.joined_at, SIGNED)
        )


def _terms(contract, body):
    return contract._fields["body"].get_trans_terms(body)
