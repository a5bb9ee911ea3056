# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM What-If",
    "summary": "Try a plan, or a change to it, on past cycles before it is adopted",
    "version": "19.0.1.0.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_commission"],
    "external_dependencies": {"python": ["mlm_engine", "numpy"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "views/mlm_what_if_person_views.xml",
        "views/mlm_what_if_explanation_views.xml",
        "views/mlm_what_if_views.xml",
        "views/mlm_plan_version_views.xml",
    ],
    "assets": {"web.assets_backend": ["mlm_what_if/static/src/**/*"]},
}
