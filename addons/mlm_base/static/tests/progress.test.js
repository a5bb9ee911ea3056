import { advanceTime, animationFrame, destroy, expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { WorkProgress } from "@mlm_base/progress/progress";

class Work extends models.Model {
    _name = "mlm.work";
    name = fields.Char();
    state = fields.Selection({
        selection: [
            ["draft", "Draft"],
            ["computing", "Computing"],
            ["posting", "Posting"],
            ["done", "Done"],
        ],
    });
    progress_stage = fields.Char();
    progress_done = fields.Integer();
    progress_left = fields.Char();
}

defineMailModels();
defineModels([Work]);

/** Mount a form of work in a state; each reading of it is a step. */
async function mountWork(state, values = {}) {
    Work._records = [
        { id: 1, name: "Work", state, progress_stage: "Points", progress_done: 40, ...values },
    ];
    const view = await mountView({
        type: "form",
        resModel: "mlm.work",
        resId: 1,
        arch: `<form>
            <field name="name"/><widget name="mlm_progress" working="computing,posting"/>
        </form>`,
    });
    onRpc("mlm.work", "web_read", () => expect.step("read"));
    return view;
}

async function wait(milliseconds) {
    await advanceTime(milliseconds);
    await animationFrame();
}

test("how far the work is, and at what", async () => {
    await mountWork("posting");
    expect("[role=progressbar]").toHaveAttribute("aria-valuenow", "40");
    expect(".progress-bar").toHaveText("40 %");
    expect(".progress-bar").toHaveAttribute("style", /width: 40%/);
    expect("[role=status]").toHaveText(/Points$/);
});

test("how long it takes, where that is known", async () => {
    await mountWork("posting", { progress_left: "about 2 min left" });
    expect("[role=status]").toHaveText(/Points\s+about 2 min left$/);
});

test("no stage yet, nothing done yet", async () => {
    await mountWork("computing", { progress_stage: false, progress_done: 0 });
    expect("[role=progressbar]").toHaveAttribute("aria-valuenow", "0");
    expect("[role=status] > span").toHaveCount(1);
});

test("read again every two seconds, until the work has ended", async () => {
    await mountWork("computing");
    await wait(1900);
    expect.verifySteps([]);
    await wait(100);
    expect.verifySteps(["read"]);
    MockServer.env["mlm.work"].write(1, { progress_done: 90 });
    await wait(2000);
    expect(".progress-bar").toHaveText("90 %");
    MockServer.env["mlm.work"].write(1, { state: "done" });
    await wait(2000);
    expect.verifySteps(["read", "read"]);
    expect("[role=status]").toHaveCount(0);
    await wait(10000);
    expect.verifySteps([]);
});

test("nothing is read where nothing is worked on", async () => {
    await mountWork("draft");
    expect("[role=status]").toHaveCount(0);
    await wait(10000);
    expect.verifySteps([]);
});

test("what somebody is writing is not overwritten", async () => {
    await mountWork("computing");
    await contains("[name=name] input").edit("Other");
    await wait(10000);
    expect.verifySteps([]);
    expect("[name=name] input").toHaveValue("Other");
});

test("the clock stops once the form is left", async () => {
    patchWithCleanup(WorkProgress.prototype, { refresh: () => expect.step("refresh") });
    const view = await mountWork("computing");
    await wait(2000);
    expect.verifySteps(["refresh"]);
    destroy(view);
    await wait(10000);
    expect.verifySteps([]);
});
