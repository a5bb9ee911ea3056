import { expect, queryAllAttributes, queryAllTexts, test } from "@odoo/hoot";
import { contains, defineParams } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { PlanConditions } from "@mlm_plan/plan_editor/plan_conditions";
import { mountAt } from "./plan_kit";

const PLAN = { packages: ["basic", "full"], ranks: [{ code: "gold", name: "Oro" }] };
const ADD = "[data-act=add]";

defineMailModels();
defineParams({ lang_parameters: { decimal_point: ",", thousands_sep: "." } });

async function mountConditions(conditions, values) {
    const data = { ...PLAN, conditions };
    const props = { path: ["conditions"], readonly: Boolean(values?.isReadonly) };
    const { store } = await mountAt(PlanConditions, data, props, values);
    return store;
}

test("each condition is of the kind that its key says", async () => {
    await mountConditions([
        { measure: "own_pv", min: 100 },
        { package: "full" },
        { title: "gold" },
        { any: [[{ measure: "own_pv", min: 1.5 }], []] },
    ]);
    expect(queryAllAttributes("[data-condition]", "data-condition")).toEqual([
        "measure",
        "package",
        "title",
        "any",
        "measure",
    ]);
    expect("[data-condition=package] select").toHaveValue("full");
    expect("[data-condition=any] input").toHaveValue("1,5");
});

test("what is no list is shown as none", async () => {
    await mountConditions("all");
    expect("[data-condition]").toHaveCount(0);
});

test("conditions of every kind are added", async () => {
    const store = await mountConditions(undefined);
    for (const kind of ["measure", "package", "title", "any"]) {
        await contains(`.o_mlm_plan_conditions > ${ADD}:last`).select(kind);
    }
    expect(store.data.conditions).toEqual([
        { measure: "own_pv", min: 0 },
        { package: "basic" },
        { title: "gold" },
        { any: [[], []] },
    ]);
});

test("the bound is read as a number", async () => {
    const store = await mountConditions([{ measure: "own_pv", min: 1 }]);
    await contains("input").edit("1.500,5");
    expect(store.data.conditions[0].min).toBe(1500.5);
    await contains("input").edit(" ");
    expect(store.data.conditions[0].min).toBe(0);
});

test("a package in term, and again without", async () => {
    const store = await mountConditions([{ package: "full" }]);
    await contains("input[type=checkbox]").check();
    expect(store.data.conditions).toEqual([{ package: "full", in_term: true }]);
    await contains("input[type=checkbox]").uncheck();
    expect(store.data.conditions).toEqual([{ package: "full" }]);
});

test("a code that is there no more is shown all the same", async () => {
    const store = await mountConditions([{ package: "old" }]);
    expect("[data-condition] select").toHaveValue("old");
    expect(queryAllTexts("[data-condition] option")).toInclude("old ?");
    await contains("[data-condition] select").select("full");
    expect(store.data.conditions).toEqual([{ package: "full" }]);
});

test("with the last condition the list goes, too", async () => {
    const store = await mountConditions([{ package: "full" }, { title: "gold" }]);
    await contains("[data-condition=package] button").click();
    expect(store.data.conditions).toEqual([{ title: "gold" }]);
    await contains("[data-condition=title] button").click();
    expect("conditions" in store.data).toBe(false);
});

test("one of several lists stays when its last condition goes", async () => {
    const store = await mountConditions([{ any: [[{ package: "full" }], [{ title: "gold" }]] }]);
    await contains("[data-condition=package] button").click();
    expect(JSON.stringify(store.data.conditions)).toBe('[{"any":[[],[{"title":"gold"}]]}]');
});

test("one more list to choose from", async () => {
    const store = await mountConditions([{ any: [[], []] }]);
    await contains("button:contains(Another list)").click();
    expect(store.data.conditions).toEqual([{ any: [[], [], []] }]);
    expect(".o_mlm_plan_nested").toHaveCount(3);
});

test("nothing can be changed where it may only be read", async () => {
    await mountConditions([{ measure: "own_pv", min: 1 }], { isReadonly: true });
    expect("button").toHaveCount(0);
    expect(ADD).toHaveCount(0);
    expect("select, input").not.toBeEnabled();
});
