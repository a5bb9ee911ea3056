import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { PlanInput } from "./plan_input";
import { formatNumber, parseNumber } from "./plan_number";

/** Conditions about a person, all of which must hold. */
export class PlanConditions extends Component {
    static template = "mlm_plan.PlanConditions";
    static props = { store: Object, path: Array, readonly: Boolean };

    setup() {
        this.formatNumber = formatNumber;
        this.least = _t("At least");
        this.kinds = [
            { value: "measure", label: _t("A measure reaches") },
            { value: "package", label: _t("Has the package") },
            { value: "title", label: _t("Had the title") },
            { value: "any", label: _t("One of these") },
        ];
    }

    get list() {
        const value = this.props.store.get(this.props.path);
        return Array.isArray(value) ? value : [];
    }

    kind(one) {
        return ["any", "package", "title"].find((key) => key in (one || {})) || "measure";
    }

    text(value) {
        return String(value ?? "");
    }

    path(index, ...rest) {
        return [...this.props.path, index, ...rest];
    }

    set(index, key, value) {
        this.props.store.set(this.path(index, key), value);
    }

    onNumber(index, ev) {
        this.set(index, "min", parseNumber(ev.target.value) ?? 0);
    }

    onAdd(ev) {
        const { store, path } = this.props;
        const first = (section) => store.entries(section)[0]?.value || "";
        const fresh = {
            measure: () => ({ measure: store.measures()[0]?.value || "", min: 0 }),
            package: () => ({ package: first("packages") }),
            title: () => ({ title: first("ranks") }),
            any: () => ({ any: [[], []] }),
        }[ev.target.value];
        ev.target.value = "";
        if (fresh) {
            store.insert(path, fresh());
        }
    }

    drop(index) {
        const { store, path } = this.props;
        // one of several lists stays, empty: its place would be a hole among them
        const isOneOfSome = typeof path[path.length - 1] === "number";
        if (this.list.length === 1 && !isOneOfSome) {
            return store.set(path, undefined);
        }
        store.remove(this.path(index));
    }

    addList(index) {
        this.props.store.insert(this.path(index, "any"), []);
    }

    choices(kind) {
        const { store } = this.props;
        return kind === "measure"
            ? store.measures()
            : store.entries(kind === "package" ? "packages" : "ranks");
    }

    problems(index) {
        return this.props.store.problems(this.path(index), true);
    }
}

PlanConditions.components = { PlanConditions, PlanInput };
