import { localization } from "@web/core/l10n/localization";

/** Digits with one sign of thousands between groups of three: 1.500 or 1,234,567. */
const GROUPED = /^-?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$/;
/** So many digits a number of the browser holds as they were written. */
const EXACT = 15;

/**
 * The number that a person wrote, or the text itself when it is none (the server says
 * what is wrong with it). A point or comma that cannot stand for thousands is a decimal
 * sign, whatever the language: 17.5 and 17,5 are the same. One that stands twice is none.
 */
export function parseNumber(text) {
    const plain = text.trim();
    if (plain === "") {
        return undefined;
    }
    let digits = plain;
    const sign = thousandsOf(plain);
    if (sign && (sign !== localization.decimalPoint || plain.split(sign).length > 2)) {
        digits = plain.replaceAll(sign, "");
    } else {
        const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
        if (last >= 0) {
            const whole = plain.slice(0, last);
            const inside = thousandsOf(whole);
            const isOther = inside && inside !== plain[last];
            digits = `${isOther ? whole.replaceAll(inside, "") : whole}.${plain.slice(last + 1)}`;
        }
    }
    const value = Number(digits);
    const isExact = digits.replace(/\D/g, "").replace(/^0+/, "").length <= EXACT;
    return Number.isFinite(value) && isExact ? value : plain;
}

function thousandsOf(text) {
    return text.match(GROUPED)?.[1];
}

/** A number of the document as people of the language write it. */
export function formatNumber(value) {
    if (value === undefined || value === null || value === "") {
        return "";
    }
    const text = String(value);
    return /^-?\d+(\.\d+)?$/.test(text) ? text.replace(".", localization.decimalPoint) : text;
}
