import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

/**
 * Steps of a cycle in order: the present one large, with its button and what blocks it.
 * The server says which steps there are; a button or a link is shown when it gives one.
 */
export class CyclePath extends Component {
    static template = "mlm_volume.CyclePath";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    get present() {
        return this.steps.find((step) => step.state === "present");
    }

    /** Calls the method as a button of the form does: saved before, read again after. */
    press({ name, model, id, confirm }) {
        return this.env.onClickViewButton({
            clickParams: { type: "object", name, confirm },
            getResParams: () => ({ resModel: model, resId: id, resIds: [id] }),
        });
    }

    open(action) {
        return this.action.doAction(action);
    }
}

registry.category("fields").add("mlm_cycle_path", {
    component: CyclePath,
    supportedTypes: ["json"],
});
