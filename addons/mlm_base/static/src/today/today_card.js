import { Component } from "@odoo/owl";

/** One thing that waits: how many, why, its list and its next step. */
export class TodayCard extends Component {
    static template = "mlm_base.TodayCard";
    static props = { card: Object, open: Function, press: Function };

    /** Width of a meter; with a limit the mark of it stands at three quarters. */
    share({ value, limit }) {
        const most = limit ? (limit * 4) / 3 : 100;
        return Math.max(0, Math.min(100, (100 * value) / most));
    }

    isOver({ value, limit }) {
        return limit && value > limit;
    }

    /** Height of a bar of the trend, as a part of the highest. */
    height(bar) {
        const most = Math.max(...this.props.card.trend.bars.map((one) => one.value));
        return Math.max(0.05, most > 0 ? bar.value / most : 0);
    }
}
