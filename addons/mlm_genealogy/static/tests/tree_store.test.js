import { Deferred, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { TreeStore } from "@mlm_genealogy/tree/tree_store";
import { answer, BINARY, card, LEGEND, MATRIX, refusal, SPONSOR, TreeApi } from "./tree_kit";

async function openStore(info, ...answers) {
    const api = new TreeApi(...answers);
    const store = new TreeStore(api, info);
    await store.open();
    return { api, store };
}

const keys = (store) => store.rows.map((row) => row.key);
const CAN_PLACE = { legend: { ...LEGEND, can_place: true } };

describe("loading", () => {
    test("from the top: one level of a list, several of a drawing", async () => {
        const list = await openStore(SPONSOR, answer([card(1)]));
        expect(list.api.asked).toEqual([
            {
                call: "page",
                tree_id: false,
                at: false,
                node_id: false,
                options: { levels: 1, person: false },
            },
        ]);
        const drawn = await openStore(BINARY, answer([card(1)]));
        expect(drawn.api.asked[0].options.levels).toBe(3);
        expect(drawn.store.status).toBe("ready");
        expect(drawn.store.active).toBe("n1");
    });

    test("from a person, and again as of another day", async () => {
        const api = new TreeApi(answer([card(2)]), answer([card(2)], {}, { at: "2026-01-31" }));
        const store = new TreeStore(api, SPONSOR);
        await store.open({ person: 12 });
        store.at = "2026-01-31";
        await store.reload();
        expect(api.asked[1]).toEqual({
            call: "page",
            tree_id: false,
            at: "2026-01-31",
            node_id: false,
            options: { levels: 1, person: 12 },
        });
        expect(store.shownAt).toBe("2026-01-31");
    });

    test("down to a person: opened, found and ready for the keys", async () => {
        const api = new TreeApi(
            answer([card(1, { children: 1 }), card(2)], { 1: { ids: [2] } }, { focus: 2 })
        );
        const store = new TreeStore(api, SPONSOR);
        await store.openPath(102);
        expect(api.asked).toEqual([{ call: "path", tree_id: false, at: false, person_id: 102 }]);
        expect(store.focus).toBe(2);
        expect(store.active).toBe("n2");
        expect(keys(store)).toEqual(["n1", "n2"]);
    });

    test("of two questions the later one counts, whichever is answered first", async () => {
        const [slow, fast] = [new Deferred(), new Deferred()];
        const store = new TreeStore(new TreeApi(slow, fast), SPONSOR);
        const first = store.open({ node: 1 });
        const second = store.open({ node: 2 });
        fast.resolve(answer([card(2)]));
        await second;
        slow.resolve(answer([card(1)]));
        await first;
        expect(store.tops).toEqual([2]);
        expect(store.question.node).toBe(2);
    });

    test("the failure of an earlier question is not shown", async () => {
        const [slow, fast] = [new Deferred(), new Deferred()];
        const store = new TreeStore(new TreeApi(slow, fast), SPONSOR);
        const first = store.open({ node: 1 });
        const second = store.open({ node: 2 });
        fast.resolve(answer([card(2)]));
        slow.resolve(refusal("Too late"));
        await Promise.all([first, second]);
        expect(store.status).toBe("ready");
        expect(store.error).toBe("");
    });

    test("what went wrong is told in the words of the server, where it has some", async () => {
        allowTranslations();
        const { store } = await openStore(
            SPONSOR,
            refusal("Not yours"),
            new Error("offline"),
            answer([])
        );
        expect(store.status).toBe("error");
        expect(store.error).toBe("Not yours");
        await store.reload();
        expect(store.error).toMatch(/could not be reached/);
        await store.reload();
        expect(store.status).toBe("ready");
        expect(store.error).toBe("");
        expect(store.active).toBe(false);
    });
});

describe("branches", () => {
    const TOP = card(1, { children: 2 });

    test("what came with its children is open", async () => {
        const { store } = await openStore(
            SPONSOR,
            answer([TOP, card(2), card(3)], { 1: { ids: [2, 3] } })
        );
        expect(keys(store)).toEqual(["n1", "n2", "n3"]);
        expect(store.rows.map((row) => [row.level, row.position, row.size, row.parent])).toEqual([
            [1, 1, 1, false],
            [2, 1, 2, 1],
            [2, 2, 2, 1],
        ]);
        expect(store.ariaExpanded(1)).toBe("true");
        expect(store.ariaExpanded(2)).toBe(undefined);
    });

    test("the children are loaded once, when it is opened first", async () => {
        const { api, store } = await openStore(
            SPONSOR,
            answer([TOP]),
            answer([card(2), card(3)], { 1: { ids: [2, 3] } })
        );
        expect(store.ariaExpanded(1)).toBe("false");
        await store.toggle(1);
        expect(api.asked[1]).toEqual({
            call: "page",
            tree_id: false,
            at: false,
            node_id: 1,
            offset: 0,
            limit: 20,
        });
        await store.toggle(1);
        expect(keys(store)).toEqual(["n1"]);
        await store.toggle(1);
        expect(keys(store)).toEqual(["n1", "n2", "n3"]);
        expect(api.asked).toHaveLength(2);
    });

    test("one without children opens only where somebody can be placed", async () => {
        const sponsor = await openStore(SPONSOR, answer([card(1)], {}, CAN_PLACE));
        await sponsor.store.toggle(1);
        expect(sponsor.store.canExpand(1)).toBe(false);
        expect(sponsor.store.expanded[1]).toBe(undefined);
        const { api, store } = await openStore(MATRIX, answer([card(1)], {}, CAN_PLACE));
        await store.toggle(1);
        expect(keys(store)).toEqual(["n1", "e1-1"]);
        expect(api.asked).toHaveLength(1);
    });

    test("a row stands for children that are on their way", async () => {
        const slow = new Deferred();
        const { store } = await openStore(SPONSOR, answer([TOP]), slow);
        const done = store.toggle(1);
        expect(keys(store)).toEqual(["n1", "w1"]);
        slow.resolve(answer([card(2)], { 1: { ids: [2] } }));
        await done;
        expect(keys(store)).toEqual(["n1", "n2"]);
    });

    test("page by page, each asked for once", async () => {
        const slow = new Deferred();
        const { api, store } = await openStore(
            SPONSOR,
            answer([card(1, { children: 3 }), card(2)], { 1: { ids: [2], total: 3, next: 1 } }),
            slow
        );
        expect(keys(store)).toEqual(["n1", "n2", "m1"]);
        const done = store.more(1);
        store.more(1);
        expect(api.asked).toHaveLength(2);
        expect(api.asked[1].offset).toBe(1);
        slow.resolve(answer([card(3), card(4)], { 1: { ids: [3, 4], total: 3 } }));
        await done;
        expect(keys(store)).toEqual(["n1", "n2", "n3", "n4"]);
        expect(store.children[1].slots).toEqual([1, 1, 2]);
    });

    test("somebody shown ahead of the own page is not shown twice", async () => {
        const { store } = await openStore(
            SPONSOR,
            answer([card(1, { children: 3 }), card(9)], { 1: { ids: [9], total: 3, next: 0 } }),
            answer([card(2), card(3)], { 1: { ids: [2, 3], total: 3, next: 2 } }),
            answer([card(9)], { 1: { ids: [9], slots: [3], total: 3 } })
        );
        await store.more(1);
        expect(keys(store)).toEqual(["n1", "n9", "n2", "n3", "m1"]);
        await store.more(1);
        expect(keys(store)).toEqual(["n1", "n2", "n3", "n9"]);
        expect(store.children[1].slots).toEqual([1, 2, 3]);
    });

    test("a page that failed can be asked for again", async () => {
        const { store } = await openStore(
            SPONSOR,
            answer([TOP]),
            refusal("Busy"),
            answer([card(2), card(3)], { 1: { ids: [2, 3] } })
        );
        await store.toggle(1);
        expect(keys(store)).toEqual(["n1", "m1"]);
        expect(store.children[1].error).toBe("Busy");
        await store.more(1);
        expect(keys(store)).toEqual(["n1", "n2", "n3"]);
    });

    test("no spot is called free where the children could not be loaded", async () => {
        for (const info of [BINARY, MATRIX]) {
            const { store } = await openStore(info, answer([TOP], {}, CAN_PLACE), refusal("Busy"));
            await store.toggle(1);
            expect(keys(store)).toEqual(["n1", "m1"]);
        }
    });

    test("children of a tree that is shown no more are dropped", async () => {
        const slow = new Deferred();
        const { store } = await openStore(SPONSOR, answer([TOP]), slow, answer([card(5)]));
        const done = store.toggle(1);
        await store.open({ node: 5 });
        slow.resolve(answer([card(2)], { 1: { ids: [2] } }));
        await done;
        expect(keys(store)).toEqual(["n5"]);
        expect(store.cards[2]).toBe(undefined);
    });

    test("the children are loaded anew after somebody was placed", async () => {
        const { api, store } = await openStore(
            MATRIX,
            answer([TOP, card(2)], { 1: { ids: [2] } }),
            answer([card(2), card(3)], { 1: { ids: [2, 3] } })
        );
        await store.refresh(1);
        expect(api.asked[1].offset).toBe(0);
        expect(keys(store)).toEqual(["n1", "n2", "n3"]);
    });
});

describe("spots", () => {
    test("of a drawing: left and right, taken or free", async () => {
        const { store } = await openStore(
            BINARY,
            answer([card(1, { children: 1 }), card(2)], { 1: { ids: [2], slots: [2] } })
        );
        expect(store.spotsOf(1)).toEqual([
            { slot: 1, id: false },
            { slot: 2, id: 2 },
        ]);
        expect(keys(store)).toEqual(["n1", "e1-1", "n2"]);
        expect(store.rows[2]).toEqual({
            type: "node",
            key: "n2",
            id: 2,
            level: 2,
            position: 2,
            size: 2,
            parent: 1,
        });
    });

    test("of a list: the first that is free, where somebody can be placed", async () => {
        const below = { 1: { ids: [2, 3], slots: [1, 3] } };
        const cards = [card(1, { children: 2 }), card(2), card(3)];
        const { store } = await openStore(MATRIX, answer(cards, below, CAN_PLACE));
        expect(keys(store)).toEqual(["n1", "n2", "n3", "e1-2"]);
        const full = { 1: { ids: [2, 3], slots: [1, 3], total: 3 } };
        expect(keys((await openStore(MATRIX, answer(cards, full, CAN_PLACE))).store)).toEqual([
            "n1",
            "n2",
            "n3",
        ]);
        expect(keys((await openStore(MATRIX, answer(cards, below))).store)).toEqual([
            "n1",
            "n2",
            "n3",
        ]);
    });
});
