import { Component, useState } from "@odoo/owl";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { useDebounced } from "@web/core/utils/timing";

const MODEL = "mlm.today";
const WAIT = 250;

/** Who calls: found by name, code, document or phone, with what the caller may ask about. */
export class TodayPeople extends Component {
    static template = "mlm_base.TodayPeople";
    static props = { open: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ text: "", found: null });
        this.last = new KeepLast();
        useAutofocus({ refName: "text" });
        this.search = useDebounced(() => this.find(), WAIT);
    }

    async find() {
        const text = this.state.text.trim();
        const found = text ? this.orm.silent.call(MODEL, "find_people", [text]) : null;
        try {
            this.state.found = await this.last.add(Promise.resolve(found));
        } catch (error) {
            this.state.found = null; // whoever was found before is not who was asked for
            throw error;
        }
    }

    openPerson(person) {
        return this.props.open({ model: "mlm.distributor", id: person.id });
    }
}
