import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onMounted, onWillUnmount } from "@odoo/owl";

const WORKING = ["queued", "computing", "posting"];
const EVERY = 2000;

/**
 * Bar of a run that works in the background. Reloads the record every two
 * seconds until the work has ended, so nobody has to press F5.
 */
export class RunProgress extends Component {
    static template = "mlm_commission.RunProgress";
    static props = { ...standardWidgetProps };

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), EVERY);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get isWorking() {
        return WORKING.includes(this.props.record.data.state);
    }

    get done() {
        return this.props.record.data.progress_done || 0;
    }

    async refresh() {
        if (this.isWorking && !(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("mlm_run_progress", {
    component: RunProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress_done", type: "integer" },
    ],
});
