"""Forty forms sent at the same moment: the limits hold, and nobody gets a code unseen."""

import re
from concurrent.futures import ThreadPoolExecutor

import requests

FORMS = 40
#: at the same moment: each takes two of the 32 connections of the server
TOGETHER = 14

SETUP = """
env = env(context=dict(env.context, tracking_disable=True, lang="en_US"))
company = env.company
company.country_id = env.ref("base.co")
company.mlm_referral_review = False
root = env["mlm.distributor"]._enrol([{"code": "C00", "name": "Root", "is_root": True}])
ana = env["mlm.distributor"]._enrol([{"code": "C01", "name": "Ana Ruiz", "sponsor_id": root.id}])
env["mlm.contract"].create({"company_id": company.id, "kind": "privacy", "number": "1",
    "name": "Privacy", "body": "<p>Text</p>"}).action_publish()
env["res.users"].create({"login": "ana", "password": "ana", "name": "Ana", "lang": "en_US",
    "partner_id": ana.partner_id.id, "group_ids": [(6, 0, [env.ref("base.group_portal").id])]})
env.cr.commit()
"""
COUNT = """
found = env["mlm.application"]._read_group([], ["channel"], ["__count"])
print("COUNT", dict(found), env["mlm.distributor"].search_count([]),
      env["mlm.form.limit"].search([("key", "like", "/hour"), ("count", ">", 0)]).mapped("count"))
"""


def form(page, number):
    """What a browser sends: the hidden fields of the page, and a person nobody knows."""
    fields = dict(re.findall(r'name="(csrf_token|submission)" value="([^"]+)"', page))
    contracts = dict.fromkeys(re.findall(r'name="(contract_\d+)"', page), "on")
    return {
        **fields,
        **contracts,
        "submission": f"form-{number}",
        "name": f"Nora Nieto {number}",
        "document_type": "cc",
        "vat": f"52{number:06d}",
        "email": f"nora{number}@example.com",
        "phone": f"+57 311 5{number:06d}",
        "city": "Cali",
        "kind": "customer",
    }


def together(work):
    """Send forty forms, many of them at the same moment; return the statuses."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(work, range(FORMS)))


def counts(server):
    line = next(one for one in server.run_script(COUNT).lines if one.startswith("COUNT "))
    return re.fullmatch(r"COUNT (\{.*\}) (\d+) (\[.*\])", line).groups()


def test_limits_hold_among_forms_sent_at_once(odoo_server):
    odoo_server.run_script(SETUP)
    url = odoo_server.url

    visitor = requests.Session()
    page = visitor.get(f"{url}/red/C01", timeout=60).text
    statuses = together(
        lambda number: (
            visitor.post(f"{url}/mlm/join", data=form(page, number), timeout=120).status_code
        )
    )
    # five of an address in an hour, and the others are told
    assert sorted(set(statuses)) == [200, 429], statuses
    assert statuses.count(200) == 5

    sponsor = requests.Session()
    login = sponsor.get(f"{url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', login).group(1)
    sponsor.post(
        f"{url}/web/login",
        data={"login": "ana", "password": "ana", "csrf_token": token},
        timeout=60,
    )
    page = sponsor.get(f"{url}/my/network/enrol", timeout=60).text
    together(
        lambda number: (
            sponsor.post(
                f"{url}/my/network/enrol", data=form(page, 100 + number), timeout=120
            ).status_code
        )
    )
    applications, people, hours = counts(odoo_server)
    assert applications == "{'portal': 10, 'referral': 5}"
    # the root and Ana: nobody got a code whom nobody has confirmed
    assert people == "2"
    assert hours == "[5, 10]"
