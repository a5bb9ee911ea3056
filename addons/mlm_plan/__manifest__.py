# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Plan",
    "summary": "Compensation plans as data: versions, findings, editor, gallery",
    "version": "19.0.1.0.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_volume"],
    "external_dependencies": {"python": ["mlm_engine", "numpy"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/mlm_plan_templates.xml",
        "views/mlm_plan_start_views.xml",
        "views/mlm_plan_version_views.xml",
        "views/mlm_plan_retire_views.xml",
    ],
    "pre_init_hook": "_take_over",
    "post_init_hook": "_restore_edited",
    "assets": {
        "web.assets_backend": ["mlm_plan/static/src/**/*"],
        "web.assets_unit_tests": ["mlm_plan/static/tests/**/*"],
    },
}
