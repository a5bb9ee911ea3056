"""A Colombian network of ten people with three posted cycles and an open one, and its logins.

`SETUP` is run in an Odoo process of its own and commits.
"""

#: Cycles are counted back from today: three are posted, the present one is open.
SETUP = """
import datetime as dt
env = env(context=dict(env.context, tracking_disable=True, lang="en_US"))
company = env.company
env.ref("base.COP").active = True
# the ledger is written without invoices, so there are no net sales to compare with
company.write({"name": "Gano Andina", "country_id": env.ref("base.co").id,
    "currency_id": env.ref("base.COP").id})
network = company.mlm_network_id
network.write({"guard_sales": 0, "guard_cv": 0})
env["account.chart.template"].try_loading("co", company=company, install_demo=False)
periods = env["mlm.period"]
today = periods._today(network)
network.first_cycle = periods._number_on(network, today) - 3
usd = env["res.currency"].with_context(active_test=False).search([("name", "=", "USD")])
env["mlm.exchange.rate"].create({"company_id": company.id, "currency_id": usd.id,
    "date_from": "2020-01-01", "rate_e6": 4500000000})
versions = env["mlm.plan.version"]
versions._import_document(versions._shipped("gano_excel_co_2026"))._publish_at_once()
periods._ensure_until(network, today)
# of the present year, whose UVT may not be shipped yet, and the one in which the last is paid
uvt = env["mlm.co.uvt"]
for year in {today.year, today.year + 1} - set(uvt.search([]).mapped("year")):
    uvt.create({"year": year, "value": 50000, "norm": "Invented for tests", "to_confirm": True})
cycles = periods.search([("network_id", "=", network.id)], order="number")
if not env["mlm.tree"].search([("network_id", "=", network.id)]):
    env["mlm.tree"].create({"name": "Binary", "code": "B", "network_id": network.id})
old = dt.datetime.combine(cycles[0].date_start - dt.timedelta(days=60), dt.time(12))
new = dt.datetime.combine(cycles[2].date_start, dt.time(15))
people = {}
def enrol(code, name, sponsor, parent=None, leg=None, at=old, **more):
    row = {"code": code, "name": name, "joined_at": at, **more}
    if sponsor:
        row["sponsor_code"] = sponsor
    if parent:
        row["placement"] = {"parent_code": parent, "leg": leg, "at": at}
    people[code] = env["mlm.distributor"]._enrol([row])
enrol("C00", "Compañía", None, is_root=True, placement={"at": old})
enrol("C01", "María Fernanda Rojas", "C00", "C00", "left")
enrol("C02", "Jorge Andrés Pardo", "C01", "C01", "left")
enrol("C03", "Luz Dary Quintero", "C01", "C01", "right")
enrol("C04", "Óscar Iván Mejía", "C01", "C02", "left")
enrol("C05", "Diana Marcela Ríos", "C01", "C03", "right")
enrol("C06", "Hernán Camilo Vélez", "C02", "C04", "left", new)
enrol("C07", "Paola Andrea Gómez", "C06", "C06", "left", new)
enrol("C08", "Nelson Eduardo Sánchez-Bustamante de la Hoz", "C01", at=new)
enrol("C09", "Carlos Cliente", "C01", kind="customer")
enrol("C10", "Sandra Suárez", "C00", "C00", "right")
packages = {one.code: one.id for one in env["mlm.package"].search([])}
def sell(cycle, code, pv, cv, package=None, buyer=None, retail=0):
    person = people[code]
    moment = dt.datetime.combine(cycles[cycle].date_start, dt.time(18))
    env["mlm.volume.entry"]._insert_rows([{"company_id": company.id,
        "period_id": cycles[cycle].id, "distributor_id": person.id,
        "buyer_id": people[buyer or code].id, "kind": "sale", "moment": moment,
        "position_id": person._mlm_position_at(moment).id or None,
        "pv_e4": round(pv * 10000), "cv_e4": round(cv * 10000),
        "package_id": packages[package] if package else None,
        "package_qty": 1 if package else 0, "retail_e4": retail * 10000}])
def user(login, group, lang="es_CO", code=None):
    partner = {"partner_id": people[code].partner_id.id} if code else {}
    return env["res.users"].create({"login": login, "password": login, "lang": lang,
        "name": people[code].name if code else login.title(), **partner,
        "group_ids": [(6, 0, [env.ref(name).id for name in group])]})
approver = user("approver", ["base.group_user", "mlm_base.group_approver"])
user("maria", ["base.group_portal"], code="C01")
user("sandra", ["base.group_portal"], code="C10")
user("paola", ["base.group_portal"], lang="en_US", code="C07")
user("nadie", ["base.group_portal"])
def post(cycle):
    cycles[cycle].action_close()
    run = env["mlm.run"]._create_preview(cycles[cycle])
    run.action_compute()
    run.action_submit()
    run.with_user(approver).sudo(False).action_approve()
    run.action_post()
sell(0, "C01", 500, 500, "ESP-2")
sell(0, "C02", 1560, 1412.5)
sell(0, "C03", 60, 4956)
sell(0, "C04", 100, 100, "ESP-1")
sell(0, "C01", 20, 20, buyer="C09", retail=29100)
post(0)
sell(1, "C02", 30, 40)
sell(1, "C10", 15, 14)
post(1)
sell(2, "C07", 500, 500, "ESP-3")
sell(2, "C06", 250, 250, "ESP-2")
sell(2, "C02", 1200, 1100)
post(2)
sell(3, "C02", 300, 1580)
sell(3, "C05", 250, 1320)
env.cr.commit()
"""
