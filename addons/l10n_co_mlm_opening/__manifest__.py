# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Colombia - MLM Opening",
    "summary": "Withholdings of the year, as the system before had them",
    "version": "19.0.1.0.0",
    "category": "Accounting/Localizations",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["l10n_co_mlm", "mlm_opening"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/mlm_tax_opening_views.xml",
    ],
    "auto_install": True,
}
