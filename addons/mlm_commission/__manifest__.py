# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Commission",
    "summary": "Commission runs, explanation, statements and journal entries",
    "version": "19.0.2.7.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    # both: an upgrade of what is below finds what depends on it through installed add-ons only, and
    # mlm_plan is not there yet where this one held the plans
    "depends": ["mlm_plan", "mlm_volume"],
    "external_dependencies": {"python": ["mlm_engine", "numpy"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "data/laws.xml",
        "views/mlm_plan_version_views.xml",
        "views/mlm_earning_views.xml",
        "views/sale_views.xml",
        "views/mlm_statement_views.xml",
        "views/mlm_run_views.xml",
        "views/mlm_period_views.xml",
        "views/mlm_earning_history_views.xml",
        "views/mlm_rank_override_views.xml",
        "views/mlm_contest_views.xml",
        "views/mlm_distributor_views.xml",
        "views/mlm_downline_wizard_views.xml",
        "views/res_config_settings_views.xml",
        "views/mlm_network_views.xml",
        "views/mlm_commission_wizard_views.xml",
        "views/mlm_two_cycles_views.xml",
        "views/journal_item_views.xml",
        "views/mlm_payable_views.xml",
    ],
    "uninstall_hook": "_uninstall",
    "assets": {
        "web.assets_backend": ["mlm_commission/static/src/**/*"],
        "web.assets_unit_tests": ["mlm_commission/static/tests/**/*"],
    },
}
