import { describe, expect, queryAllAttributes, queryAllTexts, test } from "@odoo/hoot";
import { contains } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { PlanEntries } from "@mlm_plan/plan_editor/plan_entries";
import { mountAt } from "./plan_kit";

defineMailModels();

const RANKS = {
    kind: "list",
    item: "Rank",
    code: "rank",
    fields: [{ key: "code", kind: "code", label: "Code" }],
};
const BONUSES = {
    kind: "list",
    item: "Bonus",
    new: { on: true },
    fields: [{ key: "code", kind: "code", label: "Code" }],
    variant: {
        key: "rule",
        options: [
            {
                value: "unilevel",
                label: "Levels",
                summary: "A share of each level",
                names: { es: "Niveles" },
                new: { params: { levels: [5] } },
                fields: [{ key: "levels", in: "params", kind: "levels", label: "Levels" }],
            },
            { value: "pool", label: "Pool", summary: "Año a año" },
        ],
    },
};
const MEASURES = {
    kind: "map",
    item: "Measure",
    code: "measure",
    fields: [{ key: "of", kind: "text", label: "Of" }],
};

const codes = () => queryAllAttributes("[data-entry]", "data-entry");
const entry = (code) => `[data-entry=${code}]`;

describe("list", () => {
    const mountRanks = (ranks, values) =>
        mountAt(PlanEntries, { ranks }, { field: RANKS, path: ["ranks"] }, values);

    test("entries by name, or code, or number", async () => {
        await mountRanks([{ code: "gold", name: { es: "Oro" } }, "silver", {}]);
        expect(queryAllTexts(".o_mlm_plan_name")).toEqual(["Oro", "silver", "3"]);
    });

    test("none yet", async () => {
        await mountRanks(undefined);
        expect(".o_mlm_plan_entries p").toHaveText("None yet.");
    });

    test("an entry opens and closes", async () => {
        await mountRanks([{ code: "gold" }, { code: "silver" }]);
        expect(".o_mlm_plan_body").toHaveCount(0);
        await contains(`${entry("silver")} .o_mlm_plan_title`).click();
        expect(".o_mlm_plan_body").toHaveCount(1);
        expect("[data-field='ranks.1.code']").toHaveCount(1);
        await contains(`${entry("silver")} .o_mlm_plan_title`).click();
        expect(".o_mlm_plan_body").toHaveCount(0);
    });

    test("a new one has a code of its own, is open and has the cursor", async () => {
        const { store } = await mountRanks([{ code: "rank" }]);
        await contains(".o_mlm_plan_entries > [data-act=add]").click();
        expect(store.data.ranks[1]).toEqual({ code: "rank_2", name: { es: "Rank" } });
        expect("[data-field='ranks.1.code'] input").toBeFocused();
        expect(".o_mlm_plan_body").toHaveCount(1);
    });

    test("an open one stays open where it moves to", async () => {
        const { store } = await mountRanks([{ code: "a" }, { code: "b" }, { code: "c" }]);
        await contains(`${entry("c")} .o_mlm_plan_title`).click();
        await contains(`${entry("c")} [title='Move up']`).click();
        expect(codes()).toEqual(["a", "c", "b"]);
        expect(`${entry("c")} .o_mlm_plan_body`).toHaveCount(1);
        expect(".o_mlm_plan_body").toHaveCount(1);
        await contains(`${entry("a")} [title='Move down']`).click();
        expect(store.data.ranks.map((one) => one.code)).toEqual(["c", "a", "b"]);
        expect(`${entry("c")} .o_mlm_plan_body`).toHaveCount(1);
    });

    test("the ends move no further", async () => {
        await mountRanks([{ code: "a" }, { code: "b" }]);
        expect(`${entry("a")} [title='Move up']`).not.toBeEnabled();
        expect(`${entry("a")} [title='Move down']`).toBeEnabled();
        expect(`${entry("b")} [title='Move down']`).not.toBeEnabled();
    });

    test("when one is removed, no other opens in its place", async () => {
        const { store } = await mountRanks([{ code: "a" }, { code: "b" }]);
        await contains(`${entry("a")} .o_mlm_plan_title`).click();
        await contains(`${entry("a")} [data-act=remove]`).click();
        expect(store.data.ranks).toEqual([{ code: "b" }]);
        expect(".o_mlm_plan_body").toHaveCount(0);
    });

    test("a problem is told beside its field, and at the entry where it has none", async () => {
        const at = (path, text) => ({ path, text, remedy: "R", severity: "error" });
        const findings = [
            at(["ranks", 0, "code"], "Code"),
            at(["ranks", 0, "unknown"], "Unknown"),
            at(["ranks", 0], "Whole"),
        ];
        await mountRanks([{ code: "a" }, { code: "b" }], { findings });
        expect(queryAllTexts("[data-problem]")).toEqual(["Unknown. R", "Whole. R"]);
        expect(`${entry("a")} [role=img]`).toHaveClass("o_mlm_error");
        expect(`${entry("b")} [role=img]`).toHaveCount(0);
    });

    test("nothing can be changed where it may only be read", async () => {
        await mountRanks([{ code: "a" }], { isReadonly: true });
        expect("button:not(.o_mlm_plan_title)").toHaveCount(0);
    });
});

describe("list of kinds", () => {
    const mountBonuses = (bonuses, values) =>
        mountAt(PlanEntries, { bonuses }, { field: BONUSES, path: ["bonuses"] }, values);

    test("the kind is chosen from the palette, with the values it begins with", async () => {
        const { store } = await mountBonuses([{ code: "unilevel", rule: "pool" }]);
        expect(".o_mlm_plan_kind").toHaveText("Pool");
        await contains(".o_mlm_plan_entries > [data-act=add]").click();
        await contains("[data-choice=unilevel]").click();
        expect(".modal").toHaveCount(0);
        expect(store.data.bonuses[1]).toEqual({
            code: "unilevel_2",
            name: { es: "Niveles" },
            on: true,
            params: { levels: [5] },
            rule: "unilevel",
        });
        store.data.bonuses[1].params.levels.push(3);
        expect(BONUSES.variant.options[0].new.params.levels).toEqual([5]);
    });

    test("the palette is searched without regard to accents", async () => {
        await mountBonuses([]);
        await contains(".o_mlm_plan_entries > [data-act=add]").click();
        expect(".o_mlm_plan_card").toHaveCount(2);
        await contains(".modal input").edit("ANO A", { confirm: false });
        expect(queryAllAttributes(".o_mlm_plan_card", "data-choice")).toEqual(["pool"]);
        await contains(".modal input").edit("share of each", { confirm: false });
        expect(queryAllAttributes(".o_mlm_plan_card", "data-choice")).toEqual(["unilevel"]);
    });

    test("nothing is added when the palette is left", async () => {
        const { store } = await mountBonuses([]);
        await contains(".o_mlm_plan_entries > [data-act=add]").click();
        await contains(".modal footer .btn").click();
        expect(store.data.bonuses).toEqual([]);
    });

    test("problems of the rule's own parameters stand beside those", async () => {
        const at = (path, text) => ({ path, text, remedy: "R", severity: "error" });
        const findings = [
            at(["bonuses", 0, "params", "levels"], "Levels"),
            at(["bonuses", 0, "levels"], "Outside"),
        ];
        await mountBonuses([{ code: "u", rule: "unilevel" }], { findings });
        expect(queryAllTexts("[data-problem]")).toEqual(["Outside. R"]);
    });
});

describe("map", () => {
    const mountMeasures = (measures, values) =>
        mountAt(PlanEntries, { measures }, { field: MEASURES, path: ["measures"] }, values);

    test("an entry is added by code and cannot be moved", async () => {
        const { store } = await mountMeasures({ pv: {} });
        expect("[title='Move up']").toHaveCount(0);
        await contains(".o_mlm_plan_entries > [data-act=add]").click();
        expect(store.data.measures).toEqual({ pv: {}, measure: {} });
        expect("#code_measure").toBeFocused();
    });

    test("another code: the entry stays open at its place", async () => {
        const { store } = await mountMeasures({ pv: { of: "x" }, gv: {} });
        await contains(`${entry("pv")} .o_mlm_plan_title`).click();
        await contains("#code_pv").edit("points");
        expect(Object.keys(store.data.measures)).toEqual(["points", "gv"]);
        expect(`${entry("points")} .o_mlm_plan_body`).toHaveCount(1);
        expect("[data-field='measures.points.of'] input").toHaveValue("x");
    });

    test("a code that is taken is put back, and the other entry stays closed", async () => {
        const { store } = await mountMeasures({ pv: {}, gv: {} });
        await contains(`${entry("pv")} .o_mlm_plan_title`).click();
        await contains("#code_pv").edit("gv");
        expect(Object.keys(store.data.measures)).toEqual(["pv", "gv"]);
        expect("#code_pv").toHaveValue("pv");
        expect(".o_mlm_plan_body").toHaveCount(1);
    });

    test("an entry is removed", async () => {
        const { store } = await mountMeasures({ pv: {}, gv: {} });
        await contains(`${entry("pv")} [data-act=remove]`).click();
        expect(store.data.measures).toEqual({ gv: {} });
    });
});
