{
    "name": "Network Marketing: Base",
    "summary": "Exact numbers, append-only rows, roles and laws of the network",
    "version": "19.0.1.3.0",
    "category": "Sales/Network Marketing",
    "license": "AGPL-3",
    "author": "MLM back office contributors",
    "depends": ["base", "mail", "web"],
    "data": [
        "security/mlm_groups.xml",
        "security/ir.model.access.csv",
        "security/mlm_rules.xml",
        "data/ir_cron.xml",
        "data/laws.xml",
        "views/mlm_today_views.xml",
        "views/mlm_menus.xml",
        "views/mlm_network_views.xml",
        "views/mlm_job_views.xml",
        "views/mlm_exchange_rate_views.xml",
        "views/res_company_views.xml",
    ],
    "external_dependencies": {"python": ["XlsxWriter", "openpyxl", "reportlab"]},
    "assets": {
        "web.assets_backend": [
            "mlm_base/static/src/**/*",
            ("remove", "mlm_base/static/src/sums/lazy/**/*"),
        ],
        # pivot tables and charts come when one is opened
        "web.assets_backend_lazy": ["mlm_base/static/src/sums/lazy/**/*"],
        "web.assets_unit_tests": ["mlm_base/static/tests/**/*"],
    },
}
