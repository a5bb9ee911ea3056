import {
    animationFrame,
    describe,
    expect,
    manuallyDispatchProgrammaticEvent,
    mockDate,
    queryAllAttributes,
    queryAllTexts,
    queryOne,
    resize,
    test,
} from "@odoo/hoot";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { browser } from "@web/core/browser/browser";
import { NetworkTree } from "@mlm_genealogy/tree/tree";
import { answer, BINARY, card, LEGEND, refusal, SPONSOR } from "./tree_kit";

defineMailModels();

const MEMORY = "mlm_genealogy.tree";
const panels = () => queryAllAttributes(".o_mlm_tree_panel", "data-tree");

/** Mount the trees; `asked` is what they asked the server, in order. */
async function mountTree(props = {}, { trees = [SPONSOR, BINARY], legend = {} } = {}) {
    const asked = [];
    const load = (call) => async (values) => {
        asked.push({ call, ...values });
        const at = values.at || false;
        return answer([card(1)], {}, { at, legend: { ...LEGEND, ...legend } });
    };
    const api = {
        trees: async () => trees,
        page: load("page"),
        path: load("path"),
        search: async () => [{ person: 5, name: "Ana", code: "P5" }],
    };
    const component = await mountWithCleanup(NetworkTree, { props: { api, ...props } });
    await animationFrame();
    return { api, asked, component };
}

test("one tree at first, the others are asked for when they are looked at", async () => {
    const { asked } = await mountTree();
    expect(panels()).toEqual(["sponsor"]);
    expect(asked).toHaveLength(1);
    await contains("[data-view=t7]").click();
    expect(panels()).toEqual(["binary"]);
    await contains("[data-view=t0]").click();
    expect(asked.map((one) => one.tree_id)).toEqual([false, 7]);
    expect(JSON.parse(browser.localStorage.getItem(MEMORY))).toEqual({ view: "t0" });
});

test("a single tree is not to be chosen", async () => {
    await mountTree({}, { trees: [SPONSOR] });
    expect(".o_mlm_tree_views").toHaveCount(0);
});

test("what was chosen last is chosen again, as far as it is there", async () => {
    browser.localStorage.setItem(MEMORY, JSON.stringify({ view: "t7", colour: "rank" }));
    await mountTree();
    expect(panels()).toEqual(["binary"]);
    expect(".o_mlm_tree_colour").toHaveValue("none");
});

test("a memory that cannot be read is none", async () => {
    browser.localStorage.setItem(MEMORY, "{");
    await mountTree();
    expect(panels()).toEqual(["sponsor"]);
});

test.tags("desktop");
test("wide: two trees side by side, until there is no room for them", async () => {
    const { asked } = await mountTree({ view: "both" });
    expect(panels()).toEqual(["sponsor", "binary"]);
    expect(asked.map((one) => one.options.levels)).toEqual([1, 2]);
    await resize({ width: 900 });
    await animationFrame();
    expect(panels()).toEqual(["sponsor"]);
    expect(queryAllAttributes("[data-view]", "data-view")).toEqual(["t0", "t7"]);
    await resize({ width: 1300 });
    await animationFrame();
    expect(panels()).toEqual(["sponsor", "binary"]);
    expect(asked).toHaveLength(2);
});

test.tags("desktop");
test("wide: a tree by itself has room for one more level", async () => {
    const { asked } = await mountTree({ view: "t7" });
    expect(asked[0].options.levels).toBe(3);
});

test.tags("mobile");
test("on a phone one tree at a time, one level deep", async () => {
    const { asked } = await mountTree({ view: "both" });
    expect(panels()).toEqual(["sponsor"]);
    expect(queryAllAttributes("[data-view]", "data-view")).toEqual(["t0", "t7"]);
    await contains("[data-view=t7]").click();
    expect(asked[1].options.levels).toBe(1);
});

test("what went wrong offers to try again", async () => {
    const answers = [refusal("Closed"), new Error("offline"), [SPONSOR]];
    const api = {
        trees: async () => {
            const found = answers.shift();
            if (found instanceof Error) {
                throw found;
            }
            return found;
        },
        page: async () => answer([card(1)]),
        search: async () => [],
    };
    await mountWithCleanup(NetworkTree, { props: { api } });
    await animationFrame();
    expect("[role=alert]").toHaveText(/Closed/);
    await contains("[role=alert] button").click();
    expect("[role=alert]").toHaveText(/could not be reached/);
    await contains("[role=alert] button").click();
    await animationFrame();
    expect(panels()).toEqual(["sponsor"]);
});

test("somebody who is found opens the trees in sight down to them", async () => {
    const { asked } = await mountTree();
    await contains("[role=combobox]").edit("ana", { confirm: "enter" });
    await animationFrame();
    expect(asked[1]).toEqual({ call: "path", tree_id: false, at: false, person_id: 5 });
});

describe("colours", () => {
    const legend = {
        colours: ["state", "volume", "profit", "unheard"],
        currency: "COP",
        volume_cycle: "924",
        run_cycle: "923",
    };

    test("those that the server knows, with what they mean and of which cycle", async () => {
        await mountTree({}, { legend });
        expect(queryAllAttributes(".o_mlm_tree_colour option", "value")).toEqual([
            "none",
            "state",
            "volume",
            "profit",
        ]);
        expect(".o_mlm_tree_colour").toHaveValue("state");
        expect(".o_mlm_tree_legend > .text-muted").toHaveCount(0);
        await contains(".o_mlm_tree_colour").select("volume");
        expect(".o_mlm_tree_meaning").toHaveCount(6);
        expect(".o_mlm_tree_legend > .text-muted").toHaveText("(cycle 924)");
        await contains(".o_mlm_tree_colour").select("profit");
        expect(".o_mlm_tree_legend > .text-muted").toHaveText("(cycle 923, posted)");
        expect(JSON.parse(browser.localStorage.getItem(MEMORY))).toEqual({ colour: "profit" });
        await contains(".o_mlm_tree_colour").select("none");
        expect(".o_mlm_tree_legend").toHaveCount(0);
    });
});

describe("dates", () => {
    /** Choose a date as the browser's own calendar does. */
    async function choose(date) {
        queryOne(".o_mlm_tree_date").value = date;
        await manuallyDispatchProgrammaticEvent(queryOne(".o_mlm_tree_date"), "change");
        await animationFrame();
    }

    test("another day loads what is shown again, today is no past", async () => {
        mockDate("2026-11-30 12:00:00");
        const { asked } = await mountTree({ hasDates: true });
        await choose("2026-01-31");
        expect(asked[1].at).toBe("2026-01-31");
        expect(".o_mlm_tree_past strong").toHaveText("01/31/2026");
        await contains(".o_mlm_tree_now").click();
        await animationFrame();
        expect(asked[2].at).toBe(false);
        expect(".o_mlm_tree_past").toHaveCount(0);
        await choose("2026-11-30");
        expect(asked[3].at).toBe(false);
    });

    test("a tree that is looked at later is of the same day", async () => {
        mockDate("2026-11-30 12:00:00");
        const { asked } = await mountTree({ hasDates: true });
        await choose("2026-01-31");
        await contains("[data-view=t7]").click();
        expect(asked.map((one) => [one.tree_id, one.at])).toEqual([
            [false, false],
            [false, "2026-01-31"],
            [7, "2026-01-31"],
        ]);
    });

    test("there are none for the portal", async () => {
        await mountTree();
        expect(".o_mlm_tree_date").toHaveCount(0);
    });
});

test("what was shown is shown again by whoever comes back", async () => {
    const questions = { t0: { node: 4, person: false, path: false } };
    const kept = { at: "2026-01-31", questions };
    const { asked, component } = await mountTree({ kept, hasDates: true });
    expect([asked[0].node_id, asked[0].at]).toEqual([4, "2026-01-31"]);
    await component.find(9);
    component.keep();
    expect(kept.questions.t0).toEqual({ node: false, person: false, path: 9 });
    expect(kept.questions.t7).toEqual({ node: false, person: false, path: false });
});

test("it begins with a person where one is given", async () => {
    const { asked } = await mountTree({ person: 12 });
    expect(asked[0].options.person).toBe(12);
});

test("after somebody was placed the children are loaded anew", async () => {
    const placed = [];
    const { asked } = await mountTree(
        {
            view: "t7",
            place: (info, id, slot, onClose) => placed.push({ info, id, slot, onClose }),
        },
        { legend: { can_place: true } }
    );
    await contains("[data-key=n1] .o_mlm_tree_toggle").click();
    await contains("[data-key='e1-2']").click();
    expect(placed[0].info).toEqual(BINARY);
    expect([placed[0].id, placed[0].slot]).toEqual([1, 2]);
    expect(queryAllTexts(".o_mlm_tree_free")).toHaveLength(2);
    placed[0].onClose();
    expect(asked[asked.length - 1].node_id).toBe(1);
});
