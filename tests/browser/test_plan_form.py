"""A manager builds plans without code; another person publishes them; the engine reads them.

Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import json

import pytest
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import load_plan, read_document
from plan_form_page import PLANS, PlanForm
from playwright.sync_api import expect
from screens import button, log_in, look
from small_company import SETUP

GANO = "gano_excel_co_2026"
READ = """
import json
version = env["mlm.plan.version"].browse({version})
print("PLAN", json.dumps([version.state, version.document]))
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company that works by the Gano plan; manager and approver log in."""
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def publish(office, browser_page, version):
    """Another person publishes; the plan as the engine reads it is returned."""
    form = PlanForm(log_in(browser_page(1300), office, "approver"), office)
    form.open(version).publish()
    printed = office.run_script(READ.format(version=version)).output
    line = next(line for line in printed.splitlines() if line.startswith("PLAN "))
    state, document = json.loads(line.removeprefix("PLAN "))
    assert state == "published"
    return load_plan(read_yaml(document).data)


def finish(form):
    """Validate, and confirm what crosses from the plan in force."""
    form.validate()
    form.confirm_crossing()
    return form.version


@pytest.mark.parametrize("width", [1300, 390])
def test_unilevel_from_nothing(office, browser_page, width):
    form = PlanForm(log_in(browser_page(width), office, "manager"), office)
    form.start("empty", f"Uninivel {width}", f"unilevel_{width}")
    form.section("activity")
    form.use()
    form.choose("activity.period", "week")
    form.set("activity.pv", "100")
    form.set("activity.window", "2")
    form.section("ranks")
    for number, (code, name) in enumerate((("base", "Base"), ("plata", "Plata"))):
        form.add(code)
        form.name(f"ranks.{number}.name", name)
    form.condition("ranks.1.requires", "own_pv", "250,5")
    form.section("bonuses")
    form.add("uni", "unilevel")
    form.name("bonuses.0.name", "Uninivel de equipo", "Team unilevel")
    # nothing is paid yet: the form says what is still to do, and that is no mistake so far
    expect(form.page.locator("[data-entry=uni] [data-problem=todo]").first).to_be_visible()
    expect(form.page.locator(".o_mlm_plan_editor .o_mlm_error")).to_have_count(0)
    form.levels("bonuses.0.params.rates", ["5", "3,5", "2.25"])
    form.choose("bonuses.0.params.compression.kind", "dynamic")
    form.choose("bonuses.0.min_rank", "plata")
    form.sound()
    look(form.page, "plan-unilevel")
    version = finish(form)
    plan = publish(office, browser_page, version)
    (bonus,) = plan["bonuses"]
    assert (bonus["rule"], bonus["name"]["en"]) == ("unilevel", "Team unilevel")
    assert bonus["params"]["rates_e6"] == [50_000, 35_000, 22_500]
    assert bonus["params"]["compression"]["kind"] == "dynamic"
    assert bonus["common"]["min_rank"] == 1
    assert plan["activity"]["pv_e4"] == 100_0000 and plan["activity"]["window"] == 2
    assert plan["ranks"][1]["requires"][0]["min"] == 250_5000


def test_breakaway_from_nothing(office, browser_page):
    form = PlanForm(log_in(browser_page(1300), office, "manager"), office)
    form.start("empty", "Grupos independientes", "breakaway_1")
    form.section("measures")
    form.add("grupo", "group")
    form.name("measures.0.name", "Volumen de grupo")
    form.choose("measures.0.volume", "cv")
    form.section("ranks")
    ranks = (("base", "Base", 0), ("lider", "Líder", 1000), ("zafiro", "Zafiro", 5000))
    for number, (code, name, least) in enumerate(ranks):
        form.add(code)
        form.name(f"ranks.{number}.name", name)
        if least:
            form.condition(f"ranks.{number}.requires", "grupo", least)
    form.section("rank_policy")
    form.use()
    form.set("rank_policy.grace", 2)
    form.section("bonuses")
    form.add("niveles", "unilevel")
    form.name("bonuses.0.name", "Niveles")
    form.levels("bonuses.0.params.rates", [5, 4])
    form.choose("bonuses.0.params.boundary_rank", "lider")
    form.add("lideres", "breakaway")
    form.name("bonuses.1.name", "Líderes")
    form.choose("bonuses.1.params.rank", "lider")
    form.levels("bonuses.1.params.rates", [4, 2, 1])
    form.grid("bonuses.1.params.levels_by_rank", {"lider": 2, "zafiro": 3})
    form.set("bonuses.1.params.guarantee", "30.000")
    form.add("premio", "award")
    form.name("bonuses.2.name", "Premio")
    award = form.entry("bonuses.2.params.awards")
    form.set(f"{award}.code", "viaje")
    form.name(f"{award}.name", "Viaje")
    form.set(f"{award}.amount", 500)
    form.choose(f"{award}.kind", "trip")
    form.condition(f"{award}.requires", "grupo", 2000)
    form.section("caps")
    form.add("tope")
    form.name("caps.0.name", "Tope semanal")
    form.field("caps.0.bonuses").locator("select").select_option("lideres")
    form.set("caps.0.amount", "2.500,50")
    look(form.page, "plan-breakaway")
    form.save()
    form.acknowledge()  # an award has no upper bound in CV
    plan = publish(office, browser_page, finish(form))
    assert [item["rule"] for item in plan["bonuses"]] == ["unilevel", "breakaway", "award"]
    (trip,) = plan["bonuses"][2]["params"]["awards"]
    assert (trip["kind"], trip["amount_e4"], trip["requires"][0]["min"]) == (
        "trip",
        500_0000,
        2000_0000,
    )
    params = plan["bonuses"][1]["params"]
    assert (params["rank"], params["rates_e6"]) == (1, [40_000, 20_000, 10_000])
    assert params["levels_by_rank"] == [None, 2, 3]
    assert params["guarantee_e4"] == 30_000_0000
    assert plan["caps"][0]["amount_e4"] == 2_500_5000 and plan["caps"][0]["bonuses"] == [1]
    assert plan["rank_policy"]["grace"] == 2
    assert plan["ranks"][2]["requires"][0] == {"kind": "measure", "index": 0, "min": 5000_0000}


def test_gano_from_its_template(office, browser_page):
    form = PlanForm(log_in(browser_page(1300), office, "manager"), office)
    form.start("template", "Gano 2027", "gano_2027", template=GANO)
    form.section("bonuses")
    form.open_entry("binary")
    look(form.page, "plan-gano")
    # what is wrong stands beside its field, in Spanish
    form.set("bonuses.1.params.step_cv", "paso")
    expect(form.problem("bonuses.1.params.step_cv")).to_contain_text("no es un número")
    form.set("bonuses.1.params.step_cv", "200")
    form.sound()
    form.save()
    # what is not saved is undone
    form.set("bonuses.1.params.min_cv", "777")
    form.page.locator(".o_form_button_cancel").click()
    expect(form.field("bonuses.1.params.min_cv").locator("input")).to_have_value("100")
    form.tab("changes")
    expect(form.page.locator(".o_mlm_plan_diff")).to_contain_text(
        "La pierna menor paga en pasos de 200 CV"
    )
    look(form.page, "plan-changes")
    form.acknowledge()
    look(form.page, "plan-findings")
    version = finish(form)
    look(form.page, "plan-crossing")
    plan = publish(office, browser_page, version)
    shipped = load_plan(GANO)
    assert plan["bonuses"][1]["params"].pop("step_cv_e4") == 200_0000
    del shipped["bonuses"][1]["params"]["step_cv_e4"]
    for part in ("packages", "ranks", "bonuses", "catalog", "activity", "periods"):
        assert plan[part] == shipped[part]


@pytest.mark.parametrize("width", [1300, 390])
def test_finding_leads_to_its_field(office, browser_page, width):
    """Nothing is red before somebody wrote or sent the plan on; a card leads to its field."""
    form = PlanForm(log_in(browser_page(width), office, "manager"), office)
    form.start("empty", f"Hallazgos {width}", f"findings_{width}")
    form.section("bonuses")
    form.add("uni", "unilevel")
    form.save()
    entry = form.page.locator("[data-entry=uni]")
    expect(entry.locator("[data-problem=todo]").first).to_be_visible()
    expect(form.page.locator(".o_mlm_plan_editor .o_mlm_error")).to_have_count(0)
    form.section("ranks")
    form.tab("findings")
    card = form.page.locator("[name=finding_ids] .o_kanban_record", has_text="Uninivel").first
    card.wait_for()
    look(form.page, "plan-cards")
    card.locator("[data-act=go]").click()
    expect(form.page.locator("[data-open=bonuses]")).to_be_visible()
    expect(entry).to_be_in_viewport()
    # who sends it on has been at every field
    button(form.page, "action_validate").click()
    expect(entry.locator("[data-problem=error]").first).to_be_visible()


def test_gano_from_nothing(office, browser_page):
    """The main parts of the plan by hand give what the shipped document gives."""
    data = read_document(GANO).data
    form = PlanForm(log_in(browser_page(1300), office, "manager"), office)
    form.start("empty", "Gano a mano", "gano_by_hand")
    form.section("activity")
    form.use()
    form.choose("activity.period", "week")
    form.set("activity.pv", 50)
    form.set("activity.window", 4)
    form.section("packages")
    for number, package in enumerate(data["packages"]):
        form.add(package["code"])
        form.name(f"packages.{number}.name", package["name"]["es"], package["name"]["en"])
        form.set(f"packages.{number}.pct", package["pct"])
        if package["months"]:
            form.set(f"packages.{number}.months", package["months"])
        if package.get("repeat_pct"):
            form.set(f"packages.{number}.repeat_pct", package["repeat_pct"])
    form.section("catalog")
    for number, code in enumerate(("897", "898", "899")):
        form.add(code)
        form.choose(f"catalog.{number}.package", f"ESP-{number + 1}")
        form.set(f"catalog.{number}.cv", (100, 250, 500)[number])
    form.section("bonuses")
    form.add("retail", "retail_profit")
    form.name("bonuses.0.name", "Ganancia al detal", "Retail profit")
    form.add("binary", "binary")
    form.name("bonuses.1.name", "Binario de equipo", "Team binary")
    form.set("bonuses.1.params.own_excess_above_pv", 120)
    form.add("gen5", "package_bonus")
    form.name("bonuses.2.name", "GEN5", "GEN5")
    form.grid("bonuses.2.params.amounts", data["bonuses"][2]["params"]["amounts"])
    tiers = form.field("bonuses.2.params.pv_tiers")
    form.write(tiers.locator("input[data-act=level]"), 5)
    for number, (least, pct) in enumerate(((100, 100), (50, 50), (0, 0))):
        tiers.locator("[data-act=add]").click()
        form.write(tiers.locator("[data-column=pv]").nth(number), least)
        form.write(tiers.locator("[data-column=pct]").nth(number), pct)
    form.section("ranks")
    for number, rank in enumerate(data["ranks"]):
        form.add(rank["code"])
        form.name(f"ranks.{number}.name", rank["name"]["es"], rank["name"]["en"])
        form.choose(f"ranks.{number}.measure", "binary.paid_cv")
        form.set(f"ranks.{number}.min", rank["min"])
        form.set(f"ranks.{number}.pct", rank["pct"])
    look(form.page, "plan-gano-by-hand")
    form.sound()
    form.save()
    form.acknowledge()
    plan = publish(office, browser_page, finish(form))
    shipped = load_plan(GANO)
    for part in ("packages", "ranks", "bonuses", "activity", "periods"):
        assert plan[part] == shipped[part]


@pytest.mark.parametrize("width", [1300, 390])
def test_plan_is_read_in_words(office, browser_page, width):
    page = log_in(browser_page(width), office, "approver")
    page.goto(office.url + PLANS)
    page.locator(".o_data_row td[name=plan_id]", has_text="Gano").first.click()
    form = PlanForm(page, office)
    form.tab("words")
    expect(page.locator(".o_mlm_plan")).to_contain_text("Cómo se gana")
    look(page, "plan-words")
    with page.expect_download() as download:
        page.locator("button[name=action_document_pdf]").click()
    assert download.value.suggested_filename.endswith("-es.pdf")
