# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Control",
    "summary": "Cases, unusual amounts, cost guard, audit and evidence of commission runs",
    "version": "19.0.1.1.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_commission"],
    "external_dependencies": {"python": ["mlm_engine", "mlm_reference", "numpy"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "views/mlm_run_change_views.xml",
        "views/mlm_run_check_views.xml",
        "views/mlm_evidence_views.xml",
        "views/mlm_run_review_views.xml",
        "views/mlm_run_audit_views.xml",
        "views/mlm_distributor_views.xml",
        "views/mlm_run_sheet_views.xml",
        "views/mlm_run_pair_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["mlm_control/static/src/**/*"],
        "web.assets_unit_tests": ["mlm_control/static/tests/**/*"],
    },
}
