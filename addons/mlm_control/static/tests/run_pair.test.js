import { animationFrame, expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { RunPair } from "@mlm_control/run_pair/run_pair";

class Pair extends models.Model {
    _name = "mlm.run.pair";
    display_name = fields.Char();
    state = fields.Selection({
        selection: [
            ["queued", "Comparing"],
            ["done", "Compared"],
        ],
    });
    _records = [
        { id: 1, display_name: "Runs 1 and 2", state: "done" },
        { id: 2, display_name: "Runs 1 and 3", state: "queued" },
    ];
}

defineMailModels();
defineModels([Pair]);
preloadBundle("web.chartjs_lib");

async function mountPair(read) {
    let component;
    patchWithCleanup(RunPair.prototype, {
        setup() {
            super.setup();
            component = this;
        },
    });
    onRpc("mlm.run.pair", "read_sides", ({ args }) => read(args[0]));
    await mountView({
        type: "form",
        resModel: "mlm.run.pair",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="state"/><widget name="mlm_run_pair"/></form>`,
    });
    return component;
}

const sides = (id, bonuses) => ({ currency: 1, before: "Run 1", after: `Run ${id + 1}`, bonuses });
const bonus = (id) => ({ id: 4, name: "Levels", before: 50, after: 60 + id });

test("what both runs pay by bonus, one bar beside the other", async () => {
    const component = await mountPair((id) => sides(id, [bonus(id)]));
    const [chart] = component.charts;
    expect(chart.data.labels.map((lines) => lines.join(" "))).toEqual(["Levels"]);
    expect(chart.data.datasets.map((one) => [one.label, one.data])).toEqual([
        ["Run 1", [50]],
        ["Run 2", [61]],
    ]);
    expect(chart.options.plugins.legend.display).toBe(true);
});

test("another pair is read and drawn, and one that pays nothing has no chart", async () => {
    const component = await mountPair((id) => sides(id, id === 1 ? [bonus(id)] : []));
    expect("canvas").toHaveCount(1);
    const [old] = component.charts;
    await contains(".o_pager_next").click();
    await animationFrame();
    expect("canvas").toHaveCount(0);
    expect(old.canvas === null).toBe(true);
    expect(component.charts.length).toBe(0);
});
