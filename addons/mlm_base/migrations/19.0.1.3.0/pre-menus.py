#: menus that say something else than before
RENAMED = (
    "mlm_commission.menu_mlm_run",
    "mlm_genealogy.menu_position",
    "mlm_genealogy.menu_tree_read",
)


def migrate(cr, version):
    """An update keeps the translations that it finds: those of the old names give way."""
    cr.execute(
        """UPDATE ir_ui_menu AS menu SET name = jsonb_build_object('en_US', menu.name->'en_US')
             FROM ir_model_data AS known
            WHERE known.model = 'ir.ui.menu' AND known.res_id = menu.id
              AND known.module || '.' || known.name = ANY(%s)""",
        [list(RENAMED)],
    )
