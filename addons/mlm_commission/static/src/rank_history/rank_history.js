import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

/**
 * Bars of the rank that a person was paid as, period by period, with a mark
 * at the height of the title. The server reads the values.
 */
export class RankHistory extends Component {
    static template = "mlm_commission.RankHistory";
    static props = { ...standardFieldProps };

    get history() {
        return this.props.record.data[this.props.name] || { ranks: [], periods: [] };
    }

    /** Periods with the height of bar and mark, in percent. */
    get bars() {
        const top = Math.max(this.history.ranks.length - 1, 1);
        return this.history.periods.map((period) => ({
            ...period,
            height: Math.round((100 * period.rank) / top),
            mark: Math.round((100 * period.title) / top),
        }));
    }
}

registry.category("fields").add("mlm_rank_history", {
    component: RankHistory,
    supportedTypes: ["json"],
});
