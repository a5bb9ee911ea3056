import { animationFrame, expect, test } from "@odoo/hoot";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { answer, BINARY, card, LEGEND, MATRIX } from "./tree_kit";

defineMailModels();

/** Open the trees; `asked` is what they asked the server. */
async function openTrees(params = {}, trees = [BINARY]) {
    const asked = [];
    onRpc("mlm.tree.read", "*", ({ method, kwargs }) => {
        const { context, ...values } = kwargs;
        asked.push(JSON.parse(JSON.stringify({ method, ...values })));
        if (method === "get_trees") {
            return trees;
        }
        if (method === "get_matches") {
            return [{ person: 5, name: "Ana", code: "P5" }];
        }
        return answer([card(1)], {}, { legend: { ...LEGEND, can_place: true } });
    });
    onRpc("mlm.position", "action_place_below", ({ args }) => {
        expect.step(`place below ${args[0]}`);
        return { type: "ir.actions.act_window", res_model: "mlm.placing", target: "new" };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "mlm_genealogy.tree",
        params,
    });
    await animationFrame();
    const opened = [];
    getService("action").doAction = (action, options) => opened.push({ action, options });
    return { asked, opened };
}

test("the trees of the network, from a person where one is given", async () => {
    const { asked } = await openTrees({ person_id: 12, name: "Ana" });
    expect(asked.map((one) => one.method)).toEqual(["get_trees", "get_page"]);
    expect(asked[1].tree_id).toBe(7);
    expect(asked[1].options.person).toBe(12);
    expect(".o_breadcrumb").toHaveText(/Network of Ana/);
    expect(".o_mlm_tree_date").toHaveCount(1);
});

test("somebody is looked for by the server", async () => {
    const { asked } = await openTrees();
    await contains("[role=combobox]").edit("ana", { confirm: "enter" });
    expect(asked.slice(2)).toEqual([
        { method: "get_matches", text: "ana" },
        { method: "get_path", tree_id: 7, at: false, person_id: 5 },
    ]);
});

test("somebody opens as a form", async () => {
    const { opened } = await openTrees();
    await contains(".o_mlm_tree_form").click();
    expect(opened[0].action).toEqual({
        type: "ir.actions.act_window",
        res_model: "mlm.distributor",
        res_id: 101,
        views: [[false, "form"]],
    });
});

test("somebody is placed on the spot that was clicked: by leg in a binary tree", async () => {
    const { asked, opened } = await openTrees();
    await contains("[data-key=n1] .o_mlm_tree_toggle").click();
    await contains("[data-key='e1-2']").click();
    await animationFrame();
    expect.verifySteps(["place below 1"]);
    const { action, options } = opened[0];
    expect(action.views).toEqual([[false, "form"]]);
    expect(options.additionalContext).toEqual({ default_slot: 2, default_leg: "right" });
    const before = asked.length;
    options.onClose();
    await animationFrame();
    expect(asked.slice(before).map((one) => one.node_id)).toEqual([1]);
});

test("… by spot alone in a matrix", async () => {
    const { opened } = await openTrees({}, [MATRIX]);
    await contains("[data-key=n1] .o_mlm_tree_toggle").click();
    await contains("[data-key='e1-1']").click();
    await animationFrame();
    expect(opened[0].options.additionalContext).toEqual({ default_slot: 1 });
    expect.verifySteps(["place below 1"]);
});
