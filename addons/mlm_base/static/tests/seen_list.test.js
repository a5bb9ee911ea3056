import { expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Asked extends models.Model {
    _name = "mlm.asked.one";
    amount = fields.Integer();
    seen = fields.Char();
    _records = [
        { id: 1, amount: 10, seen: "a" },
        { id: 2, amount: 20, seen: "b" },
        { id: 3, amount: 30, seen: "c" },
    ];
}

defineMailModels();
defineModels([Asked]);

async function mountAsked(values = {}) {
    onRpc("mlm.asked.one", "action_approve", ({ args, kwargs }) => {
        expect.step([args[0], kwargs.context.mlm_seen]);
        return false;
    });
    await mountView({
        type: "list",
        resModel: "mlm.asked.one",
        arch: `<list js_class="mlm_seen_list">
            <header><button name="action_approve" type="object" string="Approve"/></header>
            <field name="seen" column_invisible="1"/><field name="amount"/></list>`,
        ...values,
    });
}

test("buttons above the list bring what the screen shows of the chosen records", async () => {
    await mountAsked();
    await contains("tbody tr:eq(0) input").check();
    await contains("tbody tr:eq(2) input").check();
    // changed by somebody else: the screen does not know
    MockServer.env["mlm.asked.one"].write([3], { seen: "d" });
    await contains("button[name=action_approve]").click();
    expect.verifySteps([[[1, 3], [[1, "a"], [3, "c"]]]]);
});

test("groups are no other records", async () => {
    await mountAsked({ groupBy: ["amount"] });
    await contains(".o_group_header:eq(1)").click();
    await contains(".o_data_row input").check();
    await contains("button[name=action_approve]").click();
    expect.verifySteps([[[2], [[2, "b"]]]]);
});
