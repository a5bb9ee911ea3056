import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";

/** Cost of the last posted cycles: bars of money and a line of percent of CV. */
export class CostTrend extends Component {
    static template = "mlm_commission.CostTrend";
    static props = { ...standardFieldProps };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (trend) => {
                if (!trend || !this.canvas.el) {
                    return;
                }
                const chart = new Chart(this.canvas.el, this.config(trend));
                return () => chart.destroy();
            },
            () => [this.trend]
        );
    }

    get trend() {
        return this.props.record.data[this.props.name];
    }

    config({ currency, cycles }) {
        const money = (value) => formatMonetary(value, { currencyId: currency });
        const percent = (value) => `${formatFloat(value, { digits: [9, 2] })} %`;
        return {
            data: {
                labels: cycles.map((one) => one.name),
                datasets: [
                    {
                        type: "line",
                        label: _t("% of CV"),
                        data: cycles.map((one) => one.ratio),
                        borderColor: getColor(1, "light", 2),
                        backgroundColor: getColor(1, "light", 2),
                        yAxisID: "ratio",
                    },
                    {
                        type: "bar",
                        label: _t("Cost"),
                        data: cycles.map((one) => one.cost),
                        backgroundColor: getColor(0, "light", 2),
                        maxBarThickness: 28,
                        yAxisID: "cost",
                    },
                ],
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                plugins: {
                    legend: { position: "bottom" },
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, raw }) =>
                                dataset.yAxisID === "cost" ? money(raw) : percent(raw),
                        },
                    },
                },
                scales: {
                    cost: {
                        beginAtZero: true,
                        ticks: {
                            maxTicksLimit: 5,
                            callback: (value) =>
                                formatFloat(value, { humanReadable: true, decimals: 1 }),
                        },
                    },
                    ratio: {
                        beginAtZero: true,
                        position: "right",
                        grid: { display: false },
                        ticks: { maxTicksLimit: 5, callback: (value) => `${value} %` },
                    },
                },
            },
        };
    }
}

registry.category("fields").add("mlm_cost_trend", {
    component: CostTrend,
    supportedTypes: ["json"],
});
