import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";
import { normalize } from "@web/core/l10n/utils";
import { Component, useState } from "@odoo/owl";

/** What can be added, each with one line and a tiny example. */
export class PlanPalette extends Component {
    static template = "mlm_plan.PlanPalette";
    static components = { Dialog };
    static props = { title: String, options: Array, choose: Function, close: Function };

    setup() {
        this.state = useState({ text: "" });
        useAutofocus();
    }

    get found() {
        const wanted = normalize(this.state.text);
        return this.props.options.filter((one) =>
            normalize([one.value, one.label, one.summary].join(" ")).includes(wanted)
        );
    }

    choose(one) {
        this.props.close();
        this.props.choose(one);
    }
}
