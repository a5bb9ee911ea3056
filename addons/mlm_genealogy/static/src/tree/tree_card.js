import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDateTime, deserializeDateTime } from "@web/core/l10n/dates";
import { colourOf, number } from "./tree_colours";

/** What is shown of one person, in a row of the list or in a box of the drawing. */
export class TreeCard extends Component {
    static template = "mlm_genealogy.TreeCard";
    static props = {
        card: Object,
        legend: Object,
        colour: String,
        kind: String,
        isBox: Boolean,
        isFound: Boolean,
    };

    get look() {
        return colourOf(this.props.card, this.props.colour, this.props.legend);
    }

    get name() {
        const { card } = this.props;
        if (card.closed) {
            return _t("Spot of somebody who left");
        }
        return card.name || _t("Member of your team");
    }

    get initials() {
        const { card } = this.props;
        const words = (card.name || "").split(/\s+/).filter(Boolean);
        return words
            .slice(0, 2)
            .map((word) => [...word][0])
            .join("")
            .toUpperCase();
    }

    get side() {
        if (this.props.kind !== "binary" || !this.props.card.slot) {
            return "";
        }
        return this.props.card.slot === 1 ? _t("Left") : _t("Right");
    }

    get kindLabel() {
        const { card, legend } = this.props;
        return card.kind === "distributor" ? "" : legend.kinds?.[card.kind] || "";
    }

    /** The state in words, where it is worth a word and the colour does not say it. */
    get stateLabel() {
        const { card, legend, colour } = this.props;
        if (card.closed || card.state === "active" || colour === "state") {
            return "";
        }
        return legend.states?.[card.state] || "";
    }

    get branch() {
        const { branch } = this.props.card;
        return (branch.more ? "> " : "") + number(branch.count);
    }

    get keptSince() {
        const { branch } = this.props.card;
        return branch.as_of && _t("as of %s", formatDateTime(deserializeDateTime(branch.as_of)));
    }

    get branchTitle() {
        return this.keptSince || _t("People in the branch");
    }

    get volume() {
        const { cv } = this.props.card.branch;
        return cv === undefined ? "" : cv === null ? "–" : number(cv, 2);
    }

    number(value) {
        return number(value, 2);
    }
}
