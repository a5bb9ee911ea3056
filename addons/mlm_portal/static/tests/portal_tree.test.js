import { animationFrame, expect, queryAllAttributes, test } from "@odoo/hoot";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";

setupInteractionWhiteList("public_components");

const CARD = {
    id: 1,
    person: 101,
    name: "Ana",
    code: "P1",
    kind: "distributor",
    state: "active",
    children: 1,
    frontline: 1,
    branch: { count: 1 },
};
const ANSWER = {
    tops: [1],
    cards: { 1: CARD },
    children: {},
    upline: [],
    legend: { states: {}, colours: ["activity"], can_place: false },
    at: false,
    focus: false,
};

/** Start the page; `asked` is what it asked the server. */
async function startTree() {
    const asked = [];
    const answers = {
        trees: () => [{ id: 7, name: "Binary", kind: "binary", width: 2 }],
        search: () => [{ person: 5, name: "Beto", code: "P5" }],
        page: () => ANSWER,
        path: () => ANSWER,
    };
    for (const [name, found] of Object.entries(answers)) {
        onRpc(`/my/network/tree/${name}`, async (request) => {
            const { params } = await request.json();
            asked.push([name, params]);
            return found();
        });
    }
    await startInteractions('<owl-component name="mlm_portal.tree"></owl-component>');
    await animationFrame();
    await animationFrame();
    return asked;
}

test("the own downline is asked for, never one of the past", async () => {
    const asked = await startTree();
    expect(asked.map(([name]) => name)).toEqual(["trees", "page"]);
    expect(asked[0][1]).toEqual({});
    expect(Object.keys(asked[1][1]).sort()).toEqual(["node_id", "options", "tree_id"]);
    expect(asked[1][1].tree_id).toBe(7);
    expect(queryAllAttributes("[role=treeitem]", "data-key")).toEqual(["n1"]);
});

test("no dates, no forms to open and no spots to place somebody on", async () => {
    await startTree();
    expect(".o_mlm_tree").toHaveCount(1);
    expect(".o_mlm_tree_date, .o_mlm_tree_form, .o_mlm_tree_placeable").toHaveCount(0);
});

test("somebody is looked for and found", async () => {
    const asked = await startTree();
    await contains("[role=combobox]").edit("beto", { confirm: "enter" });
    await animationFrame();
    expect(asked.slice(2)).toEqual([
        ["search", { text: "beto" }],
        ["path", { tree_id: 7, person_id: 5 }],
    ]);
});
