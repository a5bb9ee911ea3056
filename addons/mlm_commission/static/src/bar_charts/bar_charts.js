import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { user } from "@web/core/user";
import { formatMonetary } from "@web/views/fields/formatters";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillStart, onWillUnmount, useEffect, useState } from "@odoo/owl";

const SCHEME = "light";

/**
 * A widget of a form that reads amounts of its record and shows them as bars. Says which model
 * (`static model`), reads (`read`), draws (`draw`) and tells when to read again (`key`).
 */
export class BarCharts extends Component {
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null });
        this.charts = [];
        onWillStart(async () => {
            await Promise.all([loadBundle("web.chartjs_lib"), this.load()]);
        });
        useEffect(
            (data) => {
                if (data) {
                    this.clear();
                    this.draw(data);
                }
            },
            () => [this.state.data, this.key]
        );
        useEffect(
            (key) => {
                if (key !== this.loaded) {
                    this.changed();
                    this.load();
                }
            },
            () => [this.key]
        );
        onWillUnmount(() => this.clear());
    }

    /** Another record is shown, or this one is computed again. */
    changed() {}

    async load() {
        this.loaded = this.key;
        const asked = (this.asked = {});
        const { resId } = this.props.record;
        const data = resId ? await this.read(resId) : null;
        // another one may have been asked for meanwhile
        if (asked === this.asked) {
            this.state.data = data;
        }
    }

    clear() {
        this.charts.forEach((chart) => chart.destroy());
        this.charts = [];
    }

    /** @param {Object} series `{label, data}` of each bar; `across`: bars lie on their side */
    bars(ref, labels, series, { across = true, onClick } = {}) {
        if (!ref.el || !labels.length) {
            return;
        }
        const money = { ticks: { maxTicksLimit: 5, callback: (value) => this.short(value) } };
        const names = { ticks: { autoSkip: !across } };
        const config = {
            type: "bar",
            data: {
                labels,
                datasets: series.map((one, at) => ({
                    ...one,
                    backgroundColor: getColor(at, SCHEME, series.length),
                    maxBarThickness: 22,
                })),
            },
            options: {
                indexAxis: across ? "y" : "x",
                maintainAspectRatio: false,
                animation: false,
                onClick: (_event, elements) =>
                    onClick && elements.length && onClick(elements[0].index),
                plugins: {
                    legend: { display: series.length > 1, position: "bottom" },
                    tooltip: {
                        callbacks: {
                            label: (item) => `${item.dataset.label}: ${this.money(item.raw)}`,
                        },
                    },
                },
                scales: across ? { x: money, y: names } : { x: names, y: money },
            },
        };
        this.charts.push(new Chart(ref.el, config));
    }

    money(value, currencyId = this.state.data.currency) {
        return formatMonetary(value, { currencyId });
    }

    short(value) {
        return new Intl.NumberFormat(user.lang, {
            notation: "compact",
            maximumFractionDigits: 1,
        }).format(value);
    }

    async open(method, argument) {
        const args = [[this.props.record.resId], argument];
        const action = await this.orm.call(this.constructor.model, method, args);
        // a button would get the views from the server
        const views = action.view_mode.split(",").map((mode) => [false, mode]);
        return this.action.doAction({ ...action, views });
    }
}
