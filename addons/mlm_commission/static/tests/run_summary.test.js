import { animationFrame, Deferred, expect, press, queryAllTexts, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { RunSummary } from "@mlm_commission/run_summary/run_summary";

class Run extends models.Model {
    _name = "mlm.run";
    display_name = fields.Char();
    digest = fields.Char();
    breakage = fields.Monetary({ string: "Not reached", currency_field: "currency_id" });
    currency_id = fields.Many2one({ relation: "res.currency", default: 1 });
    _records = [
        { id: 1, display_name: "Run 1", digest: "a" },
        { id: 2, display_name: "Run 2", digest: "b" },
    ];
}

defineMailModels();
defineModels([Run]);
preloadBundle("web.chartjs_lib");

function summary(name, values = {}) {
    return {
        currency: 1,
        compared: "",
        bonuses: [{ id: 4, name: "Levels", amount: 60, before: 50 }],
        ranks: [
            { name: "Gold", amount: 60 },
            { name: "Silver", amount: 0 },
        ],
        reasons: [{ name: "Inactive", breakage: 5 }],
        top: [{ id: 9, name, rank: "Gold", amount: 1234.5, share: 62.25 }],
        top_share: 100,
        ...values,
    };
}

/** Mount the summary of run 1; returns its component, with the charts that are drawn. */
async function mountSummary(read = (id) => summary(`Ana ${id}`)) {
    let component;
    patchWithCleanup(RunSummary.prototype, {
        setup() {
            super.setup();
            component = this;
        },
    });
    onRpc("mlm.run", "read_summary", ({ args }) => read(args[0]));
    await mountView({
        type: "form",
        resModel: "mlm.run",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="currency_id"/><widget name="mlm_run_summary"/></form>`,
    });
    return component;
}

const shown = (chart) => ({
    labels: chart.data.labels.map((lines) => lines.join(" ")),
    series: chart.data.datasets.map((one) => [one.label, one.data]),
});

test("a chart by bonus, by rank and of what was not reached; nothing drawn for no amount", async () => {
    const component = await mountSummary();
    expect(component.charts.map(shown)).toEqual([
        { labels: ["Levels"], series: [["Run 1", [60]]] },
        { labels: ["Gold"], series: [["Run 1", [60]]] },
        { labels: ["Inactive"], series: [["Not reached", [5]]] },
    ]);
});

test("beside the run that it is compared with", async () => {
    const component = await mountSummary(() => summary("Ana", { compared: "Run 0" }));
    expect(shown(component.charts[0]).series).toEqual([
        ["Run 1", [60]],
        ["Run 0", [50]],
    ]);
    expect(component.charts[0].options.plugins.legend.display).toBe(true);
    expect(component.charts[1].options.plugins.legend.display).toBe(false);
});

test("the highest amounts with their shares", async () => {
    await mountSummary();
    expect(queryAllTexts("[data-person='9'] td")).toEqual(["Ana 1\nGold", "$ 1,234.50", "62.3 %"]);
    expect("h4 small").toHaveText("(100 % of all)");
});

test("nobody is paid", async () => {
    const component = await mountSummary(() =>
        summary("", { bonuses: [], ranks: [], reasons: [], top: [] })
    );
    expect(".o_mlm_run_summary").toHaveText("Nobody is paid in this run.");
    expect(component.charts.length).toBe(0);
});

test("another run is read and drawn", async () => {
    const component = await mountSummary();
    const [old] = component.charts;
    await contains(".o_pager_next").click();
    await animationFrame();
    expect("[data-person='9']").toHaveText(/Ana 2/);
    expect(component.charts.length).toBe(3);
    expect(old.canvas === null).toBe(true);
    expect(component.charts.includes(old)).toBe(false);
    expect(shown(component.charts[0]).series).toEqual([["Run 2", [60]]]);
});

test("of two runs the one that is shown counts, whichever is read first", async () => {
    const slow = new Deferred();
    let count = 0;
    await mountSummary((id) => (++count === 2 ? slow : summary(`Ana ${id}`)));
    await contains(".o_pager_next").click();
    await contains(".o_pager_previous").click();
    await animationFrame();
    slow.resolve(summary("Late"));
    await animationFrame();
    expect("[data-person='9']").toHaveText(/Ana 1/);
});

test("a person opens by mouse and by Enter, with views of the action", async () => {
    onRpc("mlm.run", "action_person", ({ args }) => {
        expect.step(`person ${args[1]} of ${args[0]}`);
        return { type: "ir.actions.act_window", view_mode: "list,form" };
    });
    await mountSummary();
    mockService("action", { doAction: (action) => expect.step(JSON.stringify(action.views)) });
    const views = '[[false,"list"],[false,"form"]]';
    await contains("[data-person='9']").click();
    expect.verifySteps(["person 9 of 1", views]);
    await contains("[data-person='9']").focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["person 9 of 1", views]);
});

test("a bar of a bonus opens it, one of a rank nothing", async () => {
    const opened = [];
    patchWithCleanup(RunSummary.prototype, { open: (...values) => opened.push(values) });
    const component = await mountSummary();
    const [bonuses, ranks] = component.charts;
    bonuses.options.onClick({}, [{ index: 0 }]);
    bonuses.options.onClick({}, []);
    ranks.options.onClick({}, [{ index: 0 }]);
    expect(opened).toEqual([["action_bonus", 4]]);
});

test("long names on at most three lines", async () => {
    const component = await mountSummary();
    expect(component.wrap("Levels")).toEqual(["Levels"]);
    expect(component.wrap("Unilevel with dynamic compression")).toEqual([
        "Unilevel with dynamic",
        "compression",
    ]);
    expect(component.wrap("a".repeat(30) + " b")).toEqual(["a".repeat(30), "b"]);
    const lines = component.wrap(Array(9).fill("abcdefghij").join(" "));
    expect(lines).toEqual([
        "abcdefghij abcdefghij",
        "abcdefghij abcdefghij",
        "abcdefghij abcdefghij…",
    ]);
});

test("room for every bar", async () => {
    const component = await mountSummary();
    expect(component.height([1])).toBe("height: 90px");
    expect(component.height(Array(10))).toBe("height: 430px");
    expect(component.height(Array(10), 2)).toBe("height: 570px");
});
