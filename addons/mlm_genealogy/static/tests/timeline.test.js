import { animationFrame, Deferred, expect, mockTimeZone, queryAllTexts, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Distributor extends models.Model {
    _name = "mlm.distributor";
    name = fields.Char();
    _records = [
        { id: 1, name: "Ana" },
        { id: 2, name: "Beto" },
    ];
}

defineMailModels();
defineModels([Distributor]);
defineParams({ lang_parameters: { date_format: "%d/%m/%Y", time_format: "%H:%M:%S" } });

const KINDS = [
    { kind: "enrolled", label: "Enrolled", count: 1 },
    { kind: "moved", label: "Moved", count: 2 },
];

function event(id, values = {}) {
    return {
        id,
        kind: "enrolled",
        label: `Event ${id}`,
        summary: "",
        author: "Admin",
        effective: "2026-03-01 15:00:00",
        recorded: "2026-03-01 15:00:00",
        effects: [],
        effect_count: 0,
        ...values,
    };
}

function page(events, total = events.length) {
    return { events, kinds: KINDS, total };
}

/** Mount the timeline of Ana; `asked` is what it asked the server. */
async function mountTimeline(found = page([event(1)])) {
    mockTimeZone("America/Bogota");
    const asked = [];
    onRpc("mlm.distributor", "get_timeline", ({ args, kwargs }) => {
        asked.push({ id: args[0][0], kinds: kwargs.kinds, limit: kwargs.limit });
        return typeof found === "function" ? found(asked.length) : found;
    });
    await mountView({
        type: "form",
        resModel: "mlm.distributor",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="name"/><widget name="mlm_timeline"/></form>`,
    });
    return asked;
}

test("events with icon and colour of their kind; an unknown kind has some, too", async () => {
    await mountTimeline(
        page([event(1), event(2, { kind: "terminated" }), event(3, { kind: "unheard" })])
    );
    expect("[data-kind=enrolled] .fa-user-plus").toHaveCount(1);
    expect("[data-kind=enrolled] .text-bg-success").toHaveCount(1);
    expect("[data-kind=terminated] .text-bg-danger").toHaveCount(1);
    expect("[data-kind=unheard] .text-bg-secondary .fa-circle").toHaveCount(1);
});

test("moments without seconds, in the time of the reader", async () => {
    await mountTimeline();
    expect("time").toHaveText("01/03/2026 10:00");
});

test("recorded on another day than it took effect: worth a word", async () => {
    await mountTimeline(
        page([
            event(1, { recorded: "2026-03-02 14:59:59" }),
            event(2, { recorded: "2026-03-02 15:00:00" }),
            event(3, { effective: "2026-03-09 15:00:00" }),
        ])
    );
    const late = "recorded 02/03/2026 10:00";
    expect(queryAllTexts(".o_mlm_event").map((text) => text.includes("recorded"))).toEqual([
        false,
        true,
        true,
    ]);
    expect(".o_mlm_event:eq(1)").toHaveText(new RegExp(late));
});

test("kinds are chosen and left", async () => {
    const asked = await mountTimeline();
    await contains("button[data-kind=moved]").click();
    expect("button[data-kind=moved]").toHaveAttribute("aria-pressed", "true");
    await contains("button[data-kind=enrolled]").click();
    await contains("button[data-kind=moved]").click();
    expect(asked.map((one) => one.kinds)).toEqual([
        [],
        ["moved"],
        ["moved", "enrolled"],
        ["enrolled"],
    ]);
});

test("of two choices the later one counts, whichever is answered first", async () => {
    const answers = [page([event(1)]), new Deferred(), new Deferred()];
    await mountTimeline((number) => answers[number - 1]);
    await contains("button[data-kind=moved]").click();
    await contains("button[data-kind=enrolled]").click();
    answers[2].resolve(page([event(3)]));
    await animationFrame();
    answers[1].resolve(page([event(2)]));
    await animationFrame();
    expect(queryAllTexts(".o_mlm_event a")).toEqual(["Event 3"]);
});

test("more are shown, up to what one can read", async () => {
    const asked = await mountTimeline(page([event(1)], 1000));
    const more = "[name=timeline_more]";
    while (document.querySelector(more) || asked.length < 2) {
        await contains(more).click();
    }
    expect(asked.map((one) => one.limit)).toEqual([20, 60, 100, 140, 180, 200]);
});

test("all shown: nothing more", async () => {
    await mountTimeline();
    expect("[name=timeline_more]").toHaveCount(0);
});

test("another person begins without a choice", async () => {
    const asked = await mountTimeline(page([event(1)], 1000));
    await contains("[name=timeline_more]").click();
    await contains("button[data-kind=moved]").click();
    await contains(".o_pager_next").click();
    expect(asked[asked.length - 1]).toEqual({ id: 2, kinds: [], limit: 20 });
});

test("what it brought about, as far as it is listed", async () => {
    const effects = [{ id: 9, who: "Beto", label: "Moved", summary: "Left" }];
    await mountTimeline(page([event(1, { effects, effect_count: 3 })]));
    expect(queryAllTexts(".o_mlm_event_effects li")).toEqual(["Beto · Moved · Left", "… +2"]);
});

test("an event opens its form", async () => {
    await mountTimeline();
    mockService("action", {
        doAction: (action) => expect.step(`${action.res_model} ${action.res_id}`),
    });
    await contains(".o_mlm_event a").click();
    expect.verifySteps(["mlm.genealogy.event 1"]);
});
