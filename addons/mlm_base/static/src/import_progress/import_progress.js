import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onMounted, onWillUnmount } from "@odoo/owl";

const WORKING = ["checking", "importing", "undoing"];
const EVERY = 2000;

/**
 * Bar of an import that works in the background. Reloads the record every two
 * seconds until the work has ended.
 */
export class ImportProgress extends Component {
    static template = "mlm_base.ImportProgress";
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

    get stage() {
        return this.props.record.data.progress_stage;
    }

    async refresh() {
        if (this.isWorking && !(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("mlm_import_progress", {
    component: ImportProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress_done", type: "integer" },
        { name: "progress_stage", type: "char" },
    ],
});
