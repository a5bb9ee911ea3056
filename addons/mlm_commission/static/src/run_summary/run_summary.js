import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { user } from "@web/core/user";
import { formatFloat } from "@web/core/utils/numbers";
import { formatMonetary } from "@web/views/fields/formatters";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

const SCHEME = "light";

/**
 * What a run pays as pictures: by bonus (now and before), by rank, what was not
 * reached by reason, and the highest amounts. Everything opens its rows.
 */
export class RunSummary extends Component {
    static template = "mlm_commission.RunSummary";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null });
        this.bonuses = useRef("bonuses");
        this.ranks = useRef("ranks");
        this.reasons = useRef("reasons");
        this.charts = [];
        onWillStart(async () => {
            await Promise.all([loadBundle("web.chartjs_lib"), this.load()]);
        });
        useEffect(
            (data) => {
                if (data) {
                    this.draw(data);
                }
            },
            () => [this.state.data, this.key]
        );
        useEffect(
            (key) => {
                if (key !== this.loaded) {
                    this.load();
                }
            },
            () => [this.key]
        );
        onWillUnmount(() => this.clear());
    }

    /** Changes when another run is shown, or the run is computed anew. */
    get key() {
        return `${this.props.record.resId} ${this.props.record.data.digest || ""}`;
    }

    async load() {
        const { key } = this;
        this.loaded = key;
        const { resId } = this.props.record;
        const data = resId ? await this.read(resId) : null;
        // another run may be shown meanwhile
        if (key === this.loaded) {
            this.state.data = data;
        }
    }

    read(resId) {
        return this.orm.call("mlm.run", "read_summary", [resId]);
    }

    clear() {
        this.charts.forEach((chart) => chart.destroy());
        this.charts = [];
    }

    draw(data) {
        this.clear();
        const series = [{ label: this.labels.now, data: data.bonuses.map((one) => one.amount) }];
        if (data.compared) {
            series.push({ label: data.compared, data: data.bonuses.map((one) => one.before) });
        }
        this.chart(this.bonuses, data.bonuses, series, (one) =>
            this.open("action_bonus", one.id)
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
        if (!ref.el || !rows.length) {
            return;
        }
        const config = {
            type: "bar",
            data: {
                labels: rows.map((row) => this.wrap(row.name)),
                datasets: series.map((one, at) => ({
                    ...one,
                    backgroundColor: getColor(at, SCHEME, 2),
                    maxBarThickness: 22,
                })),
            },
            options: {
                indexAxis: "y",
                maintainAspectRatio: false,
                animation: false,
                onClick: (_event, elements) =>
                    onClick && elements.length && onClick(rows[elements[0].index]),
                plugins: {
                    legend: { display: series.length > 1, position: "bottom" },
                    tooltip: {
                        callbacks: {
                            label: (item) => `${item.dataset.label}: ${this.money(item.raw)}`,
                        },
                    },
                },
                scales: {
                    x: { ticks: { maxTicksLimit: 5, callback: (value) => this.short(value) } },
                    y: { ticks: { autoSkip: false } },
                },
            },
        };
        this.charts.push(new Chart(ref.el, config));
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

    money(value) {
        return formatMonetary(value, { currencyId: this.state.data.currency });
    }

    percent(value) {
        return `${formatFloat(value, { digits: [16, 1], trailingZeros: false })} %`;
    }

    short(value) {
        return new Intl.NumberFormat(user.lang, {
            notation: "compact",
            maximumFractionDigits: 1,
        }).format(value);
    }

    height(rows, series = 1) {
        return `height: ${Math.max(90, 50 + rows.length * (series > 1 ? 52 : 38))}px`;
    }

    async open(method, id) {
        const action = await this.orm.call("mlm.run", method, [[this.props.record.resId], id]);
        // a button would get the views from the server
        const views = action.view_mode.split(",").map((mode) => [false, mode]);
        return this.action.doAction({ ...action, views });
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
