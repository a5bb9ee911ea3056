import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { PlanInput } from "./plan_input";
import { formatNumber, parseNumber } from "./plan_number";

const TABLE = { store: Object, field: Object, path: Array, readonly: Boolean, unit: String };

class PlanTable extends Component {
    static props = TABLE;
    static components = { PlanInput };

    setup() {
        this.formatNumber = formatNumber;
    }

    get value() {
        return this.props.store.get(this.props.path);
    }

    set(value) {
        const isEmpty = value && typeof value === "object" && !Object.keys(value).length;
        this.props.store.set(this.props.path, isEmpty ? undefined : value);
    }
}

/** Numbers by level: the last empty ones are taken away. */
function withLevel(list, index, value) {
    const found = [...(Array.isArray(list) ? list : [])];
    while (found.length <= index) {
        found.push(0);
    }
    found[index] = value === undefined ? 0 : value;
    return found;
}

/** A list of numbers, one per level. */
export class PlanLevels extends PlanTable {
    static template = "mlm_plan.PlanLevels";

    get levels() {
        const value = this.value ?? this.props.field.default ?? [];
        return Array.isArray(value) ? value : [];
    }

    levelLabel(index) {
        return _t("Level %s", index + 1);
    }

    onChange(index, ev) {
        this.set(withLevel(this.levels, index, parseNumber(ev.target.value)));
    }

    add() {
        this.set([...this.levels, 0]);
    }

    drop() {
        this.set(this.levels.slice(0, -1));
    }
}

/** A number, or a list of numbers by level, for codes of another section. */
export class PlanGrid extends PlanTable {
    static template = "mlm_plan.PlanGrid";

    get rows() {
        const value = this.value || {};
        const known = this.props.store.entries(this.props.field.section);
        const foreign = Object.keys(value)
            .filter((code) => !known.some((one) => one.value === code))
            .map((code) => ({ value: code, label: `${code} ?` }));
        return [...known, ...foreign];
    }

    get width() {
        const rows = Object.values(this.value || {}).filter(Array.isArray);
        return Math.max(1, ...rows.map((row) => row.length));
    }

    get columns() {
        return [...Array(this.props.field.lists ? this.width : 1).keys()];
    }

    cell(code, index) {
        const row = (this.value || {})[code];
        return formatNumber(this.props.field.lists ? row?.[index] : row);
    }

    onChange(code, index, ev) {
        const number = parseNumber(ev.target.value);
        const rows = { ...(this.value || {}) };
        if (this.props.field.lists) {
            rows[code] = withLevel(rows[code], index, number);
            if (number === undefined && !rows[code].some(Boolean)) {
                delete rows[code];
            }
        } else if (number === undefined) {
            delete rows[code];
        } else {
            rows[code] = number;
        }
        this.set(rows);
    }

    addColumn() {
        const rows = { ...(this.value || {}) };
        const first = this.rows[0]?.value;
        const code = Object.keys(rows)[0] || first;
        if (code) {
            rows[code] = withLevel(rows[code], this.value ? this.width : 1, 0);
            this.set(rows);
        }
    }

    dropColumn() {
        const rows = {};
        for (const [code, row] of Object.entries(this.value || {})) {
            rows[code] = Array.isArray(row) ? row.slice(0, this.width - 1) : row;
        }
        this.set(rows);
    }
}

/** A table of thresholds. */
export class PlanSteps extends PlanTable {
    static template = "mlm_plan.PlanSteps";

    get rows() {
        return Array.isArray(this.value) ? this.value : [];
    }

    onChange(index, key, ev) {
        const rows = this.rows.map((row) => ({ ...row }));
        rows[index][key] = parseNumber(ev.target.value) ?? 0;
        this.set(rows);
    }

    add() {
        const empty = Object.fromEntries(this.props.field.columns.map((one) => [one.key, 0]));
        this.set([...this.rows, empty]);
    }

    drop(index) {
        this.set(this.rows.filter((_row, at) => at !== index));
    }
}

/** Tables of thresholds, one for each level that has one. */
export class PlanLevelSteps extends PlanTable {
    static template = "mlm_plan.PlanLevelSteps";
    static components = { PlanSteps };

    get levels() {
        return Object.keys(this.value || {});
    }

    path(level) {
        return [...this.props.path, level];
    }

    onAdd(ev) {
        const level = String(parseInt(ev.target.value, 10) || "");
        if (level && !(level in (this.value || {}))) {
            this.set({ ...(this.value || {}), [level]: [] });
        }
        ev.target.value = "";
    }

    drop(level) {
        const rest = { ...this.value };
        delete rest[level];
        this.set(rest);
    }
}

/** How many of which entry of another section. */
export class PlanCounts extends PlanTable {
    static template = "mlm_plan.PlanCounts";

    get rows() {
        const known = this.props.store.entries(this.props.field.section);
        return Object.entries(this.value || {}).map(([code, count]) => ({
            code,
            count,
            label: known.find((one) => one.value === code)?.label || `${code} ?`,
        }));
    }

    get left() {
        return this.props.store
            .entries(this.props.field.section)
            .filter((one) => !(one.value in (this.value || {})));
    }

    onChange(code, ev) {
        const rows = { ...this.value };
        rows[code] = parseNumber(ev.target.value);
        if (rows[code] === undefined) {
            delete rows[code];
        }
        this.set(rows);
    }

    onAdd(ev) {
        if (ev.target.value) {
            this.set({ ...(this.value || {}), [ev.target.value]: 1 });
            ev.target.value = "";
        }
    }
}
