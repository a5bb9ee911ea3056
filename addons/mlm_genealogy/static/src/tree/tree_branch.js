import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { TreeCard } from "./tree_card";
import { nodeKey } from "./tree_store";

/** A card of a binary tree with its two spots below, drawn left and right. */
export class TreeBranch extends Component {
    static template = "mlm_genealogy.TreeBranch";
    static props = {
        store: Object,
        id: Number,
        level: Number,
        position: Number,
        size: Number,
        colour: String,
        on: Object,
    };

    setup() {
        this.store = useState(this.props.store);
        this.nodeKey = nodeKey;
    }

    get isOpen() {
        return Boolean(this.store.expanded[this.props.id]);
    }

    spotKey(slot) {
        return `e${this.props.id}-${slot}`;
    }

    spotLabel(slot) {
        const side = slot === 1 ? _t("Left spot free") : _t("Right spot free");
        return this.store.legend.can_place ? _t("%s: place somebody here", side) : side;
    }
}
TreeBranch.components = { TreeCard, TreeBranch };
