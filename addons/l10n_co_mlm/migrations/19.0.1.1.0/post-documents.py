"""Numbers of members get the one form of their type; what does not fit stays as it is."""

import logging

from odoo.addons.l10n_co_mlm.models.mlm_distributor_document import KINDS
from odoo.addons.mlm_genealogy.document import DocumentError, normalise

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    cr.execute(
        """SELECT person.id, person.vat, type.l10n_co_document_code
             FROM res_partner person
             JOIN l10n_latam_identification_type type
               ON type.id = person.l10n_latam_identification_type_id
            WHERE person.vat IS NOT NULL AND type.l10n_co_document_code = ANY(%s)
              AND EXISTS (SELECT FROM mlm_holder WHERE partner_id = person.id)""",
        [list(KINDS)],
    )
    changed, unfit = [], []
    for partner_id, number, code in cr.fetchall():
        try:
            normal = normalise(KINDS[code], number)
        except DocumentError:
            unfit.append(partner_id)
            continue
        if normal != number:
            changed.append((partner_id, normal))
    if changed:
        cr.execute(
            "UPDATE res_partner SET vat = new.vat"
            " FROM unnest(%s::int[], %s::text[]) AS new(id, vat)"
            " WHERE res_partner.id = new.id",
            [[one for one, __ in changed], [vat for __, vat in changed]],
        )
    _logger.info(
        "Document numbers: %s in their one form now, %s do not fit their type (contacts %s)",
        len(changed),
        len(unfit),
        unfit[:100],
    )
