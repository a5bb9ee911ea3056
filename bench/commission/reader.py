"""Somebody who reads the portal, through the very application that the server serves.

Runs inside Odoo.
"""

from werkzeug.test import Client

from odoo import http
from odoo.service import security
from odoo.tools import config


class Reader:
    """A portal user of a person, logged in."""

    def __init__(self, env, person):
        """:raises AssertionError: a page answers with something else than itself"""
        config["db_name"], config["dbfilter"] = [env.cr.dbname], ""
        user = env["res.users"].create(
            {
                "name": person.name,
                "login": "reader",
                "partner_id": person.partner_id.id,
                "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
                "lang": "es_CO",
                "tz": "America/Bogota",
            }
        )
        env.cr.commit()
        session = http.root.session_store.new()
        session.update(http.get_default_session(), db=env.cr.dbname, _trace_disable=True)
        session.uid, session.login = user.id, user.login
        session.context = dict(user.with_user(user).context_get())
        session.session_token = security.compute_session_token(session, env(user=user.id))
        http.root.session_store.save(session)
        self.client = Client(http.root)
        self.client.set_cookie("session_id", session.sid)

    def open(self, path: str) -> str:
        """Read a page; return where it is in the language of the reader."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200 and answer.request.path.endswith(path), answer.request.path
        return answer.request.path
