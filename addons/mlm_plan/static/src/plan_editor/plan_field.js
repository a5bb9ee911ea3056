import { _t } from "@web/core/l10n/translation";
import { Component, useState } from "@odoo/owl";
import { PlanConditions } from "./plan_conditions";
import { PlanInput } from "./plan_input";
import { formatNumber, parseNumber } from "./plan_number";
import { PlanCounts, PlanGrid, PlanLevelSteps, PlanLevels, PlanSteps } from "./plan_tables";

const NUMBERS = ["integer", "points", "money", "percent", "factor", "decimal", "number"];
const TABLES = {
    levels: PlanLevels,
    grid: PlanGrid,
    steps: PlanSteps,
    level_steps: PlanLevelSteps,
    counts: PlanCounts,
};
const WIDE = [...Object.keys(TABLES), "conditions", "group", "entries", "names", "ordered", "any"];
let counter = 0;

/** One field of a plan: its label, its input by kind, and what is wrong with it. */
export class PlanField extends Component {
    static template = "mlm_plan.PlanField";
    static props = { store: Object, field: Object, path: Array };
    static components = { PlanConditions, PlanInput };

    setup() {
        this.id = `o_mlm_plan_${counter++}`;
        this.formatNumber = formatNumber;
        this.state = useState({ raw: null });
    }

    get kind() {
        const { kind } = this.props.field;
        return NUMBERS.includes(kind) ? "number" : kind;
    }

    get table() {
        return TABLES[this.kind];
    }

    get isWide() {
        return WIDE.includes(this.kind);
    }

    get value() {
        return this.props.store.get(this.props.path);
    }

    get text() {
        return String(this.value ?? "");
    }

    get readonly() {
        return this.props.store.isReadonly || Boolean(this.props.field.readonly);
    }

    get unit() {
        const { field, store } = this.props;
        const plain = ["points", "money", "integer", "number", "factor"];
        if (field.kind === "percent") {
            return field.unit && field.unit !== "percent" ? field.unit : "%";
        }
        if (field.kind === "money" && (!field.unit || field.unit === "money")) {
            return store.get(["currency", "base"]) || "";
        }
        if (field.unit === "company currency") {
            return store.get(["currency", "company"]) || "";
        }
        return plain.includes(field.unit) ? "" : field.unit || "";
    }

    get problems() {
        return this.props.store.problems(
            this.props.path,
            !["group", "entries"].includes(this.kind)
        );
    }

    get hasProblem() {
        return this.problems.some((one) => one.severity !== "todo");
    }

    set(value) {
        this.props.store.set(this.props.path, value);
    }

    // -- kinds ----------------------------------------------------------------------

    onNumber(ev) {
        const value = parseNumber(ev.target.value);
        this.set(value === undefined && this.props.field.nullable ? null : value);
    }

    onText(ev) {
        this.set(ev.target.value.trim() || undefined);
    }

    onName(lang, ev) {
        const value = this.value;
        const text = ev.target.value.trim();
        if (value === undefined || typeof value === "string") {
            if (lang === "es") {
                return this.set(text || undefined);
            }
            return text && this.set({ es: value || text, en: text });
        }
        const names = { ...value, [lang]: text };
        if (!text) {
            delete names[lang];
        }
        this.set(names);
    }

    nameAttrs(lang) {
        return {
            id: lang === "es" ? this.id : this.id + lang,
            "aria-label": `${this.props.field.label} (${lang})`,
            "data-lang": lang,
            placeholder: lang === "en" ? this.nameIn("es") : "",
        };
    }

    nameIn(lang) {
        const value = this.value;
        if (typeof value === "object" && value) {
            return String(value[lang] ?? "");
        }
        return lang === "es" ? this.text : "";
    }

    get shownDefault() {
        const value = this.props.field.default;
        return value === undefined || value === null ? "" : formatNumber(value);
    }

    get isChecked() {
        return this.value ?? this.props.field.default ?? false;
    }

    get options() {
        const { field, store } = this.props;
        if (this.kind === "ref") {
            return store.entries(field.section);
        }
        if (this.kind === "tree") {
            return store.trees(field.wanted);
        }
        if (this.kind === "measure") {
            return store.measures();
        }
        return field.options || [];
    }

    /** A choice that is not there (any more) is shown all the same. */
    get isForeign() {
        const value = this.value;
        return Boolean(value) && !this.options.some((one) => one.value === String(value));
    }

    get emptyLabel() {
        const { field } = this.props;
        const isFirst = this.kind === "tree" || field.section === "periods";
        const found = isFirst
            ? this.options[0]
            : this.options.find((one) => one.value === field.default);
        return found ? _t("%s (default)", found.label) : "—";
    }

    onChoice(ev) {
        this.set(ev.target.value || undefined);
    }

    // -- several ----------------------------------------------------------------------

    get chosen() {
        const value = this.value ?? this.props.field.default ?? [];
        return Array.isArray(value) ? value : [];
    }

    get several() {
        const { field, store } = this.props;
        return this.kind === "codes" ? store.entries(field.section) : field.options || [];
    }

    get left() {
        return this.several.filter((one) => !this.chosen.map(String).includes(one.value));
    }

    label(value) {
        return this.several.find((one) => one.value === String(value))?.label || value;
    }

    onAdd(ev) {
        if (ev.target.value) {
            this.set([...this.chosen, ev.target.value]);
            ev.target.value = "";
        }
    }

    drop(index) {
        const rest = this.chosen.filter((_one, at) => at !== index);
        this.set(rest.length ? rest : undefined);
    }

    first(index) {
        const list = [...this.chosen];
        list.splice(index - 1, 0, ...list.splice(index, 1));
        this.set(list);
    }

    // -- entries inside an entry -----------------------------------------------------------

    get nested() {
        return Array.isArray(this.value) ? this.value : [];
    }

    /** What each of them is: a group of fields. */
    get part() {
        return { kind: "group", fields: this.props.field.fields };
    }

    nestedPath(index) {
        return [...this.props.path, index];
    }

    addNested() {
        this.set([...this.nested, {}]);
    }

    dropNested(index) {
        const rest = this.nested.filter((_one, at) => at !== index);
        this.set(rest.length ? rest : undefined);
    }

    // -- text of its own ----------------------------------------------------------------

    get words() {
        const value = this.value;
        return Array.isArray(value) ? value.join(", ") : this.text;
    }

    onWords(ev) {
        const text = ev.target.value.trim();
        const words = text.split(/[,;\s]+/).filter(Boolean);
        this.set(words.length > 1 || (words.length && words[0] !== "all") ? words : words[0]);
    }

    get lines() {
        return Array.isArray(this.value) ? this.value.join("\n") : this.text;
    }

    onLines(ev) {
        const lines = ev.target.value.split("\n").filter((line) => line.trim());
        this.set(lines.length ? lines : undefined);
    }

    get raw() {
        return (
            this.state.raw ??
            (this.value === undefined ? "" : JSON.stringify(this.value, null, 2))
        );
    }

    onRaw(ev) {
        this.state.raw = ev.target.value;
        if (!ev.target.value.trim()) {
            this.state.raw = null;
            return this.set(undefined);
        }
        try {
            this.set(JSON.parse(ev.target.value));
            this.state.raw = null;
        } catch {
            // shown until it can be read
        }
    }
}

/** Fields of the section, and those of the rule or kind that the entry has. */
export function fieldsOf(store, field, path) {
    const { variant } = field;
    const chosen = variant && store.get([...path, variant.key]);
    const found = variant?.options.find((one) => one.value === chosen);
    return [...(field.fields || []), ...(found?.fields || [])];
}

/** Fields side by side; those that are rarely needed wait behind “More settings”. */
export class PlanGroup extends Component {
    static template = "mlm_plan.PlanGroup";
    static props = { store: Object, field: Object, path: Array };
    static components = { PlanField };

    get fields() {
        const { field, store, path } = this.props;
        return fieldsOf(store, field, path);
    }

    get near() {
        return this.fields.filter((one) => !one.advanced);
    }

    get far() {
        return this.fields.filter((one) => one.advanced);
    }

    get hasFar() {
        return this.far.some(
            (one) =>
                this.props.store.get(this.path(one)) !== undefined ||
                this.props.store.worst(this.path(one))
        );
    }

    path(field) {
        const inside = field.in ? [field.in] : [];
        return [...this.props.path, ...inside, field.key];
    }

    /** Optional groups are switched on and off as a whole. */
    get isOff() {
        const { field, store, path } = this.props;
        return field.optional && !store.get(path);
    }

    switchOn() {
        this.props.store.set(this.props.path, { ...(this.props.field.new || {}) });
    }

    switchOff() {
        this.props.store.set(this.props.path, undefined);
    }
}

PlanField.components.PlanGroup = PlanGroup;
