# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Opening",
    "summary": "Moving in from another system, and comparing its results with a run",
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
        "data/laws.xml",
        "views/mlm_opening_views.xml",
        "views/mlm_comparison_views.xml",
    ],
}
