import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { formatDate, deserializeDate } from "@web/core/l10n/dates";
import { COLOURS, legendOf } from "./tree_colours";
import { TreePanel } from "./tree_panel";
import { TreeSearch } from "./tree_search";
import { TreeStore } from "./tree_store";

const MEMORY = "mlm_genealogy.tree";
/** What colours a tree until somebody chooses: activity, as soon as a cycle is posted. */
const FIRST_COLOURS = ["activity", "state"];
/** From this width on two trees stand side by side. */
const WIDE = "(min-width: 1100px)";

/** The trees of the network with search, colours, date and choice of tree. */
export class NetworkTree extends Component {
    static template = "mlm_genealogy.NetworkTree";
    static components = { TreePanel, TreeSearch };
    static props = {
        /** `trees()`, `page(params)`, `path(params)`, `search(text)`: see `mlm.tree.read` */
        api: Object,
        /** distributor to begin with */
        person: { type: [Number, Boolean], optional: true },
        /** what was shown when this was left, kept up to date here: `{ at, questions }` */
        kept: { type: Object, optional: true },
        /** what stands in front where nobody has chosen: "both" for two side by side */
        view: { type: String, optional: true },
        hasDates: { type: Boolean, optional: true },
        openForm: { type: Function, optional: true },
        place: { type: Function, optional: true },
    };

    setup() {
        const kept = remembered();
        this.state = useState({
            trees: [],
            stores: {},
            view: kept.view || this.props.view || "",
            colour: kept.colour || "",
            at: this.props.kept?.at || "",
            isWide: browser.matchMedia(WIDE).matches,
            status: "loading",
            error: "",
        });
        this.media = browser.matchMedia(WIDE);
        this.onWidth = () => this.adapt();
        onMounted(() => this.media.addEventListener("change", this.onWidth));
        onWillUnmount(() => {
            this.media.removeEventListener("change", this.onWidth);
            this.keep();
        });
        onWillStart(() => {
            this.start();
        });
    }

    // -- loading -----------------------------------------------------------------

    async start() {
        this.state.status = "loading";
        try {
            this.state.trees = await this.props.api.trees();
            this.state.status = "ready";
        } catch (error) {
            this.state.status = "error";
            this.state.error = error.data?.message || _t("The network could not be reached.");
            return;
        }
        for (const info of this.state.trees) {
            this.state.stores[keyOf(info)] = new TreeStore(this.props.api, info);
        }
        this.fill();
    }

    /** Load the trees in sight that are not loaded yet. */
    fill() {
        for (const store of this.shown) {
            if (store.status === "idle") {
                store.at = this.state.at || false;
                store.depth = this.depth;
                const kept = this.props.kept?.questions?.[keyOf(store.info)];
                store.open(kept || { person: this.props.person || false });
            }
        }
    }

    adapt() {
        this.state.isWide = this.media.matches;
        this.fill();
    }

    // -- what is shown -----------------------------------------------------------

    /** The choices of trees: both side by side only where there is room for it. */
    get views() {
        const views = this.state.trees.map((info) => ({ key: keyOf(info), name: info.name }));
        if (this.state.isWide && views.length > 1) {
            views.push({ key: "both", name: _t("Side by side") });
        }
        return views;
    }

    get view() {
        const keys = this.views.map((view) => view.key);
        return keys.includes(this.state.view) ? this.state.view : keys[0];
    }

    get shown() {
        const { stores } = this.state;
        if (this.view === "both") {
            return this.state.trees.slice(0, 2).map((info) => stores[keyOf(info)]);
        }
        return stores[this.view] ? [stores[this.view]] : [];
    }

    keep() {
        if (this.props.kept) {
            const stores = Object.entries(this.state.stores);
            const questions = stores.map(([key, store]) => [key, { ...store.question }]);
            Object.assign(this.props.kept, {
                at: this.state.at,
                questions: Object.fromEntries(questions),
            });
        }
    }

    /** Levels of a binary tree that have room below its top. */
    get depth() {
        if (browser.innerWidth < 768) {
            return 1;
        }
        return this.view === "both" || !this.state.isWide ? 2 : 3;
    }

    get legend() {
        return this.shown.find((store) => store.status === "ready")?.legend || {};
    }

    get colours() {
        const known = ["none", ...(this.legend.colours || [])];
        return known.filter((key) => COLOURS[key]).map((key) => ({ key, name: COLOURS[key]() }));
    }

    get colour() {
        const known = this.colours.map((one) => one.key);
        const { colour } = this.state;
        if (colour) {
            return known.includes(colour) ? colour : "none";
        }
        return FIRST_COLOURS.find((key) => known.includes(key)) || "none";
    }

    get meanings() {
        return legendOf(this.colour, this.legend);
    }

    /** Which cycle the coloured figures are of. */
    get cycle() {
        if (this.colour === "volume") {
            return this.legend.volume_cycle && _t("cycle %s", this.legend.volume_cycle);
        }
        if (["activity", "rank", "profit"].includes(this.colour)) {
            return this.legend.run_cycle && _t("cycle %s, posted", this.legend.run_cycle);
        }
        return "";
    }

    get shownAt() {
        const at = this.shown.find((store) => store.shownAt)?.shownAt;
        return at && formatDate(deserializeDate(at));
    }

    get today() {
        return luxon.DateTime.now().toISODate();
    }

    // -- what one can do ---------------------------------------------------------

    chooseView(key) {
        this.state.view = key;
        remember({ view: key });
        this.fill();
    }

    chooseColour(ev) {
        this.state.colour = ev.target.value;
        remember({ colour: this.state.colour });
    }

    setDate(value) {
        this.state.at = value && value < this.today ? value : "";
        for (const store of Object.values(this.state.stores)) {
            store.at = this.state.at || false;
            if (store.status !== "idle") {
                store.reload();
            }
        }
    }

    find(person) {
        for (const store of this.shown) {
            store.openPath(person);
        }
    }

    async place(store, id, slot) {
        await this.props.place(store.info, id, slot, () => store.refresh(id));
    }
}

function keyOf(info) {
    return `t${info.id || 0}`;
}

function remembered() {
    try {
        return JSON.parse(browser.localStorage.getItem(MEMORY)) || {};
    } catch {
        return {};
    }
}

function remember(values) {
    browser.localStorage.setItem(MEMORY, JSON.stringify({ ...remembered(), ...values }));
}
