import { describe, expect, queryAllTexts, queryAllValues, test } from "@odoo/hoot";
import { contains, defineParams } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    PlanCounts,
    PlanGrid,
    PlanLevels,
    PlanLevelSteps,
    PlanSteps,
} from "@mlm_plan/plan_editor/plan_tables";
import { mountAt } from "./plan_kit";

defineMailModels();
defineParams({ lang_parameters: { decimal_point: ",", thousands_sep: "." } });

const RANKS = [
    { code: "silver", name: "Plata" },
    { code: "gold", name: "Oro" },
];

async function mountTable(Table, value, field = {}) {
    const data = { ranks: RANKS, ...(value === undefined ? {} : { table: value }) };
    const props = { path: ["table"], field, readonly: false, unit: "%" };
    return (await mountAt(Table, data, props)).store;
}

describe("levels", () => {
    test("numbers are changed by level", async () => {
        const store = await mountTable(PlanLevels, [10, 5]);
        await contains("input:eq(1)").edit("2,5");
        expect(store.data.table).toEqual([10, 2.5]);
        await contains("input:eq(0)").edit(" ");
        expect(store.data.table).toEqual([0, 2.5]);
    });

    test("levels are added at the end and taken away there", async () => {
        const store = await mountTable(PlanLevels, undefined);
        await contains("[data-act=add]").click();
        await contains("[data-act=add]").click();
        expect(store.data.table).toEqual([0, 0]);
        await contains("input:eq(0)").edit("7");
        await contains("button[title*='last level']").click();
        expect(store.data.table).toEqual([7]);
        await contains("button[title*='last level']").click();
        expect("table" in store.data).toBe(false);
    });

    test("the default is shown, and written as soon as a level of it is changed", async () => {
        const store = await mountTable(PlanLevels, undefined, { default: [3, 2] });
        expect(queryAllValues("input")).toEqual(["3", "2"]);
        await contains("input:eq(1)").edit("1");
        expect(store.data.table).toEqual([3, 1]);
    });
});

describe("grid", () => {
    test("a number by code; an empty one goes", async () => {
        const store = await mountTable(PlanGrid, { gold: 4 }, { section: "ranks" });
        expect(queryAllTexts("tbody th")).toEqual(["Plata", "Oro"]);
        expect(queryAllValues("input")).toEqual(["", "4"]);
        await contains("[data-row=silver] input").edit("2");
        expect(store.data.table).toEqual({ gold: 4, silver: 2 });
        await contains("[data-row=gold] input").clear();
        await contains("[data-row=silver] input").clear();
        expect("table" in store.data).toBe(false);
    });

    test("a code that is no entry is shown all the same", async () => {
        await mountTable(PlanGrid, { old: 1 }, { section: "ranks" });
        expect(queryAllTexts("tbody th")).toEqual(["Plata", "Oro", "old ?"]);
    });

    test("lists: levels before the one that is written are 0", async () => {
        const store = await mountTable(
            PlanGrid,
            { gold: [5, 4, 3] },
            { section: "ranks", lists: true }
        );
        expect("thead th").toHaveCount(5);
        await contains("[data-row=silver] input:eq(2)").edit("1");
        expect(store.data.table).toEqual({ gold: [5, 4, 3], silver: [0, 0, 1] });
        await contains("[data-row=silver] input:eq(2)").clear();
        expect(store.data.table).toEqual({ gold: [5, 4, 3] });
        // a zero that somebody writes is an answer
        await contains("[data-row=silver] input:eq(0)").edit("0");
        expect(store.data.table).toEqual({ gold: [5, 4, 3], silver: [0] });
    });

    test("lists: one more level, one less", async () => {
        const store = await mountTable(PlanGrid, undefined, { section: "ranks", lists: true });
        await contains("[data-act=add]").click();
        expect(store.data.table).toEqual({ silver: [0, 0] });
        await contains("[data-row=gold] input:eq(1)").edit("3");
        await contains("[data-act=add]").click();
        expect(store.data.table).toEqual({ silver: [0, 0, 0], gold: [0, 3] });
        await contains("button[title*='last level']").click();
        await contains("button[title*='last level']").click();
        expect(store.data.table).toEqual({ silver: [0], gold: [0] });
        expect("button[title*='last level']").toHaveCount(0);
    });
});

const COLUMNS = [
    { key: "from", label: "From" },
    { key: "rate", label: "Rate" },
];

describe("steps", () => {
    test("rows are added, changed and taken away", async () => {
        const store = await mountTable(PlanSteps, undefined, { columns: COLUMNS });
        await contains("[data-act=add]").click();
        await contains("[data-act=add]").click();
        await contains("tbody tr:eq(1) [data-column=from]").edit("1.000");
        await contains("tbody tr:eq(1) [data-column=rate]").edit("2,5");
        expect(store.data.table).toEqual([
            { from: 0, rate: 0 },
            { from: 1000, rate: 2.5 },
        ]);
        await contains("tbody tr:eq(0) button").click();
        expect(store.data.table).toEqual([{ from: 1000, rate: 2.5 }]);
        await contains("[data-column=rate]").clear();
        expect(store.data.table[0].rate).toBe(0);
        await contains("tbody button").click();
        expect("table" in store.data).toBe(false);
    });

    test("by level: a level is added once and taken away", async () => {
        const store = await mountTable(PlanLevelSteps, undefined, { columns: COLUMNS });
        await contains("[data-act=level]").edit("3");
        expect(store.data.table).toEqual({ 3: [] });
        await contains("[data-act=add]").click();
        await contains("[data-act=level]").edit("3");
        await contains("[data-act=level]").edit("x");
        expect(store.data.table).toEqual({ 3: [{ from: 0, rate: 0 }] });
        await contains("[data-act=level]").edit("12");
        expect(Object.keys(store.data.table)).toEqual(["3", "12"]);
        await contains(".o_mlm_plan_levelsteps:eq(0) button[title=Remove]:eq(0)").click();
        expect(store.data.table).toEqual({ 12: [] });
    });
});

describe("counts", () => {
    test("how many of which: added, changed and taken away", async () => {
        const store = await mountTable(PlanCounts, undefined, { section: "ranks" });
        await contains("select").select("gold");
        expect(store.data.table).toEqual({ gold: 1 });
        expect(queryAllTexts("option")).toEqual(["Add…", "Plata"]);
        await contains("input").edit("3");
        expect(store.data.table).toEqual({ gold: 3 });
        await contains("input").clear();
        expect("table" in store.data).toBe(false);
    });

    test("a code that is no entry is shown all the same", async () => {
        await mountTable(PlanCounts, { old: 2 }, { section: "ranks" });
        expect(queryAllTexts(".input-group-text")).toEqual(["old ?"]);
    });
});
