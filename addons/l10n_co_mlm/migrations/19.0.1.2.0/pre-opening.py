"""What an opening brings in Colombia is an add-on of its own."""

from odoo.addons.mlm_base.migrating import move_up


def migrate(cr, version):
    move_up(
        cr,
        "l10n_co_mlm",
        "l10n_co_mlm_opening",
        models=("mlm.tax.opening", "mlm.opening.loader.tax", "mlm.opening.file"),
    )
