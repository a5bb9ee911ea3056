import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { TreeBranch } from "./tree_branch";
import { TreeCard } from "./tree_card";
import { nodeKey } from "./tree_store";

/** One tree with its upline: a list, or the drawing of a binary tree. */
export class TreePanel extends Component {
    static template = "mlm_genealogy.TreePanel";
    static components = { TreeBranch, TreeCard };
    static props = {
        store: Object,
        colour: String,
        openForm: { type: Function, optional: true },
        place: { type: Function, optional: true },
    };

    setup() {
        this.store = useState(this.props.store);
        this.root = useRef("root");
        this.nodeKey = nodeKey;
        this.hasToFocus = false;
        this.on = {
            toggle: (id) => this.toggle(id),
            select: (id) => this.select(nodeKey(id)),
            from: (id) => this.from(id),
            more: (id) => this.more(id),
            place: (id, slot) => this.place(id, slot),
            form: this.props.openForm && ((id) => this.form(id)),
        };
        useEffect(
            (active) => {
                const item = active && this.root.el?.querySelector(`[data-key="${active}"]`);
                if (item && this.hasToFocus) {
                    this.hasToFocus = false;
                    item.focus();
                }
            },
            () => [this.store.active, this.store.status]
        );
        useEffect(
            (focus, status) => focus && status === "ready" && this.reveal(nodeKey(focus)),
            () => [this.store.focus, this.store.status]
        );
        useEffect(
            (status) => {
                if (status === "ready" && !this.store.focus) {
                    this.centre();
                }
            },
            () => [this.store.status]
        );
    }

    between(crumb) {
        return _t("%s people between", crumb.hidden);
    }

    reveal(key) {
        const item = this.root.el?.querySelector(`[data-key="${key}"] .o_mlm_tree_card`);
        item?.scrollIntoView({ block: "nearest", inline: "center" });
    }

    centre() {
        const pan = this.root.el?.querySelector(".o_mlm_tree_pan");
        if (pan) {
            pan.scrollLeft = (pan.scrollWidth - pan.clientWidth) / 2;
        }
    }

    // -- what one can do ---------------------------------------------------------

    select(key) {
        this.store.active = key;
        this.hasToFocus = true;
    }

    toggle(id) {
        this.select(nodeKey(id));
        return this.store.toggle(id);
    }

    from(id) {
        this.hasToFocus = true;
        return this.store.open({ node: id });
    }

    form(id) {
        const { person } = this.store.cards[id];
        return person && this.props.openForm(person);
    }

    place(id, slot) {
        this.select(`e${id}-${slot}`);
        if (this.store.legend.can_place) {
            return this.props.place(this.store, id, slot);
        }
    }

    more(id) {
        return this.store.more(id);
    }

    /** Enter: the form where there is one, else open and close. */
    use(row) {
        if (row.type === "more") {
            return this.more(row.parent);
        }
        if (row.type === "spot") {
            return this.place(row.parent, row.slot);
        }
        if (row.type === "node") {
            return this.on.form && this.store.cards[row.id].person
                ? this.form(row.id)
                : this.toggle(row.id);
        }
    }

    // -- keyboard ----------------------------------------------------------------

    onKeydown(ev) {
        if (ev.target.closest("button, a, input") || ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        const rows = this.store.rows;
        const index = rows.findIndex((row) => row.key === this.store.active);
        const row = rows[index];
        if (!row) {
            return;
        }
        const go = (other) => other && this.select(other.key);
        const keys = {
            ArrowDown: () => go(rows[index + 1]),
            ArrowUp: () => go(rows[index - 1]),
            Home: () => go(rows[0]),
            End: () => go(rows[rows.length - 1]),
            ArrowRight: () => this.goIn(row, rows[index + 1]),
            ArrowLeft: () => this.goOut(row, rows),
            Enter: () => this.use(row),
            " ": () => (row.type === "node" ? this.toggle(row.id) : this.use(row)),
        };
        if (keys[ev.key]) {
            ev.preventDefault();
            ev.stopPropagation();
            keys[ev.key]();
        }
    }

    goIn(row, next) {
        if (row.type !== "node" || !this.store.canExpand(row.id)) {
            return;
        }
        if (!this.store.expanded[row.id]) {
            this.toggle(row.id);
        } else if (next && next.level > row.level) {
            this.select(next.key);
        }
    }

    goOut(row, rows) {
        if (row.type === "node" && this.store.expanded[row.id]) {
            this.toggle(row.id);
        } else if (row.parent) {
            this.select(nodeKey(row.parent));
        }
    }
}
