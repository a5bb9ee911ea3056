import { advanceTime, animationFrame, expect, press, queryAllTexts, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const FORM = {
    lang: "es",
    measures: [],
    figures: {},
    sections: [
        {
            key: null,
            kind: "group",
            label: "General",
            fields: [{ key: "name", kind: "text", label: "Name" }],
        },
        {
            key: "ranks",
            kind: "list",
            label: "Ranks",
            item: "Rank",
            fields: [{ key: "code", kind: "code", label: "Code" }],
        },
        { key: "measures", kind: "map", label: "Measures", item: "Measure", fields: [] },
    ],
};

/** A version whose document is JSON, so that a test reads what it holds. */
class Version extends models.Model {
    _name = "mlm.plan.version";
    document = fields.Text();
    _records = [
        { id: 1, document: '{"name":"Plan","ranks":[{"code":"a"},{"code":"b"}]}' },
        { id: 2, document: "no document" },
    ];
}

defineMailModels();
defineModels([Version]);

function read(text) {
    try {
        return { data: JSON.parse(text), findings: [] };
    } catch {
        return { data: null, findings: [{ path: [], severity: "error", text: "Line 1" }] };
    }
}

async function mountPlan(resId = 1, findings = []) {
    onRpc("mlm.plan.version", "get_plan_form", () => FORM);
    onRpc("mlm.plan.version", "read_plan_form", ({ args }) => {
        const found = read(args[0]);
        return { ...found, findings: [...found.findings, ...findings] };
    });
    onRpc("mlm.plan.version", "write_plan_form", ({ args }) => {
        expect.step("taken over");
        return { text: JSON.stringify(args[1]), findings };
    });
    onRpc("mlm.plan.version", "web_save", ({ args }) => expect.step(args[1].document));
    await mountView({
        type: "form",
        resModel: "mlm.plan.version",
        resId,
        arch: `<form><field name="document" widget="mlm_plan_editor"/></form>`,
    });
}

const tab = (name) => `[data-section=${name}]`;

test("sections with the number of their entries", async () => {
    await mountPlan();
    expect(queryAllTexts("[role=tab]")).toEqual(["General", "Ranks\n2", "Measures"]);
    expect("[data-open=general] input").toHaveValue("Plan");
    await contains(tab("ranks")).click();
    expect("[data-open=ranks] [data-entry]").toHaveCount(2);
});

test("sections are walked through by the keys", async () => {
    await mountPlan();
    await contains(tab("general")).click();
    await press("ArrowDown");
    await animationFrame();
    expect(tab("ranks")).toBeFocused();
    expect("[data-open=ranks]").toHaveCount(1);
    await press("ArrowUp");
    await press("ArrowUp");
    await animationFrame();
    expect("[data-open=general]").toHaveCount(1);
    expect(tab("general")).toHaveAttribute("aria-selected", "true");
});

test("problems mark their section; what belongs to none is told above", async () => {
    await mountPlan(1, [
        { path: ["ranks", 0, "code"], severity: "warning", text: "W", remedy: "" },
        { path: ["name"], severity: "error", text: "E", remedy: "" },
        { path: [], severity: "warning", text: "No period", remedy: "" },
        { path: ["measures"], severity: "error", text: "No measure", remedy: "Add one" },
    ]);
    expect(`${tab("general")} [role=img]`).toHaveClass("o_mlm_error");
    expect(`${tab("ranks")} [role=img]`).toHaveClass("o_mlm_warning");
    expect(".alert").toHaveText("No period");
    await contains(tab("measures")).click();
    expect("[data-problem]").toHaveText("No measure. Add one");
});

test("a document that cannot be read says so", async () => {
    await mountPlan(2);
    expect(".o_mlm_plan_editor").toHaveAttribute("data-status", "unreadable");
    expect(".alert-danger").toHaveText(/Line 1/);
    expect("[role=tab]").toHaveCount(0);
});

test("a change is taken over after a while, and makes the form dirty at once", async () => {
    await mountPlan();
    await contains("[data-field=name] input").edit("Other", { confirm: "blur" });
    expect(".o_form_button_save").toBeVisible();
    expect.verifySteps([]);
    await advanceTime(300);
    expect.verifySteps(["taken over"]);
});

test("what is saved holds the last change, also when it waits still", async () => {
    await mountPlan();
    await contains("[data-field=name] input").edit("Other", { confirm: "blur" });
    await contains(".o_form_button_save").click();
    expect.verifySteps(["taken over", '{"name":"Other","ranks":[{"code":"a"},{"code":"b"}]}']);
    expect("[data-field=name] input").toHaveValue("Other");
});

test("discarding shows the document as it was", async () => {
    await mountPlan();
    await contains("[data-field=name] input").edit("Other", { confirm: "blur" });
    await advanceTime(300);
    await contains(".o_form_button_cancel").click();
    expect("[data-field=name] input").toHaveValue("Plan");
    expect.verifySteps(["taken over"]);
});
