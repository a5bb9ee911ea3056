import { animationFrame, Deferred, destroy, expect, runAllTimers, test } from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { useServiceProtectMethodHandling } from "@web/core/utils/hooks";
import { CheckProgress } from "@mlm_genealogy/check_progress/check_progress";

class Check extends models.Model {
    _name = "mlm.check";
    name = fields.Char();
    state = fields.Selection({
        selection: [
            ["running", "Running"],
            ["done", "Done"],
        ],
    });
    progress = fields.Integer();
    _records = [
        { id: 1, name: "Check", state: "running", progress: 0 },
        { id: 2, name: "Old", state: "done", progress: 100 },
    ];
}

defineMailModels();
defineModels([Check]);

/** Mount a check of `laws` laws; `gate` holds the first of them back. */
async function mountCheck(resId, { laws = 3, gate = null } = {}) {
    let done = 0;
    onRpc("mlm.check", "run_next", async function ({ args }) {
        expect.step(`law ${++done} of ${args[0]}`);
        await gate;
        const state = done === laws ? "done" : "running";
        this.env["mlm.check"].write(args[0], { progress: Math.floor((100 * done) / laws), state });
        return true;
    });
    return mountView({
        type: "form",
        resModel: "mlm.check",
        resId,
        arch: `<form><field name="name"/><widget name="mlm_check_progress"/></form>`,
    });
}

async function settle() {
    for (let turn = 0; turn < 10; turn++) {
        await runAllTimers();
        await animationFrame();
    }
}

test("law by law, one after the other, until the check is done", async () => {
    await mountCheck(1);
    await settle();
    expect.verifySteps(["law 1 of 1", "law 2 of 1", "law 3 of 1"]);
    expect("[role=progressbar]").toHaveCount(0);
});

test("how far it is", async () => {
    const gate = new Deferred();
    onRpc("mlm.check", "web_read", () => [
        { id: 1, name: "Check", state: "running", progress: 40 },
    ]);
    await mountCheck(1, { gate });
    await settle();
    expect.verifySteps(["law 1 of 1"]);
    expect("[role=progressbar]").toHaveAttribute("aria-valuenow", "40");
    expect(".progress-bar").toHaveText("40 %");
});

test("a check that is done runs nothing", async () => {
    await mountCheck(2);
    await settle();
    expect.verifySteps([]);
    expect("[role=status]").toHaveCount(0);
});

test("whoever leaves the page stops after the present law", async () => {
    const gate = new Deferred();
    const view = await mountCheck(1, { gate });
    expect.verifySteps(["law 1 of 1"]);
    destroy(view);
    gate.resolve();
    await settle();
    expect.verifySteps([]);
});

test("… and asks for no other when it is left while the check is read again", async () => {
    // what would be an error on the page
    patchWithCleanup(useServiceProtectMethodHandling, {
        fn() {
            expect.step("asked");
            return new Deferred();
        },
    });
    onRpc("mlm.check", "run_next", () => true);
    const reading = new Deferred();
    const load = () => {
        expect.step("read");
        return reading;
    };
    const record = { resId: 1, data: { state: "running" }, load };
    const component = await mountWithCleanup(CheckProgress, { props: { record } });
    await animationFrame();
    expect.verifySteps(["read"]);
    destroy(component);
    reading.resolve();
    await animationFrame();
    expect.verifySteps([]);
});
