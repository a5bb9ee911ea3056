from odoo.addons.mlm_base.migrating import restore_edited


def migrate(cr, version):
    restore_edited(cr, "mlm_control")
