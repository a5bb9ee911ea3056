import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useState } from "@odoo/owl";

const PAGE = 20;
const MAX = 200;
// kind of event -> icon and colour
const LOOKS = {
    enrolled: ["fa-user-plus", "success"],
    readmitted: ["fa-undo", "success"],
    reinstated: ["fa-play", "success"],
    position_reopened: ["fa-folder-open", "success"],
    contract_accepted: ["fa-file-text-o", "success"],
    sponsor_changed: ["fa-random", "primary"],
    sponsor_corrected: ["fa-pencil", "primary"],
    relinked: ["fa-link", "primary"],
    placed: ["fa-map-marker", "info"],
    moved: ["fa-arrows", "info"],
    kind_changed: ["fa-level-up", "info"],
    transferred: ["fa-exchange", "info"],
    co_holder_added: ["fa-users", "info"],
    co_holder_ended: ["fa-user-times", "info"],
    duplicate_accepted: ["fa-clone", "warning"],
    suspended: ["fa-pause", "warning"],
    position_closed: ["fa-lock", "warning"],
    position_removed: ["fa-times", "warning"],
    deceased: ["fa-leaf", "secondary"],
    merged: ["fa-compress", "secondary"],
    terminated: ["fa-sign-out", "danger"],
};

/**
 * The history of a person, newest first: what took effect when, what it brought
 * about, who recorded it, why, and by which document.
 */
export class Timeline extends Component {
    static template = "mlm_genealogy.Timeline";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.turn = 0;
        this.state = useState({ events: [], kinds: [], total: 0, chosen: [], limit: PAGE });
        // again whenever the record was loaded: an operation has added its event
        useRecordObserver((record) => {
            if (record.resId !== this.resId) {
                Object.assign(this.state, { chosen: [], limit: PAGE });
            }
            this.resId = record.resId;
            return record.data.write_date && this.load(record.resId);
        });
    }

    async load(resId) {
        if (!resId) {
            return;
        }
        const turn = ++this.turn;
        const found = await this.orm.silent.call("mlm.distributor", "get_timeline", [[resId]], {
            kinds: this.state.chosen,
            limit: this.state.limit,
        });
        // of two that were asked for one after the other the later one counts
        if (turn === this.turn) {
            Object.assign(this.state, found);
        }
    }

    get hasMore() {
        return this.state.total > this.state.events.length && this.state.limit < MAX;
    }

    icon(event) {
        return (LOOKS[event.kind] || ["fa-circle"])[0];
    }

    color(event) {
        return (LOOKS[event.kind] || ["", "secondary"])[1];
    }

    day(moment) {
        const { dateFormat, timeFormat } = localization;
        const short = timeFormat.replace(/:s+/, "");
        return formatDateTime(deserializeDateTime(moment), { format: `${dateFormat} ${short}` });
    }

    recorded(event) {
        return _t("recorded %s", this.day(event.recorded));
    }

    /** Entered on another day than it took effect: worth a word. */
    isLate(event) {
        const gap = deserializeDateTime(event.recorded).diff(deserializeDateTime(event.effective));
        return Math.abs(gap.as("hours")) >= 24;
    }

    isChosen(kind) {
        return this.state.chosen.includes(kind);
    }

    toggle(kind) {
        const chosen = this.state.chosen;
        this.state.chosen = chosen.includes(kind)
            ? chosen.filter((other) => other !== kind)
            : [...chosen, kind];
        this.state.limit = PAGE;
        return this.load(this.props.record.resId);
    }

    more() {
        this.state.limit = Math.min(this.state.limit + 2 * PAGE, MAX);
        return this.load(this.props.record.resId);
    }

    open(event) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "mlm.genealogy.event",
            res_id: event.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("mlm_timeline", {
    component: Timeline,
    fieldDependencies: [{ name: "write_date", type: "datetime" }],
});
