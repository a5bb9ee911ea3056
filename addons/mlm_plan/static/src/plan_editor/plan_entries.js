import { useService } from "@web/core/utils/hooks";
import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { PlanGroup, fieldsOf } from "./plan_field";
import { PlanInput } from "./plan_input";
import { PlanPalette } from "./plan_palette";

const isObject = (value) => value !== null && typeof value === "object";

/** The entries of a section: ranks, bonuses, … in their order, each opens its fields. */
export class PlanEntries extends Component {
    static template = "mlm_plan.PlanEntries";
    static props = { store: Object, field: Object, path: Array };
    static components = { PlanGroup, PlanInput };

    setup() {
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.state = useState({ focus: null });
        useEffect(
            (index) => {
                if (index !== null) {
                    const opened = this.root.el.querySelectorAll(":scope > .o_mlm_plan_entry")[index];
                    opened?.querySelector("input:not([disabled]), select")?.focus();
                    this.state.focus = null;
                }
            },
            () => [this.state.focus]
        );
    }

    get isMap() {
        return this.props.field.kind === "map";
    }

    get value() {
        return this.props.store.get(this.props.path);
    }

    get entries() {
        const value = this.value || (this.isMap ? {} : []);
        const keys = Array.isArray(value) ? value.map((_one, index) => index) : Object.keys(value);
        return keys.map((key) => ({
            key,
            path: [...this.props.path, key],
            entry: value[key],
            title: this.isMap ? key : this.props.store.name(value[key], `${key + 1}`),
            code: isObject(value[key]) ? value[key].code : value[key],
            kind: this.kindLabel(value[key]),
            isWord: !isObject(value[key]),
        }));
    }

    kindLabel(entry) {
        const { variant } = this.props.field;
        const chosen = isObject(entry) && variant && entry[variant.key];
        return chosen
            ? variant.options.find((one) => one.value === chosen)?.label || chosen
            : "";
    }

    /** What is said about the entry as a whole: at no place that has a field. */
    problems(path) {
        const { store, field } = this.props;
        const fields = fieldsOf(store, field, path);
        return store.problems(path, true).filter((one) => {
            const [first, second] = one.path.slice(path.length);
            const isInside = fields.some((item) => item.in && item.in === first);
            const key = isInside ? second : first;
            return !fields.some((item) => item.key === key && Boolean(item.in) === isInside);
        });
    }

    mark(path) {
        return path.join(".");
    }

    isOpen(path) {
        return this.props.store.open[this.mark(path)];
    }

    toggle(path) {
        this.props.store.open[this.mark(path)] = !this.isOpen(path);
    }

    /** A new entry: of a kind chosen from the palette, where there are kinds. */
    add() {
        const { field } = this.props;
        if (!field.variant) {
            return this.insert(field.new || {}, field.code || "new");
        }
        this.dialog.add(PlanPalette, {
            title: field.item,
            options: field.variant.options,
            choose: (one) =>
                this.insert(
                    { ...(field.new || {}), ...(one.new || {}), [field.variant.key]: one.value },
                    one.value,
                    one.names
                ),
        });
    }

    insert(values, code, names) {
        const { store, field, path } = this.props;
        const entry = JSON.parse(JSON.stringify(values));
        const found = store.unique(path[0], code);
        let key = found;
        if (this.isMap) {
            store.set([...path, found], entry);
        } else {
            key = (this.value || []).length;
            const name = names || { es: field.item };
            store.insert(path, field.unnamed ? { code: found, ...entry } : { code: found, name, ...entry });
        }
        store.open[this.mark([...path, key])] = true;
        this.state.focus = this.isMap ? Object.keys(this.value).length - 1 : key;
    }

    remove(path) {
        // what is open is known by number: close those that move up
        if (!this.isMap) {
            for (const one of Object.keys(this.props.store.open)) {
                if (one.startsWith(this.mark(this.props.path) + ".")) {
                    delete this.props.store.open[one];
                }
            }
        }
        this.props.store.remove(path);
    }

    move(path, delta) {
        const other = [...path.slice(0, -1), path[path.length - 1] + delta];
        const { open } = this.props.store;
        [open[this.mark(path)], open[this.mark(other)]] = [
            open[this.mark(other)],
            open[this.mark(path)],
        ];
        this.props.store.move(path, delta);
    }

    rename(path, ev) {
        const other = ev.target.value.trim();
        const key = path[path.length - 1];
        const wasOpen = this.isOpen(path);
        if (!this.props.store.rename(this.props.path, key, other)) {
            ev.target.value = key;
            return;
        }
        this.props.store.open[this.mark([...this.props.path, other])] = wasOpen;
    }
}
