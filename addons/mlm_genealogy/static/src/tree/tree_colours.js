import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";

/** Lower bounds of the steps of volume, in points, and of profit, in company currency. */
const STEPS = {
    volume: [0, 1, 100, 1000, 10000, 100000],
    profit: [0, 1, 10000, 100000, 1000000, 10000000],
};
const LAST = STEPS.volume.length - 1;

export const COLOURS = {
    none: () => _t("No colour"),
    state: () => _t("State"),
    activity: () => _t("Activity"),
    rank: () => _t("Rank"),
    volume: () => _t("Branch volume"),
    profit: () => _t("Profit"),
};

export function number(value, digits = 0) {
    const whole = Number.isInteger(value) ? 0 : digits;
    return formatFloat(value, { digits: [16, whole] });
}

/**
 * Colour of a card, with the same in words and as an icon: never by colour alone.
 *
 * @returns {{ name: string, text: string, icon: string }} name of the CSS class
 */
export function colourOf(card, mode, legend) {
    if (card.closed) {
        return { name: "closed", text: _t("Spot of somebody who left"), icon: "fa-ban" };
    }
    if (mode === "state") {
        const icon = { active: "", suspended: "fa-pause", deceased: "fa-leaf" }[card.state] ?? "fa-ban";
        const text = card.state === "active" ? "" : legend.states[card.state];
        return { name: `state_${card.state}`, text, icon };
    }
    if (mode === "activity" && "active" in card) {
        return card.active
            ? { name: "active", text: _t("Active"), icon: "fa-check-circle" }
            : { name: "inactive", text: _t("Inactive"), icon: "fa-circle-o" };
    }
    if (mode === "rank" && legend.ranks) {
        const step = Math.ceil((LAST * card.rank_level) / Math.max(1, legend.ranks.length - 1));
        return { name: `step_${step || 0}`, text: card.rank || _t("No rank"), icon: "fa-trophy" };
    }
    if (mode === "volume" && card.branch.cv !== undefined) {
        return valued(card.branch.cv, mode, `${text(card.branch.cv)} CV`, "fa-line-chart");
    }
    if (mode === "profit" && card.earned !== undefined) {
        return valued(card.earned, mode, `${text(card.earned)} ${legend.currency}`, "fa-money");
    }
    return { name: "none", text: "", icon: "" };
}

function text(value) {
    return value === null || value === false ? "–" : number(value, 2);
}

function valued(value, mode, words, icon) {
    const step = STEPS[mode].filter((bound) => value >= bound).length - 1;
    return { name: `step_${Math.max(0, step)}`, text: words, icon };
}

/** What the colours mean: `[{ name, text, icon }]`. */
export function legendOf(mode, legend) {
    if (mode === "state") {
        return ["active", "suspended", "deceased"]
            .map((state) => ({
                ...colourOf({ state, branch: {} }, mode, legend),
                text: legend.states[state],
            }))
            .concat(colourOf({ closed: true }, mode, legend));
    }
    if (mode === "activity") {
        return [true, false].map((active) => colourOf({ active, branch: {} }, mode, legend));
    }
    if (mode === "rank") {
        return (legend.ranks || []).map((rank) =>
            colourOf({ rank: rank.name, rank_level: rank.level, branch: {} }, mode, legend)
        );
    }
    if (STEPS[mode]) {
        return STEPS[mode].map((bound, step) => ({
            name: `step_${step}`,
            icon: "",
            text: step ? _t("from %s", number(bound)) : _t("nothing"),
        }));
    }
    return [];
}
