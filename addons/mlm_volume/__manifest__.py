# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Volume",
    "summary": "Volume ledger and numbered periods from invoices and payments",
    "version": "19.0.1.5.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_genealogy", "sale_management", "account"],
    "data": [
        "security/mlm_groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "data/laws.xml",
        "views/mlm_period_views.xml",
        "views/mlm_volume_entry_views.xml",
        "views/mlm_package_views.xml",
        "views/product_template_views.xml",
        "views/mlm_distributor_views.xml",
        "views/sale_order_views.xml",
        "views/account_move_views.xml",
        "views/account_payment_views.xml",
        "views/mlm_deposit_import_views.xml",
        "views/mlm_deposit_views.xml",
        "views/mlm_downline_wizard_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["mlm_volume/static/src/**/*"],
    },
}
