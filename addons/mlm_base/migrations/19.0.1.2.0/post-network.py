from odoo.addons.mlm_base.migrating import move_settings


def migrate(cr, version):
    """The time zone of a company becomes that of its network."""
    move_settings(cr, {"mlm_tz": "tz"})
