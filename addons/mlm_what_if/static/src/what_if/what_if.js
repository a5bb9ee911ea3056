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
 * A plan tried on past cycles, beside what was posted and, when chosen, beside another
 * what-if of the same cycles: totals, by cycle, bonus and rank, winners and losers.
 */
export class WhatIf extends Component {
    static template = "mlm_what_if.WhatIf";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null, other: 0 });
        this.canvases = {
            cycles: useRef("cycles"),
            bonuses: useRef("bonuses"),
            ranks: useRef("ranks"),
        };
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
            () => [this.state.data]
        );
        useEffect(
            (key) => {
                if (key !== this.loaded) {
                    this.state.other = 0;
                    this.load();
                }
            },
            () => [this.key]
        );
        onWillUnmount(() => this.clear());
    }

    /** Changes when another one is shown, or it is computed anew. */
    get key() {
        const { resId, data } = this.props.record;
        return `${resId} ${data.state} ${data.finished_at || ""} ${data.name}`;
    }

    async load() {
        const { key } = this;
        const { other } = this.state;
        this.loaded = key;
        const { resId, data } = this.props.record;
        const found =
            resId && data.state === "done"
                ? await this.orm.call("mlm.what.if", "read_figures", [[resId], other])
                : null;
        // another one may be shown meanwhile
        if (key === this.key && other === this.state.other) {
            this.state.data = found;
        }
    }

    compare(ev) {
        this.state.other = Number(ev.target.value);
        this.load();
    }

    clear() {
        this.charts.forEach((chart) => chart.destroy());
        this.charts = [];
    }

    draw(data) {
        this.clear();
        for (const [name, ref] of Object.entries(this.canvases)) {
            if (ref.el && data[name].length) {
                this.charts.push(new Chart(ref.el, this.config(data, data[name], name)));
            }
        }
    }

    config(data, rows, name) {
        const across = name !== "cycles";
        const money = { ticks: { maxTicksLimit: 5, callback: (value) => this.short(value) } };
        const names = { ticks: { autoSkip: !across } };
        return {
            type: "bar",
            data: {
                labels: rows.map((row) => row.name),
                datasets: data.sides.map((side, at) => ({
                    label: side.name,
                    data: rows.map((row) => row.amounts[at]),
                    backgroundColor: getColor(at, SCHEME, 3),
                    maxBarThickness: 20,
                })),
            },
            options: {
                indexAxis: across ? "y" : "x",
                maintainAspectRatio: false,
                animation: false,
                plugins: {
                    legend: { position: "bottom" },
                    tooltip: {
                        callbacks: {
                            label: (item) => `${item.dataset.label}: ${this.money(item.raw)}`,
                        },
                    },
                },
                scales: across ? { x: money, y: names } : { x: names, y: money },
            },
        };
    }

    height(rows) {
        return `height: ${Math.max(140, 60 + rows.length * 22 * this.state.data.sides.length)}px`;
    }

    money(value, currency = this.state.data.currency) {
        return formatMonetary(value, { currencyId: currency });
    }

    signed(value, currency) {
        return (value > 0 ? "+" : "") + this.money(value, currency);
    }

    percent(value) {
        return value === null ? "–" : `${formatFloat(value, { digits: [16, 2] })} %`;
    }

    short(value) {
        return new Intl.NumberFormat(user.lang, {
            notation: "compact",
            maximumFractionDigits: 1,
        }).format(value);
    }

    async open(method, argument) {
        const args = [[this.props.record.resId], argument];
        const action = await this.orm.call("mlm.what.if", method, args);
        // a button would get the views from the server
        const views = action.view_mode.split(",").map((mode) => [false, mode]);
        return this.action.doAction({ ...action, views });
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
