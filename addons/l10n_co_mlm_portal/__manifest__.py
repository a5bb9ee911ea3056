# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Colombia - MLM Portal",
    "summary": "Distributors download their withholding certificates in the portal",
    "version": "19.0.1.0.0",
    "category": "Accounting/Localizations",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["l10n_co_mlm", "mlm_portal"],
    "data": ["views/portal_certificates.xml"],
    "auto_install": True,
}
