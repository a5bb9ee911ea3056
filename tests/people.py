"""Who logs in to the companies of the tests: code for an Odoo process of its own."""


def staff(login, *groups):
    """Code that makes somebody of the back office; the password is the login."""
    groups = ("base.group_user", *groups)
    return f"""
env["res.lang"]._activate_lang("es_CO")
env["res.users"].create({{"name": {login.title()!r}, "login": {login!r}, "password": {login!r},
    # no welcome chat: two pages of one user would mark it as read at the same moment
    "odoobot_state": "disabled", "lang": "es_CO",
    "group_ids": [(6, 0, [env.ref(name).id for name in {groups!r}])]}})
"""


def member(login, code):
    """Code that lets the distributor of a code into the portal; the password is the login."""
    return f"""
partner = env["mlm.distributor"].search([("code", "=", {code!r})]).partner_id
env["res.users"].create({{"name": partner.name, "login": {login!r}, "password": {login!r},
    "partner_id": partner.id, "lang": "es_CO",
    "group_ids": [(6, 0, env.ref("base.group_portal").ids)]}})
"""
