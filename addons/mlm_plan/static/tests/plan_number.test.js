import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { formatNumber, parseNumber } from "@mlm_plan/plan_editor/plan_number";

function write(decimalPoint) {
    patchWithCleanup(localization, { decimalPoint });
}

beforeEach(() => write(","));

describe("with a decimal comma", () => {
    test("a point between groups of three stands for thousands", () => {
        expect(parseNumber("1.500")).toBe(1500);
        expect(parseNumber("1.234.567")).toBe(1234567);
        expect(parseNumber("-12.500")).toBe(-12500);
        expect(parseNumber("1.500.000,25")).toBe(1500000.25);
    });

    test("a comma is the decimal sign, also before three digits", () => {
        expect(parseNumber("17,5")).toBe(17.5);
        expect(parseNumber("1,500")).toBe(1.5);
        expect(parseNumber(",5")).toBe(0.5);
    });

    test("a point that cannot stand for thousands is a decimal sign", () => {
        expect(parseNumber("17.5")).toBe(17.5);
        expect(parseNumber("1500.000")).toBe(1500);
    });

    test("a sign that stands twice is no decimal sign", () => {
        expect(parseNumber("1,234,567")).toBe(1234567);
        expect(parseNumber("1,234,567.5")).toBe(1234567.5);
    });

    test("numbers are written with a comma", () => {
        expect(formatNumber(17.5)).toBe("17,5");
        expect(formatNumber("0.25")).toBe("0,25");
        expect(formatNumber(-3)).toBe("-3");
    });
});

describe("with a decimal point", () => {
    beforeEach(() => write("."));

    test("a comma between groups of three stands for thousands", () => {
        expect(parseNumber("1,500")).toBe(1500);
        expect(parseNumber("1,234,567.25")).toBe(1234567.25);
    });

    test("a point is the decimal sign, also before three digits", () => {
        expect(parseNumber("1.500")).toBe(1.5);
        expect(parseNumber("17,5")).toBe(17.5);
    });

    test("a sign that stands twice is no decimal sign", () => {
        expect(parseNumber("1.234.567")).toBe(1234567);
    });

    test("numbers are written with a point", () => {
        expect(formatNumber(17.5)).toBe("17.5");
    });
});

test("thousands may be parted by a space", () => {
    expect(parseNumber("1 500")).toBe(1500);
    expect(parseNumber(" 1\u00a0500\u00a0000,5 ")).toBe(1500000.5);
});

test("an empty text is no number", () => {
    expect(parseNumber("")).toBe(undefined);
    expect(parseNumber("   ")).toBe(undefined);
});

test("what is no number stays as it was written", () => {
    for (const text of [
        "ten",
        "1.2.3",
        "1.5.",
        "1,23,4",
        "12 34",
        "12 34,5",
        ".",
        "--1",
        "Infinity",
    ]) {
        expect(parseNumber(text)).toBe(text);
    }
    expect(parseNumber(" 1.2.3 ")).toBe("1.2.3");
});

test("more digits than a number of the browser holds stay as they were written", () => {
    expect(parseNumber("12345678901234.5")).toBe(12345678901234.5);
    for (const text of ["12345678901234567", "1234567890123456.5", "0.1234567890123456"]) {
        expect(parseNumber(text)).toBe(text);
    }
    expect(parseNumber("0.000000000000000001")).toBe(1e-18);
});

test("no value is an empty text, and what is no number is shown as it is", () => {
    expect([undefined, null, ""].map(formatNumber)).toEqual(["", "", ""]);
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber("1.2.3")).toBe("1.2.3");
    expect(formatNumber("all")).toBe("all");
});

test("what is shown is read back as the same number", () => {
    for (const sign of [",", "."]) {
        write(sign);
        for (const value of [0, -1, 0.1, 17.5, 1.234, 1500, 1234.567, 1234567.891, 0.0001, 1e-9]) {
            expect(parseNumber(formatNumber(value))).toBe(value);
        }
    }
});
