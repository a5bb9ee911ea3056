# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "MLM Portal",
    "summary": "Distributors see volume, rank, earnings and team in the portal",
    "version": "19.0.1.2.0",
    "category": "Sales/MLM",
    "author": "MLM back office contributors",
    "license": "AGPL-3",
    "website": "https://github.com/mlm-back-office/mlm",
    "depends": ["mlm_commission", "portal"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_data.xml",
        "views/portal_home.xml",
        "views/portal_viewing.xml",
        "views/portal_pieces.xml",
        "views/portal_dashboard.xml",
        "views/portal_earnings.xml",
        "views/portal_statement.xml",
        "views/portal_explanation.xml",
        "views/portal_contest.xml",
        "views/portal_comparison.xml",
        "views/portal_payments.xml",
        "views/portal_team.xml",
        "views/res_config_settings_views.xml",
        "views/portal_report.xml",
        "views/portal_join.xml",
        "views/portal_enrol.xml",
        "views/mlm_distributor_views.xml",
        "views/mlm_invitation_views.xml",
        "views/mlm_application_views.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "mlm_portal/static/src/scss/**/*",
            "mlm_portal/static/src/tree/**/*",
            "mlm_portal/static/src/interactions/**/*",
        ],
        # the bundle of the tests has the back office only
        "web.assets_unit_tests_setup": [
            "mlm_portal/static/src/tree/**/*",
            "mlm_portal/static/src/interactions/**/*",
        ],
        "web.assets_unit_tests": ["mlm_portal/static/tests/**/*"],
    },
}
