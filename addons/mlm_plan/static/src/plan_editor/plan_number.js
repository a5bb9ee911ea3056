import { localization } from "@web/core/l10n/localization";

/** Digits with one sign of thousands between groups of three: 1.500 or 1,234,567. */
const GROUPED = /^-?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$/;

/**
 * The number that a person wrote, or the text itself when it is none (the server says
 * what is wrong with it). A point or comma that cannot stand for thousands is a decimal
 * sign, whatever the language: 17.5 and 17,5 are the same.
 */
export function parseNumber(text) {
    const plain = text.trim();
    if (plain === "") {
        return undefined;
    }
    let digits = plain;
    const grouped = plain.match(GROUPED);
    if (grouped && grouped[1] !== localization.decimalPoint) {
        digits = plain.replaceAll(grouped[1], "");
    } else {
        const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
        if (last >= 0) {
            digits = plain.slice(0, last).replace(/[.,\s]/g, "") + "." + plain.slice(last + 1);
        }
    }
    const value = Number(digits);
    return Number.isFinite(value) ? value : plain;
}

/** A number of the document as people of the language write it. */
export function formatNumber(value) {
    if (value === undefined || value === null || value === "") {
        return "";
    }
    const text = String(value);
    return /^-?\d+(\.\d+)?$/.test(text) ? text.replace(".", localization.decimalPoint) : text;
}
