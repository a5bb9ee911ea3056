import { registry } from "@web/core/registry";
import { RunSummary } from "@mlm_commission/run_summary/run_summary";

/** What two runs of a cycle pay by bonus, as bars beside each other. */
export class RunPair extends RunSummary {
    static template = "mlm_control.RunPair";

    get key() {
        return `${this.props.record.resId} ${this.props.record.data.state}`;
    }

    read(resId) {
        return this.orm.call("mlm.run.pair", "read_sides", [resId]);
    }

    draw(data) {
        this.chart(this.bonuses, data.bonuses, [
            { label: data.before, data: data.bonuses.map((one) => one.before) },
            { label: data.after, data: data.bonuses.map((one) => one.after) },
        ]);
    }
}

registry.category("view_widgets").add("mlm_run_pair", {
    component: RunPair,
    fieldDependencies: [{ name: "state", type: "selection" }],
});
