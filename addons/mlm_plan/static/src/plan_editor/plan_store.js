import { _t } from "@web/core/l10n/translation";

const MODEL = "mlm.plan.version";
const WAIT = 300;
/** Stands for the timer of a change that the server did not take. */
const FAILED = -1;

/** Values are compared and sent as they are written in the document. */
const isObject = (value) => value !== null && typeof value === "object";

/** Whether nothing is written at a place: neither a value nor an entry. */
const isEmpty = (value) =>
    value === undefined ||
    value === null ||
    value === "" ||
    (isObject(value) && !Object.keys(value).length);

/**
 * A plan document that is being edited: the data, what the server describes and what
 * it says about each place. The text stays the truth: each change is laid over it by the
 * server, which keeps comments and whatever no field describes.
 */
export class PlanStore {
    /**
     * @param {Object} orm
     * @param {(text: string) => Promise} onText takes over a changed document
     * @param {(isDirty: boolean) => void} onDirty told when a change waits
     */
    constructor(orm, onText, onDirty) {
        this.orm = orm;
        this.onText = onText;
        this.onDirty = onDirty;
        this.form = null;
        this.data = null;
        this.text = "";
        this.findings = [];
        this.isReadonly = false;
        this.status = "loading";
        this.open = {};
        this.changes = 0;
        this.timer = null;
        this.pending = null;
        this.own = new Set();
        this.touched = new Set();
        this.isTried = false;
    }

    /**
     * Whether a document of the record comes from elsewhere (undone, written in the other
     * page). While changes are on their way the record may still have an earlier one of ours.
     */
    isForeign(text) {
        return text !== this.text && !(this.isDirty && this.own.has(text));
    }

    async load(text) {
        this.text = text || "";
        const asked = this.text;
        const [form, read] = await Promise.all([
            this.form || this.orm.cache({ type: "ram" }).call(MODEL, "get_plan_form", []),
            this.orm.call(MODEL, "read_plan_form", [this.text]),
        ]);
        if (asked !== this.text) {
            return;
        }
        this.form = form;
        this.data = read.data;
        this.findings = read.findings;
        this.status = read.data ? "ready" : "unreadable";
    }

    // -- reading ------------------------------------------------------------------

    get(path) {
        let value = this.data;
        for (const key of path) {
            value = isObject(value) ? value[key] : undefined;
        }
        return value;
    }

    /** What the server says about exactly this place, or about anything inside it. */
    problems(path, isDeep = false) {
        return this.findings
            .filter(
                (one) =>
                    path.every((key, index) => String(one.path[index]) === String(key)) &&
                    (isDeep || one.path.length === path.length)
            )
            .map((one) => (this.isToDo(one) ? { ...one, severity: "todo" } : one));
    }

    /** What is still to be given is no mistake before somebody wrote there, or tried to go on. */
    isToDo({ severity, path }) {
        const isNew = !this.isTried && !this.touched.has(path.join("."));
        return severity === "error" && isNew && isEmpty(this.get(path));
    }

    /** The worst of what is said below a place: "error", "warning", "todo" or "". */
    worst(path) {
        const severities = this.problems(path, true).map((one) => one.severity);
        return ["error", "warning", "todo"].find((one) => severities.includes(one)) || "";
    }

    /** What the mark of the worst says. */
    get labels() {
        return { error: _t("Has problems"), warning: _t("Has warnings"), todo: _t("To do") };
    }

    name(entry, fallback = "") {
        const name = isObject(entry) ? entry.name : entry;
        if (isObject(name)) {
            return name[this.form.lang] || name.es || name.en || entry.code || fallback;
        }
        return name || (isObject(entry) && entry.code) || fallback;
    }

    /** Choices that name entries of another section. */
    entries(section) {
        const found = this.data[section];
        if (Array.isArray(found)) {
            return found.map((entry) => {
                const value = isObject(entry) ? String(entry.code ?? "") : String(entry);
                return { value, label: this.name(entry, value) };
            });
        }
        return Object.keys(found || {}).map((value) => ({ value, label: value }));
    }

    trees(wanted) {
        const kinds = { placement: ["binary"], matrix: ["matrix"], sponsor: [] };
        const found = (this.data.trees || []).filter((tree) => tree !== "sponsor");
        const fitting = found
            .map((tree) => (isObject(tree) ? tree : { code: tree, kind: "binary" }))
            .filter((tree) => !kinds[wanted] || kinds[wanted].includes(tree.kind));
        const sponsor = { value: "sponsor", label: _t("Sponsor tree") };
        return [
            ...(["sponsor", "any"].includes(wanted) ? [sponsor] : []),
            ...fitting.map((tree) => ({ value: tree.code, label: this.name(tree, tree.code) })),
        ];
    }

    /** Everything that a condition may ask for. */
    measures() {
        const figures = (this.data.bonuses || []).flatMap((bonus) =>
            (this.form.figures[bonus.rule] || []).map((figure) => ({
                value: `${bonus.code}.${figure.value}`,
                label: `${this.name(bonus)}: ${figure.label}`,
            }))
        );
        return [...this.entries("measures"), ...this.form.measures, ...figures];
    }

    // -- changing -----------------------------------------------------------------

    set(path, value) {
        const key = path[path.length - 1];
        const parent = this.parent(path, value !== undefined);
        this.touched.add(path.join("."));
        if (!parent) {
            return;
        }
        if (value === undefined) {
            delete parent[key];
        } else {
            parent[key] = value;
        }
        this.changed();
    }

    /** The container of a place; made on the way where it is not there yet. */
    parent(path, mustBe) {
        let value = this.data;
        path.slice(0, -1).forEach((key, index) => {
            if (isObject(value) && !isObject(value[key]) && mustBe) {
                const old = value[key];
                value[key] = typeof path[index + 1] === "number" ? [] : {};
                // a bare word in a list of entries is an entry with that code
                if (typeof old === "string" && typeof path[index + 1] === "string") {
                    value[key] = { code: old };
                }
            }
            value = isObject(value) ? value[key] : undefined;
        });
        return isObject(value) ? value : null;
    }

    insert(path, value) {
        const list = this.get(path);
        this.set(path, [...(Array.isArray(list) ? list : []), value]);
    }

    remove(path) {
        const parent = this.parent(path, false);
        const key = path[path.length - 1];
        if (Array.isArray(parent)) {
            parent.splice(key, 1);
        } else if (parent) {
            delete parent[key];
        }
        this.changed();
    }

    move(path, delta) {
        const list = this.parent(path, false);
        const from = path[path.length - 1];
        const to = from + delta;
        if (to >= 0 && to < list.length) {
            list.splice(to, 0, ...list.splice(from, 1));
            this.changed();
        }
    }

    /** Give an entry another code, at its place; false when that is empty or taken. */
    rename(path, key, other) {
        const map = this.get(path);
        if (!other || Object.hasOwn(map, other)) {
            return false;
        }
        const renamed = Object.entries(map).map(([one, value]) => [
            one === key ? other : one,
            value,
        ]);
        this.set(path, Object.fromEntries(renamed));
        return true;
    }

    unique(section, code) {
        const taken = this.entries(section).map((one) => one.value);
        let found = code;
        for (let number = 2; taken.includes(found); number++) {
            found = `${code}_${number}`;
        }
        return found;
    }

    changed() {
        this.changes++;
        this.onDirty(true);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.commit(), WAIT);
    }

    get isDirty() {
        return Boolean(this.timer || this.pending);
    }

    /** Lay the data over the text; ends when nothing is left to be taken over. */
    async commit() {
        clearTimeout(this.timer);
        while (this.pending) {
            // whoever began it is told when it fails
            await this.pending.catch(() => {});
        }
        if (this.timer) {
            this.timer = null;
            this.pending = this.send();
            try {
                await this.pending;
            } catch (error) {
                // still waits: for the next change, or for the form to be saved
                this.timer ??= FAILED;
                throw error;
            } finally {
                this.pending = null;
                this.onDirty(Boolean(this.timer));
            }
        }
    }

    async send() {
        const number = this.changes;
        const data = JSON.parse(JSON.stringify(this.data));
        const done = await this.orm.call(MODEL, "write_plan_form", [this.text, data]);
        this.text = done.text;
        this.own.add(done.text);
        if (number === this.changes) {
            this.findings = done.findings;
        }
        await this.onText(done.text);
    }
}
