import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onMounted, onWillUnmount } from "@odoo/owl";

/**
 * Carries a check out, law by law, while its form is open, and shows how far it
 * is. Each law is a request of its own: whoever leaves the page stops after the
 * present one, and goes on by opening the form again.
 */
export class CheckProgress extends Component {
    static template = "mlm_genealogy.CheckProgress";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        onMounted(() => this.run());
        onWillUnmount(() => {
            this.left = true;
        });
    }

    get isRunning() {
        return this.props.record.data.state === "running";
    }

    get done() {
        return this.props.record.data.progress || 0;
    }

    async run() {
        while (this.isRunning && !this.left) {
            // goes no further once the page is left: such a call is never answered
            await this.orm.silent.call("mlm.check", "run_next", [[this.props.record.resId]]);
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("mlm_check_progress", {
    component: CheckProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress", type: "integer" },
    ],
});
