"""An application says what its document is, and waits with the one form of the number."""

from odoo.addons.mlm_genealogy.document import DocumentError, normalise


def migrate(cr, version):
    cr.execute("UPDATE mlm_application SET document_type = 'cc' WHERE document_type IS NULL")
    cr.execute("SELECT id, document_type, vat FROM mlm_application WHERE state = 'waiting'")
    for application_id, kind, number in cr.fetchall():
        try:
            normal = normalise(kind, number)
        except DocumentError:
            continue  # support puts it right before the decision
        cr.execute("UPDATE mlm_application SET vat = %s WHERE id = %s", [normal, application_id])
