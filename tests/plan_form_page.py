"""A person at the form of a plan: what she clicks and writes, by what the server describes.

Fields are found by their place in the document (``bonuses.0.params.rates``), so these
steps hold for any rule that describes itself.
"""

import re

from playwright.sync_api import expect
from screens import button, confirm, state

PLANS = "/odoo/action-mlm_plan.action_mlm_plan_version"
START = "/odoo/action-mlm_plan.action_mlm_plan_start"


class PlanForm:
    def __init__(self, page, office):
        self.page, self.office = page, office

    # -- beginning -------------------------------------------------------

    def start(self, source, name, code, template=None):
        page = self.page
        page.goto(self.office.url + START)
        page.locator(f".modal [name=source] input[data-value={source}]").check()
        if template:
            page.locator(f".modal [name=template] input[data-value={template}]").check()
            page.locator(".modal .o_mlm_plan").wait_for()
        self.write(page.locator(".modal [name=name] input"), name)
        # the code follows the name, after a question to the server
        expect(page.locator(".modal [name=code] input")).not_to_have_value("")
        self.write(page.locator(".modal [name=code] input"), code)
        page.locator(".modal button[name=action_start]").click()
        self.ready()
        page.wait_for_url(re.compile(r"/\d+(\?|$)"))
        return self

    def open(self, version):
        self.page.goto(f"{self.office.url}{PLANS}/{version}")
        self.page.locator(".o_form_view [name=state]").first.wait_for()
        return self

    @property
    def version(self):
        return int(re.search(r"/(\d+)(?:\?|$)", self.page.url).group(1))

    def ready(self):
        self.page.locator(".o_mlm_plan_editor[data-status=ready]").wait_for()

    @staticmethod
    def write(place, text):
        place.fill(str(text))
        place.blur()

    # -- sections and entries --------------------------------------------

    def section(self, key):
        self.page.locator(f"[data-section={key}]").click()
        self.page.locator(f"[data-open={key}]").wait_for()

    def use(self):
        """Switch on a section that may be left out."""
        self.page.locator("[data-switch=on]").click()

    def add(self, code, kind=None):
        """A new entry of the open section with this code; of a kind, where there are kinds."""
        entry = self.page.locator(".o_mlm_plan_section > .o_mlm_plan_entries > .o_mlm_plan_entry")
        before = entry.count()
        self.page.locator(".o_mlm_plan_section > .o_mlm_plan_entries > [data-act=add]").click()
        if kind:
            self.page.locator(f".modal [data-choice={kind}]").click()
            self.page.locator(".modal").wait_for(state="detached")
        # until it is there, the last one is the one before
        expect(entry).to_have_count(before + 1, timeout=30_000)
        place = entry.last.locator("[data-field$='.code'] input")
        self.write(place, code)

    def open_entry(self, code):
        self.page.locator(f"[data-entry='{code}'] .o_mlm_plan_title").click()

    # -- fields ----------------------------------------------------------

    def field(self, path):
        found = self.page.locator(f"[data-field='{path}']")
        expect(found).to_have_count(1)
        for more in self.page.locator("details.o_mlm_plan_more:not([open])", has=found).all():
            more.locator("summary").click()
        return found

    def set(self, path, value):
        self.write(self.field(path).locator("input").first, value)

    def name(self, path, spanish, english=None):
        self.write(self.field(path).locator("[data-lang=es]"), spanish)
        if english:
            self.write(self.field(path).locator("[data-lang=en]"), english)

    def choose(self, path, value):
        self.field(path).locator("select").first.select_option(value)

    def levels(self, path, values):
        field = self.field(path)
        for number, value in enumerate(values):
            field.locator("[data-act=add]").click()
            self.write(field.locator("input").nth(number), value)

    def grid(self, path, rows):
        """``{code: number}`` or ``{code: [numbers by level]}``."""
        field = self.field(path)
        wide = max(len(row) if isinstance(row, list) else 1 for row in rows.values())
        first, row = next(iter(rows.items()))
        for _more in range(wide - field.locator(f"[data-row='{first}'] input").count()):
            field.locator("[data-act=add]").click()
        for code, row in rows.items():
            for number, value in enumerate(row if isinstance(row, list) else [row]):
                self.write(field.locator(f"[data-row='{code}'] input").nth(number), value)

    def entry(self, path):
        """One more entry inside a field; returns its place."""
        field = self.field(path)
        count = field.locator(".o_mlm_plan_nested").count()
        field.locator("button[data-act=add]").last.click()
        return f"{path}.{count}"

    def condition(self, path, measure, least):
        field = self.field(path)
        field.locator("select[data-act=add]").select_option("measure")
        row = field.locator("[data-condition=measure]").last
        row.locator("select").select_option(measure)
        self.write(row.locator("input"), least)

    # -- problems and steps ----------------------------------------------

    def problem(self, path):
        return self.field(path).locator("[data-problem=error]")

    def sound(self):
        """Nothing is wrong or missing any more anywhere."""
        expect(self.page.locator(".o_mlm_plan_nav :is(.o_mlm_error, .o_mlm_todo)")).to_have_count(0)

    def save(self):
        saving = self.page.locator(".o_form_button_save")
        expect(saving).to_be_visible()
        saving.click()
        expect(saving).to_be_hidden()

    def tab(self, name):
        self.page.locator(f".o_notebook_headers a[name={name}]").click()

    def acknowledge(self):
        """Say why each warning is acceptable."""
        self.tab("findings")
        cards = self.page.locator("[name=finding_ids] .o_kanban_record:not(.o_kanban_ghost)")
        cards.first.wait_for()
        waiting = cards.locator(".o_mlm_reason")
        for left in range(waiting.count(), 0, -1):
            expect(waiting).to_have_count(left)
            waiting.first.click()
            self.write(self.page.locator(".modal [name=reason] input"), "Se vigila cada semana")
            self.page.locator(".modal .o_form_button_save").click()
            self.page.locator(".modal").wait_for(state="detached")

    def validate(self):
        button(self.page, "action_validate").click()
        state(self.page, "validated")

    def confirm_crossing(self):
        self.tab("crossing")
        self.page.locator("button[name=action_confirm_crossing]").click()
        self.page.locator("[name=crossing_confirmed_by_id]").first.wait_for()

    def publish(self):
        button(self.page, "action_publish").click()
        confirm(self.page)
        state(self.page, "published")
