import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onMounted, onWillUnmount } from "@odoo/owl";

const EVERY = 2000;

/**
 * Bar of work in the background. `working` names the states in which the record is
 * worked on; it is reloaded every two seconds until that has ended.
 */
export class WorkProgress extends Component {
    static template = "mlm_base.WorkProgress";
    static props = { ...standardWidgetProps, working: { type: Array, element: String } };

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), EVERY);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get isWorking() {
        return this.props.working.includes(this.props.record.data.state);
    }

    get stage() {
        return this.props.record.data.progress_stage;
    }

    get done() {
        return this.props.record.data.progress_done || 0;
    }

    get left() {
        return this.props.record.data.progress_left;
    }

    async refresh() {
        if (this.isWorking && !(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("mlm_progress", {
    component: WorkProgress,
    extractProps: ({ attrs }) => ({ working: attrs.working.split(",") }),
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress_stage", type: "char" },
        { name: "progress_done", type: "integer" },
        { name: "progress_left", type: "char" },
    ],
});
