import { advanceTime, Deferred, describe, expect, test, tick } from "@odoo/hoot";
import { PlanStore } from "@mlm_plan/plan_editor/plan_store";
import { makeStore, PlanServer } from "./plan_kit";

const ERROR = { path: ["bonuses", 0, "params", "rate"], severity: "error", text: "Rate" };
const WARNING = { path: ["bonuses", 0], severity: "warning", text: "Bonus" };
const WRITTEN = { bonuses: [{ params: { rate: "much" } }] };

describe("reading", () => {
    test("a document that is none is unreadable", async () => {
        const { store } = await makeStore(null, { findings: [{ path: [], severity: "error" }] });
        expect(store.status).toBe("unreadable");
        expect(store.findings).toHaveLength(1);
        expect((await makeStore({})).store.status).toBe("ready");
    });

    test("the answer about an older document is not shown", async () => {
        const slow = new Deferred();
        const server = new PlanServer();
        const plain = server.call.bind(server);
        server.call = async (model, method, args) => {
            if (method === "read_plan_form") {
                await (args[0] === "old" ? slow : null);
                return { data: { name: args[0] }, findings: [] };
            }
            return plain(model, method, args);
        };
        const store = new PlanStore(
            server,
            () => {},
            () => {}
        );
        const first = store.load("old");
        await store.load("new");
        slow.resolve();
        await first;
        expect(store.data).toEqual({ name: "new" });
    });

    test("a value is found by its path, and none where there is none", async () => {
        const { store } = await makeStore({
            ranks: [{ code: "gold", pay: { rate: 0 } }],
            name: "X",
        });
        expect(store.get([])).toEqual(store.data);
        expect(store.get(["ranks", 0, "pay", "rate"])).toBe(0);
        expect(store.get(["ranks", 7, "pay", "rate"])).toBe(undefined);
        expect(store.get(["name", "es"])).toBe(undefined);
    });

    test("problems of a place, and of what is inside it", async () => {
        const { store } = await makeStore(WRITTEN, { findings: [ERROR, WARNING] });
        expect(store.problems(["bonuses", 0])).toEqual([WARNING]);
        expect(store.problems(["bonuses", "0"])).toEqual([WARNING]);
        expect(store.problems(["bonuses", 0], true)).toEqual([ERROR, WARNING]);
        expect(store.problems(["bonuses", 1], true)).toEqual([]);
        expect(store.problems(["bonuses", 0, "params", "rate", "cap"], true)).toEqual([]);
    });

    test("an error is worse than a warning", async () => {
        const { store } = await makeStore(WRITTEN, { findings: [WARNING, ERROR] });
        expect(store.worst(["bonuses"])).toBe("error");
        store.findings = [WARNING];
        expect(store.worst(["bonuses"])).toBe("warning");
        expect(store.worst(["ranks"])).toBe("");
    });

    test("what is missing is to do, and a mistake once somebody wrote there or went on", async () => {
        const path = ERROR.path;
        const { store } = await makeStore(
            { bonuses: [{ params: {} }] },
            { findings: [ERROR, WARNING] }
        );
        expect(store.problems(path)).toEqual([{ ...ERROR, severity: "todo" }]);
        expect(store.worst(path)).toBe("todo");
        expect(store.worst(["bonuses"])).toBe("warning");
        store.isTried = true;
        expect(store.problems(path)).toEqual([ERROR]);
        store.isTried = false;
        store.set(path, "");
        expect(store.worst(path)).toBe("error");
    });

    test("the name of an entry, in the language asked for where it has it", async () => {
        const { store } = await makeStore({});
        expect(store.name({ code: "a", name: { es: "Oro", en: "Gold" } })).toBe("Oro");
        expect(store.name({ code: "a", name: { en: "Gold" } })).toBe("Gold");
        expect(store.name({ code: "a", name: "Plata" })).toBe("Plata");
        expect(store.name({ code: "a" })).toBe("a");
        expect(store.name({}, "1")).toBe("1");
        expect(store.name("sponsor")).toBe("sponsor");
        store.form.lang = "en";
        expect(store.name({ code: "a", name: { es: "Oro", en: "Gold" } })).toBe("Gold");
    });

    test("entries of a list, of words and of a map", async () => {
        const { store } = await makeStore({
            ranks: [{ code: "gold", name: { es: "Oro" } }, "silver", {}],
            measures: { pv: {}, gv: {} },
        });
        expect(store.entries("ranks")).toEqual([
            { value: "gold", label: "Oro" },
            { value: "silver", label: "silver" },
            { value: "", label: "" },
        ]);
        expect(store.entries("measures").map((one) => one.value)).toEqual(["pv", "gv"]);
        expect(store.entries("packages")).toEqual([]);
    });

    test("trees of the kind that is asked for", async () => {
        const trees = ["sponsor", "binary", { code: "m3", name: "Matrix", kind: "matrix" }];
        const { store } = await makeStore({ trees });
        const values = (wanted) => store.trees(wanted).map((one) => one.value);
        expect(values("any")).toEqual(["sponsor", "binary", "m3"]);
        expect(values("placement")).toEqual(["binary"]);
        expect(values("matrix")).toEqual(["m3"]);
        expect(values("sponsor")).toEqual(["sponsor"]);
    });

    test("measures: of the plan, built in, and figures of its bonuses", async () => {
        const bonuses = [
            { code: "uni", name: "Levels", rule: "unilevel" },
            { code: "x", rule: "other" },
        ];
        const { store } = await makeStore({ measures: { legs: {} }, bonuses });
        expect(store.measures()).toEqual([
            { value: "legs", label: "legs" },
            { value: "own_pv", label: "Own points" },
            { value: "uni.paid", label: "Levels: Paid" },
        ]);
    });
});

describe("changing", () => {
    test("a value is set, with the containers on the way, and taken away", async () => {
        const { store } = await makeStore({});
        store.set(["ranks", 0, "pay", "rate"], 5);
        expect(store.data).toEqual({ ranks: [{ pay: { rate: 5 } }] });
        store.set(["ranks", 0, "pay", "rate"], undefined);
        expect(store.data).toEqual({ ranks: [{ pay: {} }] });
    });

    test("nothing is made to take a value away", async () => {
        const { store } = await makeStore({});
        store.set(["ranks", 0, "rate"], undefined);
        expect(store.data).toEqual({});
        expect(store.isDirty).toBe(false);
    });

    test("a bare word becomes an entry with that code", async () => {
        const { store } = await makeStore({ ranks: ["gold"] });
        store.set(["ranks", 0, "name"], "Oro");
        expect(store.data.ranks).toEqual([{ code: "gold", name: "Oro" }]);
    });

    test("entries are added, moved and removed", async () => {
        const { store } = await makeStore({});
        for (const code of ["a", "b", "c"]) {
            store.insert(["ranks"], { code });
        }
        const codes = () => store.data.ranks.map((one) => one.code).join("");
        store.move(["ranks", 2], -1);
        expect(codes()).toBe("acb");
        store.move(["ranks", 0], 1);
        expect(codes()).toBe("cab");
        store.remove(["ranks", 1]);
        expect(codes()).toBe("cb");
    });

    test("the first moves no further up, the last no further down", async () => {
        const { store } = await makeStore({ ranks: ["a", "b"] });
        store.move(["ranks", 0], -1);
        store.move(["ranks", 1], 1);
        expect(store.data.ranks).toEqual(["a", "b"]);
        expect(store.changes).toBe(0);
    });

    test("an entry of a map is removed by its code", async () => {
        const { store } = await makeStore({ measures: { pv: {}, gv: {} } });
        store.remove(["measures", "pv"]);
        expect(store.data).toEqual({ measures: { gv: {} } });
    });

    test("another code keeps the place in the map", async () => {
        const { store } = await makeStore({ measures: { a: { of: 1 }, b: {} } });
        expect(store.rename(["measures"], "a", "z")).toBe(true);
        expect(Object.entries(store.data.measures)).toEqual([
            ["z", { of: 1 }],
            ["b", {}],
        ]);
    });

    test("a code that is taken or empty is refused", async () => {
        const { store } = await makeStore({ measures: { a: { of: 1 }, b: {} } });
        expect(store.rename(["measures"], "a", "b")).toBe(false);
        expect(store.rename(["measures"], "a", "")).toBe(false);
        expect(Object.keys(store.data.measures)).toEqual(["a", "b"]);
        expect(store.rename(["measures"], "a", "constructor")).toBe(true);
    });

    test("a new code is one that is not taken", async () => {
        const { store } = await makeStore({ ranks: ["rank", "rank_2"] });
        expect(store.unique("ranks", "gold")).toBe("gold");
        expect(store.unique("ranks", "rank")).toBe("rank_3");
    });
});

describe("taking over", () => {
    const steps = {
        onText: (text) => expect.step(text),
        onDirty: (isDirty) => expect.step(isDirty ? "dirty" : "clean"),
    };

    test("changes that follow one another are sent together, once", async () => {
        const { server, store } = await makeStore({}, steps);
        store.set(["name"], "A");
        await advanceTime(200);
        store.set(["name"], "AB");
        await advanceTime(200);
        expect(server.calls).toHaveLength(0);
        expect(store.isDirty).toBe(true);
        await advanceTime(100);
        expect(server.calls).toEqual([
            { method: "write_plan_form", text: "text 0", data: { name: "AB" } },
        ]);
        expect(store.text).toBe("text 1");
        expect(store.isDirty).toBe(false);
        expect.verifySteps(["dirty", "dirty", "text 1", "clean"]);
    });

    test("nothing is sent where nothing has changed", async () => {
        const { server, store } = await makeStore({}, steps);
        await store.commit();
        expect(server.calls).toHaveLength(0);
        expect.verifySteps([]);
    });

    test("what the server says is shown, unless it speaks of older data", async () => {
        const { server, store } = await makeStore({});
        const answers = [new Deferred(), new Deferred()];
        server.write = (number) => answers[number - 1];
        store.set(["name"], "A");
        const done = store.commit();
        await tick();
        store.set(["name"], "B");
        answers[0].resolve({ text: "text 1", findings: [ERROR] });
        await done;
        expect(store.findings).toEqual([]);
        answers[1].resolve({ text: "text 2", findings: [WARNING] });
        await store.commit();
        expect(store.findings).toEqual([WARNING]);
        expect(server.calls[1]).toEqual({
            method: "write_plan_form",
            text: "text 1",
            data: { name: "B" },
        });
    });

    test("who saves waits for what another has begun to send meanwhile", async () => {
        const { server, store } = await makeStore({}, steps);
        const answers = [new Deferred(), new Deferred()];
        server.write = (number) => answers[number - 1];
        store.set(["name"], "A");
        store.commit();
        await tick();
        store.set(["name"], "B");
        store.commit();
        store.commit().then(() => expect.step("saved"));
        answers[0].resolve({ text: "text 1", findings: [] });
        await tick();
        expect.verifySteps(["dirty", "dirty", "text 1", "dirty"]);
        answers[1].resolve({ text: "text 2", findings: [] });
        await tick();
        expect.verifySteps(["text 2", "clean", "saved"]);
    });

    test("a change that the server did not take is sent again", async () => {
        const { server, store } = await makeStore({}, steps);
        server.write = () => Promise.reject(new Error("no connection"));
        store.set(["name"], "A");
        await expect(store.commit()).rejects.toThrow("no connection");
        expect(store.isDirty).toBe(true);
        await expect(store.commit()).rejects.toThrow("no connection");
        delete server.write;
        await store.commit();
        expect(server.calls).toHaveLength(3);
        expect(server.calls[2].data).toEqual({ name: "A" });
        expect(store.isDirty).toBe(false);
        expect.verifySteps(["dirty", "dirty", "dirty", "text 3", "clean"]);
    });

    test("a document of the record is foreign unless it is ours, on its way", async () => {
        const { server, store } = await makeStore({});
        expect(store.isForeign("text 0")).toBe(false);
        expect(store.isForeign("other")).toBe(true);
        store.set(["name"], "A");
        await store.commit();
        store.set(["name"], "B");
        await store.commit();
        expect(server.calls).toHaveLength(2);
        // undone: an earlier one of ours, and nothing is on its way
        expect(store.isForeign("text 1")).toBe(true);
        store.set(["name"], "C");
        expect(store.isForeign("text 1")).toBe(false);
        expect(store.isForeign("text 0")).toBe(true);
    });
});
