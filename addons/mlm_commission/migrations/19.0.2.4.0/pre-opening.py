"""Moving in and comparing with the old system are an add-on of their own."""

from odoo.addons.mlm_base.migrating import move_up

KINDS = ("carry", "volume", "accumulated", "title", "package", "history", "balance")
PARTS = ("import", "file", "control", "problem", "progress", "loader")
COMPARISON = ("mlm.comparison", "mlm.comparison.cause", "mlm.comparison.line")


def migrate(cr, version):
    move_up(
        cr,
        "mlm_commission",
        "mlm_opening",
        models=(
            *COMPARISON,
            *(f"mlm.opening.{one}" for one in PARTS),
            *(f"mlm.opening.loader.{one}" for one in KINDS),
        ),
        fields=("mlm.opening.import_id", "mlm.earning.history.import_id"),
    )
