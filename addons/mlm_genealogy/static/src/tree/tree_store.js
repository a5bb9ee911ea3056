import { _t } from "@web/core/l10n/translation";

const INNER_PAGE = 20;

/**
 * One tree as far as it is loaded: cards, pages of children, what is open, which card the
 * keyboard stands on. Draws nothing; the rows of both drawings come from here.
 */
export class TreeStore {
    /**
     * @param {Object} api `page(params)` and `path(params)`, see `mlm.tree.read`
     * @param {Object} info `{ id, name, kind, width }`
     */
    constructor(api, info) {
        this.api = api;
        this.info = info;
        this.at = false;
        this.depth = 3;
        this.status = "idle";
        this.error = "";
        this.tops = [];
        this.cards = {};
        this.children = {};
        this.expanded = {};
        this.upline = [];
        this.legend = {};
        this.shownAt = false;
        this.focus = false;
        this.active = false;
        this.question = { node: false, person: false, path: false };
        this.turn = 0;
    }

    get isDrawn() {
        return this.info.kind === "binary";
    }

    get levels() {
        return this.isDrawn ? this.depth : 1;
    }

    // -- loading -----------------------------------------------------------------

    /** Load the tree from its top, from a node, or from a person as the top. */
    open(question = {}) {
        return this.load({ node: false, person: false, path: false, ...question });
    }

    /** Load the tree opened down to a person. */
    openPath(person) {
        return this.load({ node: false, person: false, path: person });
    }

    reload() {
        return this.load(this.question);
    }

    async load(question) {
        const turn = ++this.turn;
        this.question = question;
        this.status = "loading";
        this.error = "";
        const common = { tree_id: this.info.id, at: this.at };
        try {
            const answer = question.path
                ? await this.api.path({ ...common, person_id: question.path })
                : await this.api.page({
                      ...common,
                      node_id: question.node,
                      options: { levels: this.levels, person: question.person },
                  });
            if (turn === this.turn) {
                this.show(answer);
            }
        } catch (error) {
            if (turn === this.turn) {
                this.status = "error";
                this.error = messageOf(error);
            }
        }
    }

    show(answer) {
        Object.assign(this, {
            status: "ready",
            tops: answer.tops,
            cards: answer.cards,
            children: answer.children,
            upline: answer.upline,
            legend: answer.legend,
            shownAt: answer.at,
            focus: answer.focus,
        });
        this.expanded = {};
        for (const [id, page] of Object.entries(answer.children)) {
            if (page.ids.length) {
                this.expanded[id] = true;
            }
        }
        const first = answer.focus || answer.tops[0];
        this.active = first ? nodeKey(first) : false;
    }

    async toggle(id, wanted = !this.expanded[id]) {
        if (!this.canExpand(id)) {
            return;
        }
        this.expanded[id] = wanted;
        if (wanted && !this.children[id] && this.cards[id].children) {
            await this.more(id);
        }
    }

    /** Load the next page of the children of a card. */
    async more(id) {
        const page = this.children[id];
        if (page?.loading) {
            return;
        }
        this.children[id] = { ids: [], slots: [], total: 0, next: 0, ...page };
        Object.assign(this.children[id], { loading: true, error: "" });
        const turn = this.turn;
        try {
            const answer = await this.api.page({
                tree_id: this.info.id,
                at: this.at,
                node_id: id,
                offset: this.children[id].next,
                limit: INNER_PAGE,
            });
            if (turn === this.turn) {
                this.append(id, answer);
            }
        } catch (error) {
            if (turn === this.turn) {
                Object.assign(this.children[id], { loading: false, error: messageOf(error) });
            }
        }
    }

    /** Load the children of a card again, for what has changed there. */
    refresh(id) {
        this.children[id] = undefined;
        return this.more(id);
    }

    append(id, answer) {
        Object.assign(this.cards, answer.cards);
        const fresh = answer.children[id];
        // somebody on an opened path was shown ahead of the page where the person stands
        const early = this.children[id].ids.filter((one) => !fresh.ids.includes(one));
        const slots = early.map((one) => this.children[id].slots[this.children[id].ids.indexOf(one)]);
        this.children[id] = {
            ids: [...early, ...fresh.ids],
            slots: [...slots, ...fresh.slots],
            total: fresh.total,
            next: fresh.next,
            loading: false,
            error: "",
        };
    }

    // -- what is shown -----------------------------------------------------------

    get hasSpots() {
        return Boolean(this.info.width) && this.info.kind !== "sponsor";
    }

    canExpand(id) {
        const card = this.cards[id];
        return Boolean(card && (card.children || (this.hasSpots && this.legend.can_place)));
    }

    /** Value of `aria-expanded`: as text, for a false attribute would not be written. */
    ariaExpanded(id) {
        if (this.canExpand(id)) {
            return this.expanded[id] ? "true" : "false";
        }
    }

    /** Spots below a card, free ones included, left to right; of a binary tree. */
    spotsOf(id) {
        const page = this.children[id] || { ids: [], slots: [] };
        const spots = [];
        for (let slot = 1; slot <= this.info.width; slot++) {
            const index = page.slots.indexOf(slot);
            spots.push({ slot, id: index < 0 ? false : page.ids[index] });
        }
        return spots;
    }

    /** Everything that the keyboard can stand on, in reading order. */
    get rows() {
        const rows = [];
        const add = (id, level, position, size, parent) => {
            rows.push({ type: "node", key: nodeKey(id), id, level, position, size, parent });
            if (this.expanded[id]) {
                this.addChildren(rows, add, id, level + 1);
            }
        };
        this.tops.forEach((id, index) => add(id, 1, index + 1, this.tops.length, false));
        return rows;
    }

    addChildren(rows, add, id, level) {
        const page = this.children[id];
        if (page?.loading && !page.ids.length) {
            rows.push({ type: "wait", key: `w${id}`, level, parent: id });
        } else if (page?.error && !page.ids.length) {
            // nobody knows which spots are free
        } else if (this.isDrawn) {
            for (const spot of this.spotsOf(id)) {
                if (spot.id && this.cards[spot.id]) {
                    add(spot.id, level, spot.slot, this.info.width, id);
                } else {
                    const key = `e${id}-${spot.slot}`;
                    const { slot } = spot;
                    const size = this.info.width;
                    rows.push({ type: "spot", key, level, parent: id, slot, position: slot, size });
                }
            }
        } else {
            this.addListed(rows, add, id, level);
        }
        if (page?.error || (page?.next !== undefined && page?.next !== false && page.ids.length)) {
            rows.push({ type: "more", key: `m${id}`, level, parent: id });
        }
    }

    addListed(rows, add, id, level) {
        const page = this.children[id];
        const ids = (page?.ids || []).filter((one) => this.cards[one]);
        ids.forEach((one, index) => add(one, level, index + 1, page.total, id));
        if (this.hasSpots && this.legend.can_place && (page?.total || 0) < this.info.width) {
            const taken = new Set(page?.slots || []);
            let slot = 1;
            while (taken.has(slot)) {
                slot++;
            }
            rows.push({ type: "spot", key: `e${id}-${slot}`, level, parent: id, slot });
        }
    }
}

export function nodeKey(id) {
    return `n${id}`;
}

/** What went wrong, in the words of the server where it has some. */
function messageOf(error) {
    return error.data?.message || _t("The network could not be reached. Check your connection.");
}
