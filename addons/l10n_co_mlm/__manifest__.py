# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Colombia - MLM",
    "summary": "Accounts, journal and withholding of commissions in Colombia",
    "version": "19.0.1.3.0",
    "category": "Accounting/Localizations",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "countries": ["co"],
    "depends": ["mlm_commission", "l10n_co"],
    "data": [
        "views/mlm_period_views.xml",
        "views/res_config_settings_views.xml",
        "views/withholding_adjustment_views.xml",
    ],
    "external_dependencies": {"python": ["python-stdnum"]},
    "post_init_hook": "_post_init",
}
