import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { BarCharts } from "@mlm_commission/bar_charts/bar_charts";
import { useRef } from "@odoo/owl";

/**
 * A plan tried on past cycles, beside what was posted and, when chosen, beside another
 * what-if of the same cycles: totals, by cycle, bonus and rank, winners and losers.
 */
export class WhatIf extends BarCharts {
    static template = "mlm_what_if.WhatIf";
    static model = "mlm.what.if";

    setup() {
        super.setup();
        this.state.other = 0;
        this.canvases = {
            cycles: useRef("cycles"),
            bonuses: useRef("bonuses"),
            ranks: useRef("ranks"),
        };
    }

    /** Changes when another one is shown, or it is computed anew. */
    get key() {
        const { resId, data } = this.props.record;
        return `${resId} ${data.state} ${data.finished_at || ""} ${data.name}`;
    }

    changed() {
        this.state.other = 0;
    }

    read(resId) {
        if (this.props.record.data.state !== "done") {
            return null;
        }
        return this.orm.call("mlm.what.if", "read_figures", [[resId], this.state.other || 0]);
    }

    compare(ev) {
        this.state.other = Number(ev.target.value);
        this.load();
    }

    draw(data) {
        for (const [name, ref] of Object.entries(this.canvases)) {
            const rows = data[name];
            const names = rows.map((row) => row.name);
            const series = data.sides.map((side, at) => ({
                label: side.name,
                data: rows.map((row) => row.amounts[at]),
            }));
            this.bars(ref, names, series, { across: name !== "cycles" });
        }
    }

    height(rows) {
        return `height: ${Math.max(140, 60 + rows.length * 22 * this.state.data.sides.length)}px`;
    }

    signed(value, currency) {
        return (value > 0 ? "+" : "") + this.money(value, currency);
    }

    percent(value) {
        return value === null ? "–" : `${formatFloat(value, { digits: [16, 2] })} %`;
    }
}

registry.category("view_widgets").add("mlm_what_if", {
    component: WhatIf,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "finished_at", type: "datetime" },
        { name: "name", type: "char" },
    ],
});
