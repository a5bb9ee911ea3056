import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, reactive } from "@odoo/owl";

/** The place of a plan that somebody wants to see; the editor goes there once it is drawn. */
export const planGoal = reactive({ path: null });

/** A finding leads to the field it is about. */
export class PlanGo extends Component {
    static template = "mlm_plan.PlanGo";
    static props = { ...standardWidgetProps };

    get isShown() {
        return Boolean(this.props.record.data.path);
    }

    go() {
        planGoal.path = this.props.record.data.path.split(".");
        document.querySelector(".o_notebook_headers a[name=plan]").click();
    }
}

registry.category("view_widgets").add("mlm_plan_go", {
    component: PlanGo,
    label: _t("Go to the field"),
    fieldDependencies: [{ name: "path", type: "char" }],
});
