import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import {
    Component,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { PlanEntries } from "./plan_entries";
import { PlanGroup } from "./plan_field";
import { planGoal } from "./plan_goal";
import { PlanStore } from "./plan_store";

/**
 * A plan as a form. Everything that it shows is described by the server: sections,
 * rules, parameters and what is wrong; it knows kinds of fields only.
 */
export class PlanEditor extends Component {
    static template = "mlm_plan.PlanEditor";
    static components = { PlanEntries, PlanGroup };
    static props = { ...standardFieldProps };

    setup() {
        const { model } = this.props.record;
        this.store = useState(
            new PlanStore(
                useService("orm"),
                (text) => this.take(text),
                (isDirty) => model.bus.trigger("FIELD_IS_DIRTY", isDirty)
            )
        );
        this.state = useState({ section: 0, place: null });
        useRecordObserver((record, props) => {
            const text = record.data[props.name] || "";
            this.store.isReadonly = props.readonly;
            if (this.store.status === "loading" || this.store.isForeign(text)) {
                return this.store.load(text);
            }
        });
        useBus(model.bus, "WILL_SAVE_URGENTLY", () => this.store.commit());
        useBus(model.bus, "NEED_LOCAL_CHANGES", ({ detail }) =>
            detail.proms.push(this.store.commit())
        );
        onWillUnmount(() => this.store.commit());
        useExternalListener(document, "click", (ev) => this.onAnyClick(ev), { capture: true });
        this.root = useRef("root");
        this.goal = useState(planGoal);
        useEffect(
            (goal, status) => {
                if (goal && status === "ready") {
                    this.open(goal);
                }
            },
            () => [this.goal.path, this.store.status]
        );
        // drawn by now
        useEffect(
            (place) => {
                if (place) {
                    this.state.place = null;
                    this.show(place);
                }
            },
            () => [this.state.place]
        );
    }

    get sections() {
        return this.store.form.sections;
    }

    get section() {
        return this.sections[this.state.section];
    }

    path(section) {
        return section.key ? [section.key] : [];
    }

    async take(text) {
        if (this.props.record.data[this.props.name] !== text) {
            await this.props.record.update({ [this.props.name]: text });
        }
    }

    count(section) {
        const value = this.store.get(this.path(section));
        if (section.kind === "group" || !value) {
            return "";
        }
        return Object.keys(value).length || "";
    }

    worst(section) {
        if (section.key) {
            return this.store.worst([section.key]);
        }
        const found = section.fields.map((one) => this.store.worst([one.key]));
        return ["error", "warning", "todo"].find((one) => found.includes(one)) || "";
    }

    // -- leading to a place ---------------------------------------------------------

    /** Who sends a plan on has been at every field: what is missing is a mistake from now on. */
    onAnyClick(ev) {
        if (ev.target.closest?.("button[name=action_validate]")) {
            this.store.isTried = true;
        }
    }

    /** Open the section and the entry of a place; it is shown once they are drawn. */
    open(path) {
        this.goal.path = null;
        const index = this.sections.findIndex((one) =>
            one.key ? one.key === path[0] : one.fields.some((field) => field.key === path[0])
        );
        this.state.section = Math.max(index, 0);
        if (["list", "map"].includes(this.section.kind) && path.length > 1) {
            this.store.open[path.slice(0, 2).join(".")] = true;
        }
        this.state.place = path;
    }

    /** Scroll to the field of a place, or to what it stands in, and be ready to write there. */
    show(path) {
        const at = (size) => CSS.escape(path.slice(0, size).join("."));
        const found = path
            .map((_key, index) => path.length - index)
            .map((size) => this.root.el.querySelector(`[data-field=${at(size)}], [data-place=${at(size)}]`))
            .find(Boolean);
        const place = found || this.root.el.querySelector(".o_mlm_plan_section");
        for (let more = place.closest("details"); more; more = more.parentElement.closest("details")) {
            more.open = true;
        }
        place.scrollIntoView({ block: "center" });
        place.querySelector("input:not([disabled]), select, textarea, button")?.focus({ preventScroll: true });
    }

    /** What is said about no place that has a field here. */
    get general() {
        return this.store.findings.filter((one) => !one.path.length);
    }

    /** Problems of the section itself, not of one of its fields. */
    get problems() {
        return this.section.key ? this.store.problems([this.section.key]) : [];
    }

    onKeydown(ev, index) {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[ev.key];
        const next = index + (step || 0);
        if (step && next >= 0 && next < this.sections.length) {
            ev.preventDefault();
            this.state.section = next;
            ev.currentTarget.parentElement.children[next].focus();
        }
    }
}

registry.category("fields").add("mlm_plan_editor", {
    component: PlanEditor,
    displayName: _t("Plan form"),
    supportedTypes: ["text"],
});
