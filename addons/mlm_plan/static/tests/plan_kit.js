import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { reactive } from "@odoo/owl";
import { PlanStore } from "@mlm_plan/plan_editor/plan_store";

/** What the server describes, as far as a test needs it. */
const FORM = {
    lang: "es",
    sections: [],
    measures: [{ value: "own_pv", label: "Own points" }],
    figures: { unilevel: [{ value: "paid", label: "Paid" }] },
};

/** An `orm` of the calls that a plan is edited by; `calls` are those that wrote. */
export class PlanServer {
    constructor(values = {}) {
        Object.assign(this, { form: { ...FORM, ...values.form }, data: values.data, calls: [] });
        this.findings = values.findings || [];
    }

    cache() {
        return this;
    }

    async call(_model, method, args) {
        if (method === "get_plan_form") {
            return this.form;
        }
        if (method === "read_plan_form") {
            const data = this.data === undefined ? {} : this.data;
            return JSON.parse(JSON.stringify({ data, findings: this.findings }));
        }
        this.calls.push({ method, text: args[0], data: args[1] });
        return this.write(this.calls.length);
    }

    write(number) {
        return { text: `text ${number}`, findings: [] };
    }
}

/** A store that has read the document `data`. */
export async function makeStore(data, values = {}) {
    const server = new PlanServer({ data, ...values });
    const store = reactive(
        new PlanStore(server, values.onText || (() => {}), values.onDirty || (() => {}))
    );
    await store.load("text 0");
    return { server, store };
}

/** Mount a component of the editor at a place of a document. */
export async function mountAt(Component, data, props, values = {}) {
    const { server, store } = await makeStore(data, values);
    store.isReadonly = Boolean(values.isReadonly);
    const component = await mountWithCleanup(Component, { props: { store, ...props } });
    return { component, server, store };
}
