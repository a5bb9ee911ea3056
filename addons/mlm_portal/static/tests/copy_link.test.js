import { animationFrame, expect, queryOne, test } from "@odoo/hoot";
import { contains, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";
import { browser } from "@web/core/browser/browser";

setupInteractionWhiteList("mlm_portal.copy_link");

const LINK = `
    <div class="o_mlm_copy">
        <input type="text" value="https://example.com/join/P1" readonly="readonly"/>
        <button type="button">Copy</button>
        <span class="o_mlm_copied invisible">Copied</span>
    </div>`;

function selected() {
    const input = queryOne(".o_mlm_copy:first input");
    return input.value.slice(input.selectionStart, input.selectionEnd);
}

test("the link beside the button is copied, and that is said", async () => {
    await startInteractions(LINK + LINK.replace("P1", "P2"));
    expect(".o_mlm_copied:first").toHaveClass("invisible");
    await contains(".o_mlm_copy:first button").click();
    expect(await browser.navigator.clipboard.readText()).toBe("https://example.com/join/P1");
    expect(".o_mlm_copied:first").not.toHaveClass("invisible");
    expect(".o_mlm_copied:last").toHaveClass("invisible");
});

for (const [why, writeText] of [
    ["not allowed", () => Promise.reject(new Error("NotAllowedError"))],
    ["no clipboard", undefined],
]) {
    test(`${why}: the link is selected, and nothing else is said`, async () => {
        patchWithCleanup(browser.navigator.clipboard, { writeText });
        await startInteractions(LINK);
        await contains("button").click();
        await animationFrame();
        expect(selected()).toBe("https://example.com/join/P1");
        expect(".o_mlm_copied").toHaveClass("invisible");
    });
}
