{
    "name": "Network Marketing: Base",
    "summary": "Exact numbers, append-only rows, roles and laws of the network",
    "version": "19.0.1.0.0",
    "category": "Sales/Network Marketing",
    "license": "AGPL-3",
    "author": "MLM back office contributors",
    "depends": ["base", "mail", "web"],
    "data": [
        "security/mlm_groups.xml",
        "security/ir.model.access.csv",
        "security/mlm_rules.xml",
        "views/mlm_menus.xml",
        "views/mlm_exchange_rate_views.xml",
        "views/res_company_views.xml",
    ],
    "external_dependencies": {"python": ["XlsxWriter", "openpyxl"]},
    "assets": {"web.assets_backend": ["mlm_base/static/src/**/*"]},
}
