import { expect, test } from "@odoo/hoot";
import { colourOf, legendOf, number } from "@mlm_genealogy/tree/tree_colours";
import { allowTranslations, makeMockEnv } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { card, LEGEND } from "./tree_kit";

defineMailModels();

const RANKED = {
    ...LEGEND,
    currency: "COP",
    ranks: ["None", "Silver", "Gold"].map((name, level) => ({ name, level })),
};
const named = (values, mode, legend = RANKED) => colourOf(card(1, values), mode, legend).name;

test("a spot of somebody who left is closed, whatever the colours mean", () => {
    for (const mode of ["none", "state", "volume"]) {
        expect(named({ closed: true }, mode)).toBe("closed");
    }
});

test("by state: in words and as an icon, not by colour alone", () => {
    expect(colourOf(card(1), "state", LEGEND)).toEqual({
        name: "state_active",
        text: "",
        icon: "",
    });
    expect(colourOf(card(1, { state: "suspended" }), "state", LEGEND)).toEqual({
        name: "state_suspended",
        text: "Suspended",
        icon: "fa-pause",
    });
    expect(colourOf(card(1, { state: "terminated" }), "state", LEGEND).icon).toBe("fa-ban");
});

test("by activity, where it is known", () => {
    expect(named({ active: true }, "activity")).toBe("active");
    expect(named({ active: false }, "activity")).toBe("inactive");
    expect(named({}, "activity")).toBe("none");
});

test("by rank: the lowest has the first colour, the highest the last", () => {
    allowTranslations();
    const steps = [0, 1, 2].map((level) => named({ rank: "R", rank_level: level }, "rank"));
    expect(steps).toEqual(["step_0", "step_3", "step_5"]);
    expect(colourOf(card(1, { rank: "", rank_level: 0 }), "rank", RANKED).text).toBe("No rank");
    expect(
        named({ rank: "R", rank_level: 0 }, "rank", { ...RANKED, ranks: [{ name: "R", level: 0 }] })
    ).toBe("step_0");
    expect(named({ rank_level: 1 }, "rank", LEGEND)).toBe("none");
});

test("by volume: each step begins at its bound", async () => {
    await makeMockEnv();
    const steps = [0, 0.5, 1, 99.99, 100, 999, 1000, 10000, 100000].map((cv) =>
        named({ branch: { cv } }, "volume")
    );
    expect(steps.map((name) => Number(name.slice(5)))).toEqual([0, 0, 1, 1, 2, 2, 3, 4, 5]);
    expect(named({ branch: { cv: -3 } }, "volume")).toBe("step_0");
    expect(named({ branch: {} }, "volume")).toBe("none");
    expect(colourOf(card(1, { branch: { cv: 1234.5 } }), "volume", RANKED).text).toBe(
        "1,234.50 CV"
    );
    expect(colourOf(card(1, { branch: { cv: null } }), "volume", RANKED).text).toBe("– CV");
});

test("by profit: other bounds, and the currency beside the amount", async () => {
    await makeMockEnv();
    expect(named({ earned: 9999 }, "profit")).toBe("step_1");
    expect(named({ earned: 10000 }, "profit")).toBe("step_2");
    expect(colourOf(card(1, { earned: 5 }), "profit", RANKED).text).toBe("5 COP");
    expect(named({}, "profit")).toBe("none");
});

test("what the colours mean", async () => {
    await makeMockEnv();
    const texts = (mode) => legendOf(mode, RANKED).map((one) => one.text);
    expect(texts("state")).toEqual([
        "Active",
        "Suspended",
        "Deceased",
        "Spot of somebody who left",
    ]);
    expect(texts("activity")).toEqual(["Active", "Inactive"]);
    expect(texts("rank")).toEqual(["None", "Silver", "Gold"]);
    expect(texts("volume")).toEqual([
        "nothing",
        "from 1",
        "from 100",
        "from 1,000",
        "from 10,000",
        "from 100,000",
    ]);
    expect(legendOf("profit", RANKED).map((one) => one.name)).toEqual(
        [0, 1, 2, 3, 4, 5].map((step) => `step_${step}`)
    );
    expect(texts("none")).toEqual([]);
    expect(legendOf("rank", LEGEND)).toEqual([]);
});

test("decimals only where there are some", async () => {
    await makeMockEnv();
    expect(number(1500, 2)).toBe("1,500");
    expect(number(1500.5, 2)).toBe("1,500.50");
    expect(number(1500.5)).toBe("1,501");
});
