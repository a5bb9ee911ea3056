# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who logs in to the demo company, and with which rights."""

import secrets

from odoo.exceptions import AccessDenied
from odoo.fields import Command

PASSWORD = "demo2026"
DOMAIN = "demo.local"
#: Parameter with the administrator's password, which only the administrator reads.
ADMIN_PASSWORD = "mlm_demo.admin_password"
#: role: (login, name, groups)
STAFF = {
    "manager": (
        "gerente",
        "Paola Andrea Niño",
        ("mlm_base.group_manager", "account.group_account_readonly"),
    ),
    "approver": (
        "aprobador",
        "Ricardo Echeverri Lozano",
        ("mlm_base.group_approver", "account.group_account_readonly"),
    ),
    "accountant": (
        "contador",
        "Luz Dary Cortés Peña",
        ("mlm_base.group_accountant", "account.group_account_manager"),
    ),
    "support": (
        "soporte",
        "Jhon Freddy Tabares",
        ("mlm_base.group_support",),
    ),
    "warehouse": (
        "bodega",
        "Nubia Stella Franco",
        ("mlm_base.group_warehouse", "sales_team.group_sale_salesman_all_leads"),
    ),
    "auditor": (
        "auditor",
        "Álvaro Hoyos Bernal",
        ("mlm_base.group_auditor", "account.group_account_readonly"),
    ),
}
#: login: key of the cast
DISTRIBUTORS = {"maria": "maria", "gloria": "gloria"}


def create_staff(env, company, lang):
    """Return ``{role: user}``."""
    values = {"company": company, "lang": lang}
    return {
        role: _user(
            env,
            login,
            [env.ref(name).id for name in ("base.group_user", *groups)],
            name=name,
            **values,
        )
        for role, (login, name, groups) in STAFF.items()
    }


def create_distributors(env, company, lang, members):
    """Portal users of some distributors.

    :param members: ``{login: distributor}``
    """
    group = env.ref("base.group_portal").id
    for login, member in members.items():
        _user(env, login, [group], company=company, lang=lang, partner=member.partner_id)


def _user(env, login, groups, company, lang, name=None, partner=None):
    login = f"{login}@{DOMAIN}"
    values = {
        "login": login,
        "email": login,
        "password": PASSWORD,
        "company_id": company.id,
        "company_ids": [Command.set(company.ids)],
        "group_ids": [Command.set(groups)],
        "lang": lang,
        "tz": company.mlm_tz,
    }
    if partner:
        values["partner_id"] = partner.id
    else:
        values["name"] = name
    return env["res.users"].with_context(no_reset_password=True).create(values)


def secure_administrator(env):
    """Give the administrator a random password, unless somebody has chosen one."""
    admin = env.ref("base.user_admin")
    if _opens(admin, admin.login):
        password = secrets.token_urlsafe(12)
        admin.password = password
        env["ir.config_parameter"].set_param(ADMIN_PASSWORD, password)


def _opens(user, password):
    """Whether a password is the one of a user."""
    credential = {"type": "password", "login": user.login, "password": password}
    try:
        user.with_user(user)._check_credentials(credential, {"interactive": False})
    except AccessDenied:
        return False
    return True


def _administrator(env):
    """The administrator's line; no password where somebody has chosen another."""
    admin = env.ref("base.user_admin")
    password = env["ir.config_parameter"].get_param(ADMIN_PASSWORD, "")
    return {
        "role": env._("Administrator"),
        "name": admin.name,
        "login": admin.login,
        "password": password if password and _opens(admin, password) else "",
    }


def listed(env):
    """``[{role, name, login, password}]`` for the summary."""
    return [_administrator(env), *invented(env)]


def invented(env):
    """The same of the people who do not exist: everybody but the administrator."""
    _ = env._
    labels = {
        "manager": _("Commission manager"),
        "approver": _("Approver"),
        "accountant": _("Accountant"),
        "support": _("Support"),
        "warehouse": _("Warehouse"),
        "auditor": _("Auditor"),
    }
    roles = {f"{login}@{DOMAIN}": labels[role] for role, (login, *_more) in STAFF.items()}
    roles |= {f"{login}@{DOMAIN}": _("Distributor") for login in DISTRIBUTORS}
    users = env["res.users"].search([("login", "in", list(roles))]).grouped("login")
    return [
        {"role": role, "name": users[login].name, "login": login, "password": PASSWORD}
        for login, role in roles.items()
        if login in users
    ]
