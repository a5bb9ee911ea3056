# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Demo Company",
    "summary": "Plays scenario files with real documents; a demo company in Colombia",
    "version": "19.0.1.0.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["l10n_co_mlm", "mlm_control", "mlm_opening", "mlm_portal", "mlm_what_if"],
    "data": ["login/login_templates.xml"],
}
