import { animationFrame, expect, fill, test } from "@odoo/hoot";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { Component, useState, xml } from "@odoo/owl";
import { PlanInput } from "@mlm_plan/plan_editor/plan_input";

defineMailModels();

class Parent extends Component {
    static components = { PlanInput };
    static props = { rows: { type: Number, optional: true } };
    static template = xml`
        <span t-out="state.drawn"/>
        <PlanInput value="state.value" rows="props.rows" attrs="{ 'data-drawn': state.drawn }"
            change="(ev) => this.onChange(ev)"/>`;

    setup() {
        this.state = useState({ value: "1", drawn: 0 });
    }

    onChange(ev) {
        expect.step(ev.target.value);
    }
}

for (const [tag, props] of [
    ["input", {}],
    ["textarea", { rows: 3 }],
]) {
    test(`${tag}: what is being written stays when the screen is drawn again`, async () => {
        const parent = await mountWithCleanup(Parent, { props });
        expect(tag).toHaveValue("1");
        await contains(tag).focus();
        await fill("7");
        parent.state.drawn++;
        await animationFrame();
        expect(tag).toHaveAttribute("data-drawn", "1");
        expect(tag).toHaveValue(/7/);
    });

    test(`${tag}: another value of the document is taken`, async () => {
        const parent = await mountWithCleanup(Parent, { props });
        await contains(tag).focus();
        await fill("7");
        parent.state.value = "2";
        await animationFrame();
        expect(tag).toHaveValue("2");
    });
}

test("a change is told when the input is left", async () => {
    await mountWithCleanup(Parent);
    await contains("input").edit("5", { confirm: false });
    expect.verifySteps([]);
    await contains("span").click();
    expect.verifySteps(["5"]);
});
