import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { BarCharts } from "@mlm_commission/bar_charts/bar_charts";
import { useRef } from "@odoo/owl";

/**
 * What a run pays as pictures: by bonus (now and before), by rank, what was not
 * reached by reason, and the highest amounts. Everything opens its rows.
 */
export class RunSummary extends BarCharts {
    static template = "mlm_commission.RunSummary";
    static model = "mlm.run";

    setup() {
        super.setup();
        this.bonuses = useRef("bonuses");
        this.ranks = useRef("ranks");
        this.reasons = useRef("reasons");
    }

    /** Changes when another run is shown, or the run is computed anew. */
    get key() {
        return `${this.props.record.resId} ${this.props.record.data.digest || ""}`;
    }

    read(resId) {
        return this.orm.call("mlm.run", "read_summary", [resId]);
    }

    draw(data) {
        const series = [{ label: this.labels.now, data: data.bonuses.map((one) => one.amount) }];
        if (data.compared) {
            series.push({ label: data.compared, data: data.bonuses.map((one) => one.before) });
        }
        this.chart(this.bonuses, data.bonuses, series, (at) =>
            this.open("action_bonus", data.bonuses[at].id)
        );
        const ranks = data.ranks.filter((one) => one.amount);
        this.chart(this.ranks, ranks, [
            { label: this.labels.now, data: ranks.map((one) => one.amount) },
        ]);
        this.chart(this.reasons, data.reasons, [
            { label: this.labels.missed, data: data.reasons.map((one) => one.breakage) },
        ]);
    }

    chart(ref, rows, series, onClick) {
        const names = rows.map((row) => this.wrap(row.name));
        this.bars(ref, names, series, { onClick });
    }

    /** Long names on several lines, so that the bars keep their room. */
    wrap(name) {
        const lines = [""];
        for (const word of name.split(" ")) {
            const line = lines[lines.length - 1];
            if (line && line.length + word.length > 22) {
                lines.push(word);
            } else {
                lines[lines.length - 1] = line ? `${line} ${word}` : word;
            }
        }
        return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]}…`] : lines;
    }

    get labels() {
        return {
            now: this.props.record.data.display_name,
            missed: this.props.record.fields.breakage?.string || "",
        };
    }

    percent(value) {
        return `${formatFloat(value, { digits: [16, 1], trailingZeros: false })} %`;
    }

    height(rows, series = 1) {
        return `height: ${Math.max(90, 50 + rows.length * (series > 1 ? 52 : 38))}px`;
    }
}

registry.category("view_widgets").add("mlm_run_summary", {
    component: RunSummary,
    fieldDependencies: [
        { name: "digest", type: "char" },
        { name: "display_name", type: "char" },
        { name: "breakage", type: "monetary" },
    ],
});
