import {
    advanceTime,
    animationFrame,
    Deferred,
    expect,
    freezeTime,
    press,
    queryAll,
    queryAllAttributes,
    queryAllTexts,
    queryFirst,
    test,
} from "@odoo/hoot";
import { Component, xml } from "@odoo/owl";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { useServiceProtectMethodHandling } from "@web/core/utils/hooks";
import { WebClient } from "@web/webclient/webclient";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

defineMailModels();

const MINUTE = 60000;
const CLOSE = { label: "Close it", model: "mlm.period", method: "action_close", ids: [4] };
const PREVIEW = { label: "Preview", model: "mlm.period", method: "action_preview", ids: [4] };

function card(values = {}) {
    return {
        code: "one",
        title: "Applications",
        text: "Somebody waits.",
        tone: "warning",
        icon: "fa-user-plus",
        waits: true,
        count: 3,
        open: { action: "mlm.action_people", domain: [["state", "=", "waiting"]] },
        ...values,
    };
}

function board(values = {}) {
    return { date: "Monday", cards: [card()], finds_people: false, starts: [], ...values };
}

/**
 * Open the board of a room. `answers` are boards, or promises of them, one for each reading; the
 * last is given again and again.
 */
async function openBoard(answers = [board()], params = {}) {
    answers = [...answers];
    onRpc("mlm.today", "get_board", ({ args }) => {
        expect.step(`read ${args[0]}`);
        return answers.length > 1 ? answers.shift() : answers[0];
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "mlm_base.today",
        params,
    });
    await animationFrame();
    expect.verifySteps([`read ${params.room || "network"}`]);
}

/** Leave the page to `hidden`, or come back to it. */
async function look(hidden) {
    patchWithCleanup(document, {
        get hidden() {
            return hidden;
        },
    });
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
}

/** What the action service was asked to open. */
function watchActions() {
    const opened = [];
    patchWithCleanup(getService("action"), {
        doAction: (action, options) => opened.push({ action, options }),
        loadAction: async (action) => ({
            type: "ir.actions.act_window",
            id: 7,
            name: action,
            context: "{'search_default_mine': 1, 'default_kind': 'vip'}",
        }),
    });
    return opened;
}

// -- what is there -----------------------------------------------------------

test("the cards of the room", async () => {
    const cost = card({ code: "two", title: "Cost", count: 0, amount: "$ 5" });
    await openBoard([board({ cards: [card(), cost] })], { room: "commissions" });
    expect(queryAllTexts(".o_mlm_today_title .btn")).toEqual(["Applications", "Cost"]);
    expect(queryAllTexts(".o_mlm_today_count")).toEqual(["3", "$ 5"]);
    expect(".o_mlm_today_none").toHaveCount(0);
    expect("[data-card=one]").toHaveClass("o_mlm_today_warning");
});

test("nothing waits where there is only something to know", async () => {
    await openBoard([board({ cards: [card({ waits: false })] })]);
    expect(".o_mlm_today_none").toHaveCount(1);
    expect(".o_mlm_today_card").toHaveCount(1);
});

test("a card opens its list with no filter but its own", async () => {
    await openBoard();
    const opened = watchActions();
    await contains(".o_mlm_today_title .btn").click();
    expect(opened).toHaveLength(1);
    const { domain, context, name } = opened[0].action;
    expect(domain).toEqual([["state", "=", "waiting"]]);
    expect(context).toEqual({ default_kind: "vip" });
    expect(name).toBe("mlm.action_people");
});

test("a list has the name of its card where that has one, and a form opens by its id", async () => {
    const named = { action: "mlm.action_people", domain: [], name: "Late" };
    const button = { label: "Answer", open: { model: "mlm.application", id: 9 } };
    await openBoard([board({ cards: [card({ open: named, button })] })]);
    const opened = watchActions();
    await contains(".o_mlm_today_title .btn").click();
    expect(opened[0].action.name).toBe("Late");
    expect(opened[0].action.display_name).toBe("Late");
    await contains(".o_mlm_today_step .btn").click();
    expect(opened[1].action).toEqual({
        type: "ir.actions.act_window",
        res_model: "mlm.application",
        res_id: 9,
        views: [[false, "form"]],
    });
});

// -- pressing ----------------------------------------------------------------

test("a step is taken at once where nothing is asked before, and the board read again", async () => {
    const [before, after] = [card({ button: PREVIEW }), card({ title: "Done" })];
    await openBoard([board({ cards: [before] }), board({ cards: [after] })]);
    onRpc("mlm.period", "action_preview", ({ args }) => {
        expect.step(`preview ${args[0]}`);
        return false;
    });
    await contains(".o_mlm_today_step .btn").click();
    await animationFrame();
    expect.verifySteps(["preview 4", "read network"]);
    expect(".o_mlm_today_title").toHaveText(/Done/);
});

test("pressed twice is pressed once", async () => {
    const gate = new Deferred();
    await openBoard([board({ cards: [card({ button: PREVIEW })] })]);
    onRpc("mlm.period", "action_preview", async () => {
        expect.step("preview");
        await gate;
        return false;
    });
    const button = queryFirst(".o_mlm_today_step .btn");
    button.click();
    button.click();
    await animationFrame();
    expect.verifySteps(["preview"]);
    expect(button).not.toBeEnabled();
    gate.resolve();
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["read network"]);
    expect(".o_mlm_today_step .btn").toBeEnabled();
});

test("a question comes first where there is one: no leaves all as it is", async () => {
    const button = { ...CLOSE, confirm: "No more volume?" };
    await openBoard([board({ cards: [card({ button })] })]);
    onRpc("mlm.period", "action_close", () => expect.step("close"));
    await contains(".o_mlm_today_step .btn").click();
    expect(".modal-body").toHaveText("No more volume?");
    expect.verifySteps([]);
    await contains(".modal-footer .btn-secondary").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([]);
});

test("… and yes, on the button with the name of the step, takes it", async () => {
    const button = { ...CLOSE, confirm: "No more volume?" };
    await openBoard([board({ cards: [card({ button })] })]);
    onRpc("mlm.period", "action_close", ({ args, kwargs }) => {
        expect.step(`close ${args[0]} in ${kwargs.context.allowed_company_ids}`);
        return false;
    });
    await contains(".o_mlm_today_step .btn").click();
    expect(".modal-footer .btn-primary").toHaveText("Close it");
    await contains(".modal-footer .btn-primary").click();
    await animationFrame();
    expect.verifySteps(["close 4 in 1", "read network"]);
    expect(".modal").toHaveCount(0);
});

test("a start opens its window, and the board is read when that closes", async () => {
    const start = { label: "Enrol", action: "mlm.enrol", context: { default_kind: "vip" } };
    await openBoard([board({ starts: [start] })]);
    const opened = watchActions();
    await contains(".o_mlm_today_head .btn").click();
    expect(opened[0].action).toBe("mlm.enrol");
    expect(opened[0].options.additionalContext).toEqual({ default_kind: "vip" });
    expect.verifySteps([]);
    opened[0].options.onClose();
    await animationFrame();
    expect.verifySteps(["read network"]);
});

test("who comes too late is told, and sees how it stands", async () => {
    expect.errors(1);
    const [before, after] = [card({ button: PREVIEW }), card({ title: "Done" })];
    await openBoard([board({ cards: [before] }), board({ cards: [after] })]);
    onRpc("mlm.period", "action_preview", () => {
        throw new Error("somebody else has closed it");
    });
    await contains(".o_mlm_today_step .btn").click();
    await animationFrame();
    await animationFrame();
    expect.verifyErrors(["RPC_ERROR"]);
    expect.verifySteps(["read network"]);
    expect(".o_mlm_today_title").toHaveText(/Done/);
});

// -- reading again -----------------------------------------------------------

test("who comes back after more than a minute sees the board as it is now", async () => {
    await openBoard([board(), board({ cards: [card({ count: 4 })] })]);
    await look(true);
    await advanceTime(MINUTE + 1000);
    expect.verifySteps([]);
    await look(true);
    expect.verifySteps([]);
    await look(false);
    expect.verifySteps(["read network"]);
    expect(".o_mlm_today_count").toHaveText("4");
});

test("who comes back at once sees what was read", async () => {
    await openBoard();
    freezeTime(); // however busy the machine is
    await look(true);
    await advanceTime(MINUTE - 5000);
    await look(false);
    expect.verifySteps([]);
});

test("coming back from another window counts, and is one reading with the tab's", async () => {
    await openBoard();
    await advanceTime(MINUTE + 1000);
    window.dispatchEvent(new Event("focus"));
    await look(false);
    expect.verifySteps(["read network"]);
    await advanceTime(MINUTE + 1000);
    window.dispatchEvent(new Event("focus"));
    await animationFrame();
    expect.verifySteps(["read network"]);
});

test("of two readings the later one counts, whichever is answered first", async () => {
    const [slow, quick] = [new Deferred(), new Deferred()];
    await openBoard([board(), slow, quick]);
    await advanceTime(MINUTE + 1000);
    await look(false);
    await advanceTime(MINUTE + 1000);
    await look(false);
    expect.verifySteps(["read network", "read network"]);
    quick.resolve(board({ cards: [card({ count: 5 })] }));
    await animationFrame();
    slow.resolve(board({ cards: [card({ count: 4 })] }));
    await animationFrame();
    expect(".o_mlm_today_count").toHaveText("5");
});

test("a board that is left is not read any more", async () => {
    class Other extends Component {
        static template = xml`<div class="o_other" />`;
        static props = ["*"];
    }
    registry.category("actions").add("mlm.other", Other);
    // what would be an error on the page
    patchWithCleanup(useServiceProtectMethodHandling, {
        fn() {
            expect.step("asked");
            return new Deferred();
        },
    });
    await openBoard();
    await getService("action").doAction({ type: "ir.actions.client", tag: "mlm.other" });
    await animationFrame();
    expect(".o_other").toHaveCount(1);
    await advanceTime(MINUTE + 1000);
    await look(false);
    expect.verifySteps([]);
});

// -- figures -----------------------------------------------------------------

const METER = { label: "Of CV", text: "50 %", value: 50, limit: 0 };

async function openFigures(values) {
    await openBoard([board({ cards: [card({ facts: [{ label: "PV", value: "7" }], ...values })] })]);
}

test("meters: without a limit of a hundred, with one of a third more than it", async () => {
    const labels = ["none", "at", "over", "far", "below"];
    const figures = [
        [50, 0],
        [40, 40],
        [41, 40],
        [900, 40],
        [-3, 40],
    ];
    const meters = figures.map(([value, limit], index) => ({
        ...METER,
        value,
        limit,
        label: labels[index],
    }));
    await openFigures({ meters });
    const widths = [...queryAll(".progress-bar")].map((bar) => parseFloat(bar.style.width));
    expect(widths).toEqual([50, 75, 76.875, 100, 0]);
    const over = (name) => `[role=meter][aria-label=${name}] .progress-bar.bg-danger`;
    expect(labels.filter((name) => queryAll(over(name)).length)).toEqual(["over", "far"]);
    expect(".o_mlm_today_meters .text-danger").toHaveCount(2);
    expect(".o_mlm_today_limit").toHaveCount(4);
    expect(queryAllAttributes("[role=meter]", "aria-valuenow")).toEqual(
        figures.map(([value]) => `${value}`)
    );
});

/** Heights of the bars of these values, as parts of the highest. */
async function heights(...values) {
    const bars = values.map((value) => ({ label: "1", text: `${value}`, value }));
    await openFigures({ trend: { label: "Trend", bars } });
    const parts = [...queryAll(".o_mlm_today_bar")].map((bar) => bar.getAttribute("style"));
    return parts.map((style) => Number(/calc\(([\d.]+) \*/.exec(style)[1]));
}

test("the highest bar is as high as there is room, the others in proportion", async () => {
    expect(await heights(20, 40, 10)).toEqual([0.5, 1, 0.25]);
});

test("… also where all are small", async () => {
    expect(await heights(0.2, 0.4)).toEqual([0.5, 1]);
});

test("a bar of nothing, or less, can be seen", async () => {
    expect(await heights(0, 40, -8)).toEqual([0.05, 1, 0.05]);
});

test("bars of nothing at all", async () => {
    expect(await heights(0, 0)).toEqual([0.05, 0.05]);
});

// -- who calls ---------------------------------------------------------------

function person(id, name, values = {}) {
    return { id, name, details: `P${id}`, notes: [], orders: [], ...values };
}

/** Open a board with the search; `answers` by what is looked for. */
async function openSearch(answers) {
    onRpc("mlm.today", "find_people", ({ args }) => {
        expect.step(`find ${args[0]}`);
        return answers[args[0]]?.();
    });
    await openBoard([board({ finds_people: true })]);
}

async function find(text) {
    await contains("[type=search]").edit(text, { confirm: false });
    await advanceTime(250);
    await animationFrame();
}

const names = () => queryAllTexts(".o_mlm_today_found > li .fw-bold");

test("people are found once nobody writes any more, without blanks around", async () => {
    await openSearch({ ana: () => [person(1, "Ana", { notes: [{ text: "Late", tone: "info" }] })] });
    freezeTime(); // however busy the machine is
    await contains("[type=search]").edit(" an", { confirm: false });
    await advanceTime(200);
    await contains("[type=search]").edit(" ana ", { confirm: false });
    expect.verifySteps([]);
    await advanceTime(250);
    await animationFrame();
    expect.verifySteps(["find ana"]);
    expect(names()).toEqual(["Ana"]);
    expect(".o_mlm_today_notes .text-info").toHaveText("Late");
});

test("nobody is found, and an empty text asks nothing", async () => {
    await openSearch({ x: () => [] });
    await find("x");
    expect(".o_mlm_today_people p").toHaveCount(1);
    await find("  ");
    expect(".o_mlm_today_people p").toHaveCount(0);
    expect.verifySteps(["find x"]);
});

test("a search that failed says so and shows nobody; the next one works", async () => {
    expect.errors(1);
    await openSearch({
        ana: () => [person(1, "Ana")],
        bea: () => {
            throw new Error("offline");
        },
        eva: () => [person(3, "Eva")],
    });
    await find("ana");
    await find("bea");
    await animationFrame();
    expect.verifyErrors(["RPC_ERROR"]);
    expect(".o_error_dialog").toHaveCount(1);
    expect(names()).toEqual([]);
    expect(".o_mlm_today_people p").toHaveCount(0);
    await contains(".o_error_dialog .btn-primary").click();
    await find("eva");
    expect(names()).toEqual(["Eva"]);
    expect.verifySteps(["find ana", "find bea", "find eva"]);
});

test("of two searches the later one counts, and the earlier does not fail any more", async () => {
    const answers = { an: new Deferred(), ana: new Deferred() };
    await openSearch({ an: () => answers.an, ana: () => answers.ana });
    await find("an");
    await find("ana");
    answers.ana.resolve([person(1, "Ana")]);
    await animationFrame();
    answers.an.resolve([person(2, "Anabel")]);
    await animationFrame();
    expect(names()).toEqual(["Ana"]);
    expect.verifySteps(["find an", "find ana"]);
});

test("what is still on its way does not come back to an emptied search", async () => {
    const slow = new Deferred();
    await openSearch({ ana: () => slow });
    await find("ana");
    await find("");
    slow.resolve([person(1, "Ana")]);
    await animationFrame();
    expect(names()).toEqual([]);
    expect.verifySteps(["find ana"]);
});

test("by keyboard: from the search to the person, and to an order of theirs", async () => {
    const orders = [{ id: 31, name: "S00031", text: "not paid" }];
    await openSearch({ ana: () => [person(1, "Ana", { orders })] });
    await contains("[type=search]").focus();
    await find("ana");
    const opened = watchActions();
    await press("Tab");
    expect(".o_mlm_today_found .fw-bold").toBeFocused();
    await press("Enter");
    await press("Tab");
    await press("Enter");
    await animationFrame();
    expect(opened.map(({ action }) => [action.res_model, action.res_id])).toEqual([
        ["mlm.distributor", 1],
        ["sale.order", 31],
    ]);
    expect.verifySteps(["find ana"]);
});
