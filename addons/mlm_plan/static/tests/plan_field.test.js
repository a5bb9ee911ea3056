import {
    describe,
    expect,
    queryAllAttributes,
    queryAllTexts,
    queryAllValues,
    test,
} from "@odoo/hoot";
import { contains, defineParams } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { PlanField, PlanGroup } from "@mlm_plan/plan_editor/plan_field";
import { mountAt } from "./plan_kit";

defineMailModels();
defineParams({ lang_parameters: { decimal_point: ",", thousands_sep: "." } });

const PLAN = {
    ranks: [
        { code: "silver", name: "Plata" },
        { code: "gold", name: "Oro" },
    ],
    currency: { base: "COP", company: "USD" },
    trees: ["sponsor", "binary"],
};

/** Mount one field with a value; returns the store, whose value of the field is `data.it`. */
async function mountField(field, value, values) {
    const data = { ...PLAN, ...(value === undefined ? {} : { it: value }) };
    const one = { key: "it", label: "It", ...field };
    return (await mountAt(PlanField, data, { field: one, path: ["it"] }, values)).store;
}

describe("one value", () => {
    test("a number is shown and read as the language writes it", async () => {
        const store = await mountField({ kind: "percent", default: 2.5 }, 17.5);
        expect("input").toHaveValue("17,5");
        expect("input").toHaveAttribute("placeholder", "2,5");
        await contains("input").edit("1.500");
        expect(store.data.it).toBe(1500);
        await contains("input").edit("ten");
        expect(store.data.it).toBe("ten");
        await contains("input").clear();
        expect("it" in store.data).toBe(false);
    });

    test("an empty number is null where that means something", async () => {
        const store = await mountField({ kind: "money", nullable: true }, 5);
        await contains("input").clear();
        expect(store.data.it).toBe(null);
    });

    for (const [field, unit] of [
        [{ kind: "percent" }, "%"],
        [{ kind: "percent", unit: "percent of sales" }, "percent of sales"],
        [{ kind: "money" }, "COP"],
        [{ kind: "money", unit: "company currency" }, "USD"],
        [{ kind: "integer", unit: "days" }, "days"],
    ]) {
        test(`unit of ${JSON.stringify(field)}`, async () => {
            await mountField(field, 1);
            expect(".input-group-text").toHaveText(unit);
        });
    }

    test("points are no unit", async () => {
        await mountField({ kind: "points", unit: "points" }, 1);
        expect(".input-group-text").toHaveCount(0);
    });

    test("a text is written without the spaces around it", async () => {
        const store = await mountField({ kind: "text" }, "a");
        await contains("input").edit("  b  ");
        expect(store.data.it).toBe("b");
        await contains("input").edit("   ");
        expect("it" in store.data).toBe(false);
    });

    test("a box is ticked as the default says", async () => {
        const store = await mountField({ kind: "flag", default: true });
        expect("input").toBeChecked();
        await contains("input").uncheck();
        expect(store.data.it).toBe(false);
    });

    test("an object is written as JSON; what cannot be read stays on the screen only", async () => {
        const store = await mountField({ kind: "any" }, { a: 1 });
        await contains("textarea").edit('{"a": ');
        expect(store.data.it).toEqual({ a: 1 });
        expect("textarea").toHaveValue('{"a": ');
        await contains("textarea").edit('{"a": 2}');
        expect(store.data.it).toEqual({ a: 2 });
        await contains("textarea").clear();
        expect("it" in store.data).toBe(false);
    });

    test("words: all, or a list", async () => {
        const store = await mountField({ kind: "words" }, "all");
        expect("input").toHaveValue("all");
        await contains("input").edit("a, b;c");
        expect(store.data.it).toEqual(["a", "b", "c"]);
        await contains("input").edit("a");
        expect(store.data.it).toEqual(["a"]);
        await contains("input").edit("all");
        expect(store.data.it).toBe("all");
        await contains("input").clear();
        expect("it" in store.data).toBe(false);
    });

    test("lines: empty ones do not count", async () => {
        const store = await mountField({ kind: "lines" }, ["a", "b"]);
        expect("textarea").toHaveValue("a\nb");
        await contains("textarea").edit("x\n\ny");
        expect(store.data.it).toEqual(["x", "y"]);
    });
});

describe("names", () => {
    test("one text for both until the second language has its own", async () => {
        const store = await mountField({ kind: "names" }, "Oro");
        expect(queryAllValues("input")).toEqual(["Oro", ""]);
        expect("[data-lang=en]").toHaveAttribute("placeholder", "Oro");
        await contains("[data-lang=es]").edit("Dorado");
        expect(store.data.it).toBe("Dorado");
        await contains("[data-lang=en]").edit("Gold");
        expect(store.data.it).toEqual({ es: "Dorado", en: "Gold" });
        await contains("[data-lang=en]").clear();
        expect(store.data.it).toEqual({ es: "Dorado" });
    });

    test("a first name in English stands for both", async () => {
        const store = await mountField({ kind: "names" });
        await contains("[data-lang=en]").edit("Gold");
        expect(store.data.it).toEqual({ es: "Gold", en: "Gold" });
    });

    test("spaces are no name in English", async () => {
        const store = await mountField({ kind: "names" }, "Oro");
        await contains("[data-lang=en]").edit("  ");
        expect(store.data.it).toBe("Oro");
    });
});

describe("choices", () => {
    test("an entry of another section; an empty choice is none", async () => {
        const store = await mountField({ kind: "ref", section: "ranks" }, "gold");
        expect(queryAllTexts("option")).toEqual(["—", "Plata", "Oro"]);
        expect("select").toHaveValue("gold");
        await contains("select").select("silver");
        expect(store.data.it).toBe("silver");
        await contains("select").select("");
        expect("it" in store.data).toBe(false);
    });

    test("a required one has no empty choice once it is chosen", async () => {
        await mountField({ kind: "ref", section: "ranks", required: true }, "gold");
        expect(queryAllTexts("option")).toEqual(["Plata", "Oro"]);
    });

    test("the default is named", async () => {
        const options = [
            { value: "a", label: "First" },
            { value: "b", label: "Second" },
        ];
        await mountField({ kind: "choice", options, default: "b" });
        expect("option:eq(0)").toHaveText("Second (default)");
    });

    test("the first tree is the default of trees", async () => {
        await mountField({ kind: "tree", wanted: "any" });
        expect(queryAllTexts("option")).toEqual([
            "Sponsor tree (default)",
            "Sponsor tree",
            "binary",
        ]);
    });

    test("measures can be chosen", async () => {
        const store = await mountField({ kind: "measure" });
        await contains("select").select("own_pv");
        expect(store.data.it).toBe("own_pv");
    });

    test("a choice that is there no more is shown all the same", async () => {
        await mountField({ kind: "ref", section: "ranks" }, "old");
        expect("select").toHaveValue("old");
        expect("option:last").toHaveText("old ?");
    });

    test("several codes, from those that are left", async () => {
        const store = await mountField({ kind: "codes", section: "ranks" }, ["gold"]);
        expect(queryAllTexts("option")).toEqual(["Add…", "Plata"]);
        await contains("select").select("silver");
        expect(store.data.it).toEqual(["gold", "silver"]);
        expect("select").toHaveCount(0);
        await contains(".o_mlm_plan_chip:eq(0) button").click();
        await contains(".o_mlm_plan_chip:eq(0) button").click();
        expect("it" in store.data).toBe(false);
    });

    test("several in order: one moves ahead", async () => {
        const options = ["a", "b", "c"].map((value) => ({ value, label: value.toUpperCase() }));
        const store = await mountField({ kind: "ordered", options }, ["a", "b", "c"]);
        expect(queryAllTexts(".o_mlm_plan_chip")).toEqual(["A", "B", "C"]);
        expect("button[title=Earlier]").toHaveCount(2);
        await contains(".o_mlm_plan_chip:eq(2) button[title=Earlier]").click();
        expect(store.data.it).toEqual(["a", "c", "b"]);
    });
});

describe("inside", () => {
    test("entries inside an entry are added and removed", async () => {
        const fields = [{ key: "rate", kind: "number", label: "Rate" }];
        const store = await mountField({ kind: "entries", fields });
        await contains("[data-act=add]").click();
        await contains("[data-act=add]").click();
        await contains("[data-field='it.1.rate'] input").edit("4");
        expect(store.data.it).toEqual([{}, { rate: 4 }]);
        await contains("button[title=Remove]:eq(0)").click();
        expect(store.data.it).toEqual([{ rate: 4 }]);
        await contains("button[title=Remove]").click();
        expect("it" in store.data).toBe(false);
    });

    test("conditions, tables and groups are drawn by what draws them", async () => {
        const fields = [
            { key: "when", kind: "conditions", label: "When" },
            { key: "levels", kind: "levels", label: "Levels" },
        ];
        await mountField({ kind: "group", fields }, { levels: [1, 2], when: [{ title: "gold" }] });
        expect("[data-field='it.when'] [data-condition=title]").toHaveCount(1);
        expect("[data-field='it.levels'] .o_mlm_plan_level").toHaveCount(2);
    });

    test("problems: of anything inside a value, of a group only its own", async () => {
        const findings = [
            { path: ["it", 0, "min"], severity: "error", text: "Too low", remedy: "Raise it" },
            { path: ["it"], severity: "warning", text: "Odd", remedy: "See" },
        ];
        await mountField({ kind: "conditions" }, [{ title: "gold", min: -1 }], { findings });
        expect("[data-problem]").toHaveCount(2);
        expect("[data-problem=error]").toHaveText("Too low. Raise it");
        expect(".o_mlm_plan_field").toHaveClass("o_mlm_has_problem");
    });

    test("problems of a group are those of the group", async () => {
        const findings = [
            { path: ["it", "rate"], severity: "error", text: "Rate", remedy: "" },
            { path: ["it"], severity: "warning", text: "Group", remedy: "" },
        ];
        const fields = [{ key: "rate", kind: "number", label: "Rate" }];
        await mountField({ kind: "group", fields }, { rate: "much" }, { findings });
        expect("[data-problem=error]").toHaveCount(1);
        expect("[data-field='it.rate'] [data-problem=error]").toHaveCount(1);
        expect("[data-problem=warning]").toHaveCount(1);
    });

    test("nothing can be changed where it may only be read", async () => {
        await mountField({ kind: "number" }, 1, { isReadonly: true });
        expect("input").not.toBeEnabled();
    });
});

describe("group", () => {
    const SECTION = {
        fields: [{ key: "code", kind: "code", label: "Code" }],
        variant: {
            key: "rule",
            options: [
                {
                    value: "unilevel",
                    fields: [
                        { key: "rate", in: "params", kind: "percent", label: "Rate" },
                        { key: "cap", in: "params", kind: "money", label: "Cap", advanced: true },
                    ],
                },
                { value: "pool", fields: [{ key: "share", kind: "percent", label: "Share" }] },
            ],
        },
    };
    const mountGroup = (entry, values) =>
        mountAt(PlanGroup, { bonuses: [entry] }, { field: SECTION, path: ["bonuses", 0] }, values);

    test("fields of the section and of the rule that is chosen, in their place", async () => {
        const { store } = await mountGroup({ code: "u", rule: "unilevel" });
        expect(queryAllAttributes("[data-field]", "data-field")).toEqual([
            "bonuses.0.code",
            "bonuses.0.params.rate",
            "bonuses.0.params.cap",
        ]);
        await contains("[data-field='bonuses.0.params.rate'] input").edit("5");
        expect(store.data.bonuses).toEqual([{ code: "u", rule: "unilevel", params: { rate: 5 } }]);
    });

    test("without a rule only those of the section", async () => {
        await mountGroup({ code: "u" });
        expect("[data-field]").toHaveCount(1);
        expect("details").toHaveCount(0);
    });

    test("rare settings are open where one has a value or a problem", async () => {
        await mountGroup({ rule: "unilevel" });
        expect("details").not.toHaveAttribute("open");
    });

    test("… a value", async () => {
        await mountGroup({ rule: "unilevel", params: { cap: 0 } });
        expect("details").toHaveAttribute("open");
    });

    test("… a problem", async () => {
        const findings = [
            { path: ["bonuses", 0, "params", "cap"], severity: "error", text: "", remedy: "" },
        ];
        await mountGroup({ rule: "unilevel" }, { findings });
        expect("details").toHaveAttribute("open");
    });

    test("an optional group is used and not used as a whole", async () => {
        const field = {
            optional: true,
            new: { rate: 1 },
            fields: [{ key: "rate", kind: "number", label: "R" }],
        };
        const { store } = await mountAt(PlanGroup, {}, { field, path: ["pool"] });
        expect("[data-field]").toHaveCount(0);
        await contains("[data-switch=on]").click();
        expect(store.data.pool).toEqual({ rate: 1 });
        store.data.pool.rate = 2;
        expect(field.new).toEqual({ rate: 1 });
        await contains("[data-switch=off]").click();
        expect("pool" in store.data).toBe(false);
    });
});
