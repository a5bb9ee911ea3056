from odoo.addons.mlm_base.migrating import restore_edited


def migrate(cr, version):
    restore_edited(cr, "l10n_co_mlm_opening")
