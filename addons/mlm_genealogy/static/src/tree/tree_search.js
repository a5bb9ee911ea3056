import { Component, useState } from "@odoo/owl";
import { useDebounced } from "@web/core/utils/timing";

const WAIT = 250;
let counter = 0;

/** Search by code or name with a list to choose from (WAI-ARIA combobox). */
export class TreeSearch extends Component {
    static template = "mlm_genealogy.TreeSearch";
    static props = { search: Function, choose: Function };

    setup() {
        this.id = `o_mlm_tree_search_${++counter}`;
        this.state = useState({ found: [], isOpen: false, index: 0, text: "", hasFailed: false });
        this.turn = 0;
        this.look = useDebounced(() => this.ask(), WAIT);
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.turn++;
        if (this.state.text.trim()) {
            this.look();
        } else {
            this.close();
        }
    }

    /** Who is found, for as long as nothing else has been asked. */
    async ask() {
        this.look.cancel();
        if (!this.state.text.trim()) {
            return [];
        }
        const turn = ++this.turn;
        let found = [];
        let hasFailed = false;
        try {
            found = await this.props.search(this.state.text);
        } catch {
            hasFailed = true;
        }
        if (turn !== this.turn) {
            return [];
        }
        this.answered = this.state.text;
        Object.assign(this.state, { found, hasFailed, index: 0, isOpen: true });
        return found;
    }

    /** What is still on its way opens nothing any more. */
    close() {
        this.look.cancel();
        this.turn++;
        this.state.isOpen = false;
    }

    choose(one) {
        this.close();
        this.props.choose(one.person);
    }

    async onKeydown(ev) {
        const { found, isOpen } = this.state;
        if (ev.key === "Escape") {
            this.close();
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            const isCurrent = isOpen && this.answered === this.state.text;
            const all = isCurrent ? found : await this.ask();
            if (all[this.state.index]) {
                this.choose(all[this.state.index]);
            }
        } else if (isOpen && found.length && ["ArrowDown", "ArrowUp"].includes(ev.key)) {
            ev.preventDefault();
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.index = (this.state.index + step + found.length) % found.length;
        }
    }
}
