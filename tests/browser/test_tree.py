"""The trees in the browser: staff and distributors, wide and on a phone, by mouse and keys.

Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import re

import pytest
from accessible import ACCESSIBILITY
from people import member, staff
from playwright.sync_api import expect
from screens import log_in, look
from small_company import SETUP

TREE = "/odoo/network-tree"
#: P002 sponsors thirty more people, one of whom sponsors Zoila; P031 is away from 9 days ago on.
MORE = """
import datetime
env = env(context=dict(env.context, tracking_disable=True))
joined = datetime.datetime(2026, 8, 2, 12)
wide = [{"name": f"Wide {number}", "code": f"W{number:03d}", "sponsor_code": "P040",
         "joined_at": joined} for number in range(1, 31)]
env["mlm.distributor"]._enrol(wide)
env["mlm.distributor"]._enrol([{"name": "Zoila Ángel", "code": "Z001", "sponsor_code": "W030",
    "joined_at": joined}, {"name": "Waiting Wanda", "code": "W999", "sponsor_code": "P001",
    "joined_at": joined}])
search = env["mlm.distributor"].search
one = search([("code", "=", "P063")])
one._change_sponsor(search([("code", "=", "P002")]), "Wrong line",
    datetime.datetime.now() - datetime.timedelta(days=9))
"""
LOGINS = staff("support", "mlm_base.group_support") + member("portal", "P002")


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company of a hundred people; support and portal log in with their name."""
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(f"{MORE}{LOGINS}env.cr.commit()")
    return module_odoo_server


def open_tree(page, office, tree="t0", path=TREE):
    page.goto(office.url + path)
    page.locator(".o_mlm_tree_views").wait_for()
    page.locator(f"[data-view='{tree}']").click()
    card(page, "P001" if path == TREE else "P002").wait_for()
    return page


def card(page, code):
    return page.locator(".o_mlm_tree_card", has=page.get_by_text(code, exact=True)).first


def item(page, code):
    """The row or box of a person that the keyboard can stand on."""
    return page.locator("[role=treeitem]", has=page.locator(".o_mlm_tree_sub", has_text=code)).last


def own(page, code, button):
    """A button of a person; in the drawing those of the people below stand inside, after it."""
    return item(page, code).locator(button).first


def binary(page):
    """Name of the choice that shows the first placement tree."""
    return page.locator("[data-view]").nth(1).get_attribute("data-view")


def search(page, text):
    page.locator(".o_mlm_tree_search input").fill(text)
    page.locator("[role=listbox] [role=option]", has_text=text).first.wait_for()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1300, 390])
def test_open_more_and_search(office, browser_page, width):
    page = open_tree(log_in(browser_page(width), office, "support"), office)
    expect(card(page, "P003")).to_be_visible()
    assert not card(page, "P004").count()
    own(page, "P002", ".o_mlm_tree_toggle").click()
    expect(card(page, "P004")).to_be_visible()
    look(page, "tree-list")
    own(page, "P002", ".o_mlm_tree_toggle").click()
    expect(card(page, "P004")).to_have_count(0)

    search(page, "P040")
    expect(page.locator(".o_mlm_tree_found")).to_contain_text("P040")
    own(page, "P040", ".o_mlm_tree_toggle").click()
    expect(card(page, "W018")).to_be_visible()
    assert not card(page, "W030").count()
    page.locator(".o_mlm_tree_more").click()
    expect(card(page, "W030")).to_be_visible()
    expect(page.locator(".o_mlm_tree_more")).to_have_count(0)

    # by name without accents: beyond the first page of her sponsor's sponsor
    page.locator(".o_mlm_tree_search input").fill("zoila angel")
    page.locator("[role=option]", has_text="Z001").click()
    expect(page.locator(".o_mlm_tree_found")).to_contain_text("Z001")
    expect(card(page, "W030")).to_be_visible()
    assert not card(page, "W025").count()
    look(page, "tree-path")
    page.locator(".o_mlm_tree_search input").fill("nobody of this name")
    expect(page.locator("[role=listbox]")).to_contain_text(re.compile(r"Nobody|Nadie"))


def test_side_by_side_and_colours(office, browser_page):
    page = open_tree(log_in(browser_page(1300), office, "support"), office, "both")
    expect(page.locator(".o_mlm_tree_panel")).to_have_count(2)
    colours = page.locator(".o_mlm_tree_colour option").evaluate_all(
        "all => all.map(one => one.value)"
    )
    assert colours == ["none", "state", "volume"]
    # by activity as soon as a cycle is posted; there is none here
    expect(page.locator(".o_mlm_tree_colour")).to_have_value("state")
    page.select_option(".o_mlm_tree_colour", "volume")
    expect(page.locator(".o_mlm_tree_legend .o_mlm_tree_meaning")).to_have_count(6)
    expect(card(page, "P001")).to_contain_text("CV")
    look(page, "tree-both")
    # the choice is remembered
    page.reload()
    page.locator(".o_mlm_tree_legend").wait_for()
    expect(page.locator(".o_mlm_tree_colour")).to_have_value("volume")
    expect(page.locator(".o_mlm_tree_panel")).to_have_count(2)


@pytest.mark.parametrize("view", ["list", "drawing"])
def test_keyboard(office, browser_page, view):
    page = log_in(browser_page(1300), office, "support")
    open_tree(page, office)
    if view == "drawing":
        page.locator(f"[data-view='{binary(page)}']").click()
        page.locator(".o_mlm_tree_drawing").wait_for()
    tree = page.get_by_role("tree")
    expect(tree).to_have_count(1)  # the list gives way to the drawing
    focused = page.locator("[role=treeitem]:focus")

    def press(key, code):
        page.keyboard.press(key)
        expect(focused.locator(".o_mlm_tree_sub").first).to_contain_text(code)

    tree.locator("[role=treeitem][tabindex='0']").focus()
    press("ArrowRight", "P002")
    assert focused.get_attribute("aria-level") == "2"
    if view == "list":
        assert focused.get_attribute("aria-expanded") == "false"
        press("ArrowRight", "P002")
        expect(focused).to_have_attribute("aria-expanded", "true")
        # it opens before its people have come
        card(page, "P004").wait_for()
    press("ArrowRight", "P004")
    press("ArrowLeft", "P002")
    press("Home", "P001")
    page.keyboard.press("End")
    assert tree.locator("[role=treeitem]").count() > 3
    press("Home", "P001")
    press("ArrowLeft", "P001")
    expect(focused).to_have_attribute("aria-expanded", "false")
    press("ArrowRight", "P001")
    press("ArrowDown", "P002")
    press("ArrowUp", "P001")
    page.keyboard.press("Enter")
    page.locator(".o_form_view [name=code]").wait_for()
    assert "P001" in page.locator(".o_form_view").inner_text()
    page.go_back()
    card(page, "P001").wait_for()


@pytest.mark.parametrize("width", [1300, 390])
def test_free_spot_opens_the_placement(office, browser_page, width):
    page = log_in(browser_page(width), office, "support")
    open_tree(page, office)
    page.locator(f"[data-view='{binary(page)}']").click()
    page.locator(".o_mlm_tree_drawing").wait_for()
    look(page, "tree-drawing")
    search(page, "P032")
    own(page, "P032", ".o_mlm_tree_toggle").click()
    spot = item(page, "P032").locator("[data-slot='2']")
    expect(spot).to_be_visible()
    look(page, "tree-free")
    spot.click()
    wizard = page.locator(".modal .o_form_view")
    wizard.wait_for()
    expect(wizard.locator("[name=parent_id] input")).to_have_value(re.compile("P032"))
    expect(wizard.locator("[name=leg] input:checked")).to_have_attribute("data-value", "right")
    look(page, "tree-wizard")


def test_as_of_a_date(office, browser_page):
    page = open_tree(log_in(browser_page(1300), office, "support"), office)
    search(page, "P063")
    expect(item(page, "P002")).to_be_visible()
    assert not card(page, "P031").count()
    day = page.evaluate("luxon.DateTime.now().minus({days: 12}).toISODate()")
    page.fill(".o_mlm_tree_date", day)
    page.locator(".o_mlm_tree_date").dispatch_event("change")
    expect(page.locator(".o_mlm_tree_past")).to_be_visible()
    expect(card(page, "P031")).to_be_visible()
    expect(page.locator(".o_mlm_tree_found")).to_contain_text("P063")
    look(page, "tree-past")
    page.locator(".o_mlm_tree_now").click()
    expect(page.locator(".o_mlm_tree_past")).to_have_count(0)
    expect(card(page, "P031")).to_have_count(0)


def test_from_the_form_and_back_up_the_line(office, browser_page):
    page = open_tree(log_in(browser_page(1300), office, "support"), office)
    search(page, "P008")
    own(page, "P008", ".o_mlm_tree_form").click()
    page.locator(".o_form_view .o-form-buttonbox").wait_for()
    if page.locator(".o_button_more").count():
        page.locator(".o_button_more").click()
    page.locator("button[name=action_view_tree]").click()
    card(page, "P008").wait_for()
    assert not card(page, "P004").count()
    page.locator(".o_mlm_tree_upline button", has_text="Person 4").first.click()
    expect(card(page, "P004")).to_be_visible()
    expect(card(page, "P008")).to_be_visible()


def test_an_error_can_be_tried_again(office, browser_page):
    page = open_tree(log_in(browser_page(1300), office, "support"), office)
    page.route("**/mlm.tree.read/get_page**", lambda route: route.abort())
    own(page, "P002", ".o_mlm_tree_from").click()
    page.locator(".o_mlm_tree_retry").wait_for()
    page.unroute("**/mlm.tree.read/get_page**")
    page.locator(".o_mlm_tree_retry").click()
    expect(card(page, "P004")).to_be_visible()


@pytest.mark.parametrize("width", [1300, 390])
def test_portal(office, browser_page, width):
    page = log_in(browser_page(width), office, "portal")
    open_tree(page, office, path="/my/network/team/tree")
    expect(card(page, "P004")).to_be_visible()
    own(page, "P004", ".o_mlm_tree_toggle").click()
    expect(page.locator(".o_mlm_tree_row")).to_have_count(6)
    text = page.locator(".o_mlm_tree_list").inner_text()
    # the people one sponsored are named, theirs are not
    assert "Person 4" in text and "Person 63" in text
    assert "Person 8" not in text and "P008" not in text
    look(page, "tree-portal")
    assert page.evaluate(ACCESSIBILITY) == []
    page.locator(f"[data-view='{binary(page)}']").click()
    page.locator(".o_mlm_tree_drawing").wait_for()
    look(page, "tree-portal-drawing")
    search(page, "P005")
    expect(page.locator(".o_mlm_tree_found")).to_contain_text("P005")
    assert not page.locator(".o_mlm_tree_date, .o_mlm_tree_form, .o_mlm_tree_placeable").count()
