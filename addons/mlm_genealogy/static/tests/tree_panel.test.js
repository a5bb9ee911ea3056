import {
    animationFrame,
    Deferred,
    describe,
    expect,
    press,
    queryAllAttributes,
    test,
} from "@odoo/hoot";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { reactive } from "@odoo/owl";
import { TreePanel } from "@mlm_genealogy/tree/tree_panel";
import { TreeStore } from "@mlm_genealogy/tree/tree_store";
import { answer, BINARY, card, LEGEND, MATRIX, refusal, SPONSOR, TreeApi } from "./tree_kit";

defineMailModels();

const CAN_PLACE = { legend: { ...LEGEND, can_place: true } };
const item = (key) => `[data-key=${key}]`;

async function mountPanel(info, answers, props = {}) {
    const api = new TreeApi(...answers);
    const store = reactive(new TreeStore(api, info));
    await store.open();
    await mountWithCleanup(TreePanel, {
        props: {
            store,
            colour: "state",
            place: (_store, id, slot) => expect.step(`place ${id} ${slot}`),
            ...props,
        },
    });
    return { api, store };
}

/** 1 with 2 and 3; 2 has a child that is not loaded. */
const FAMILY = () =>
    answer([card(1, { children: 2 }), card(2, { children: 1 }), card(3)], { 1: { ids: [2, 3] } });

async function key(...names) {
    for (const name of names) {
        await press(name);
        await animationFrame();
    }
}

describe("keys", () => {
    test("up, down and to the ends; only one row is reached by Tab", async () => {
        await mountPanel(SPONSOR, [FAMILY()]);
        await contains(item("n1")).click();
        expect(item("n1")).toBeFocused();
        await key("ArrowDown");
        expect(item("n2")).toBeFocused();
        await key("ArrowUp", "ArrowUp");
        expect(item("n1")).toBeFocused();
        await key("End");
        expect(item("n3")).toBeFocused();
        expect(queryAllAttributes("[role=treeitem]", "tabindex")).toEqual(["-1", "-1", "0"]);
        await key("Home");
        expect(item("n1")).toBeFocused();
    });

    test("right opens, then goes in; left closes, then goes out", async () => {
        await mountPanel(SPONSOR, [FAMILY(), answer([card(4)], { 2: { ids: [4] } })]);
        await contains(item("n2")).click();
        await key("ArrowRight");
        expect(item("n4")).toHaveCount(1);
        expect(item("n2")).toBeFocused();
        await key("ArrowRight");
        expect(item("n4")).toBeFocused();
        await key("ArrowRight");
        expect(item("n4")).toBeFocused();
        await key("ArrowLeft");
        expect(item("n2")).toBeFocused();
        await key("ArrowLeft");
        expect(item("n4")).toHaveCount(0);
        await key("ArrowLeft");
        expect(item("n1")).toBeFocused();
    });

    test("right goes nowhere from an open branch with nobody in sight", async () => {
        await mountPanel(SPONSOR, [FAMILY(), answer([], { 2: { ids: [] } })]);
        await contains(item("n2")).click();
        await key("ArrowRight", "ArrowRight");
        expect(item("n2")).toBeFocused();
        expect(item("n2")).toHaveAttribute("aria-expanded", "true");
    });

    test("Enter opens the form where there is one, the space bar the branch", async () => {
        await mountPanel(SPONSOR, [FAMILY()], { openForm: (id) => expect.step(`form ${id}`) });
        await contains(item("n1")).click();
        await key("Enter");
        expect.verifySteps(["form 101"]);
        await key(" ");
        expect(item("n2")).toHaveCount(0);
        expect.verifySteps([]);
    });

    test("Enter opens the branch where there is no form", async () => {
        await mountPanel(SPONSOR, [FAMILY()]);
        await contains(item("n1")).click();
        await key("Enter");
        expect(item("n2")).toHaveCount(0);
    });

    test("Enter on the last row shows more", async () => {
        const { api } = await mountPanel(SPONSOR, [
            answer([card(1, { children: 2 }), card(2)], { 1: { ids: [2], total: 2, next: 1 } }),
            answer([card(3)], { 1: { ids: [3], total: 2 } }),
        ]);
        await contains(item("n1")).click();
        await key("End");
        expect(item("m1")).toBeFocused();
        await key("Enter");
        expect(item("n3")).toHaveCount(1);
        expect(item("m1")).toHaveCount(0);
        expect(api.asked).toHaveLength(2);
    });

    test("keys with Ctrl, and on a button, are left to the browser", async () => {
        await mountPanel(SPONSOR, [FAMILY()]);
        await contains(item("n1")).click();
        await key(["ctrl", "End"]);
        expect(item("n1")).toBeFocused();
        const button = `${item("n2")} .o_mlm_tree_from`;
        await contains(button).focus();
        await key("End");
        expect(button).toBeFocused();
    });
});

describe("list", () => {
    test("looking from somebody asks for the tree from there", async () => {
        const { api, store } = await mountPanel(SPONSOR, [
            FAMILY(),
            answer([card(2)], {}, { upline: [{ id: 1, name: "Person 1" }, { hidden: 4 }] }),
            FAMILY(),
        ]);
        await contains(`${item("n2")} .o_mlm_tree_from`).click();
        expect(api.asked[1].node_id).toBe(2);
        expect(item("n2")).toBeFocused();
        expect(".breadcrumb [title='4 people between']").toHaveText("… 4 …");
        await contains("[data-crumb='1']").click();
        expect(api.asked[2].node_id).toBe(1);
        expect(store.tops).toEqual([1]);
    });

    test("an error offers to try again", async () => {
        const { api } = await mountPanel(SPONSOR, [refusal("Not yours"), FAMILY()]);
        expect("[role=alert]").toHaveText(/Not yours/);
        await contains(".o_mlm_tree_retry").click();
        expect(item("n1")).toHaveCount(1);
        expect(api.asked).toHaveLength(2);
    });

    test("nobody yet", async () => {
        await mountPanel(SPONSOR, [answer([])]);
        expect(".o_mlm_tree_empty").toHaveText(/Nobody is in the network yet/);
    });

    test("the tree says that it is loading", async () => {
        const slow = new Deferred();
        const store = reactive(new TreeStore(new TreeApi(slow), SPONSOR));
        store.open();
        await mountWithCleanup(TreePanel, { props: { store, colour: "none" } });
        expect(".o_mlm_tree_panel").toHaveAttribute("aria-busy", "true");
        slow.resolve(FAMILY());
        await animationFrame();
        expect(".o_mlm_tree_panel").toHaveAttribute("aria-busy", "false");
    });

    test("a free spot of a list places somebody there", async () => {
        const first = answer([card(1, { children: 1 }), card(2)], { 1: { ids: [2] } }, CAN_PLACE);
        await mountPanel(MATRIX, [first]);
        await contains(item("e1-2")).click();
        expect.verifySteps(["place 1 2"]);
    });
});

describe("drawing", () => {
    const PAIR = (values) =>
        answer(
            [card(1, { children: 2 }), card(2, { slot: 2, children: 1 })],
            { 1: { ids: [2], slots: [2] } },
            values
        );

    test("left and right, with a free spot in between", async () => {
        await mountPanel(BINARY, [PAIR()]);
        expect(queryAllAttributes("[role=treeitem]", "data-key")).toEqual(["n1", "e1-1", "n2"]);
        expect(item("e1-1")).toHaveAttribute("aria-label", "Left spot free");
        expect(`${item("n2")} .o_mlm_tree_side`).toHaveText("Right");
        await contains(item("e1-1")).click();
        expect.verifySteps([]);
        expect(item("e1-1")).toBeFocused();
    });

    test("somebody is placed on a free spot", async () => {
        await mountPanel(BINARY, [PAIR(CAN_PLACE)]);
        expect(item("e1-1")).toHaveAttribute("aria-label", "Left spot free: place somebody here");
        await contains(item("e1-1")).click();
        expect.verifySteps(["place 1 1"]);
    });

    test("a branch that could not be loaded shows no free spots, and can be tried again", async () => {
        const { store } = await mountPanel(BINARY, [
            PAIR(CAN_PLACE),
            refusal("Busy"),
            answer([card(3)], { 2: { ids: [3], slots: [1] } }),
        ]);
        await contains(`${item("n2")} .o_mlm_tree_toggle`).click();
        expect(`${item("n2")} .o_mlm_tree_free`).toHaveCount(0);
        expect(`${item("m2")} [role=alert]`).toHaveText("Busy");
        await contains(item("n2")).focus();
        await key("ArrowDown");
        expect(item("m2")).toBeFocused();
        await key("Enter");
        expect(store.children[2].ids).toEqual([3]);
        expect(item("n3")).toHaveCount(1);
        expect(item("e2-2")).toHaveCount(1);
    });

    test("… by mouse, too", async () => {
        await mountPanel(BINARY, [PAIR(), refusal("Busy"), answer([card(3)], { 2: { ids: [3] } })]);
        await contains(`${item("n2")} .o_mlm_tree_toggle`).click();
        await contains(`${item("m2")} .o_mlm_tree_more`).click();
        expect(queryAllAttributes("[role=treeitem]", "data-key")).toEqual([
            "n1",
            "e1-1",
            "n2",
            "n3",
            "e2-2",
        ]);
    });
});
