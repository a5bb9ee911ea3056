# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Commission",
    "summary": "Compensation plans, commission runs, explanation and journal entries",
    "version": "19.0.2.0.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_volume"],
    "external_dependencies": {"python": ["numpy", "PyYAML", "XlsxWriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "security/opening_rules.xml",
        "data/ir_cron.xml",
        "data/ir_cron_opening.xml",
        "data/laws.xml",
        "views/mlm_plan_templates.xml",
        "views/mlm_plan_version_views.xml",
        "views/mlm_earning_views.xml",
        "views/mlm_statement_views.xml",
        "views/mlm_run_views.xml",
        "views/mlm_period_views.xml",
        "views/mlm_opening_views.xml",
        "views/mlm_distributor_views.xml",
        "views/mlm_downline_wizard_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["mlm_commission/static/src/**/*"],
    },
}
