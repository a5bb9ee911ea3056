import { Component, useEffect, useRef } from "@odoo/owl";

/**
 * An input that keeps what is being written: OWL sets the value of an input whenever it
 * draws, and answers of the server draw at any moment. This one takes a value only when
 * the document has another one.
 */
export class PlanInput extends Component {
    static template = "mlm_plan.PlanInput";
    static props = {
        value: { type: String },
        attrs: { type: Object, optional: true },
        rows: { type: Number, optional: true },
        disabled: { type: Boolean, optional: true },
        change: { type: Function },
    };

    setup() {
        this.input = useRef("input");
        useEffect(
            (value) => {
                this.input.el.value = value;
            },
            () => [this.props.value]
        );
    }
}
