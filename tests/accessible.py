"""What the browser tests check on pages of the portal for people who hear them."""

#: Mistakes that a screen reader would stumble over, as a list of sentences.
ACCESSIBILITY = """() => {
    const found = [];
    const main = document.querySelector("#wrap");
    if (document.querySelectorAll("h1").length !== 1) found.push("not exactly one h1");
    let level = 1;
    for (const heading of main.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
        const next = Number(heading.tagName[1]);
        if (next > level + 1) found.push(`h${level} is followed by h${next}: ${heading.innerText}`);
        level = next;
    }
    for (const bar of main.querySelectorAll("[role=progressbar]"))
        if (!bar.getAttribute("aria-label")) found.push("a progress bar without a label");
    for (const input of main.querySelectorAll("input:not([type=hidden])"))
        if (!input.labels.length) found.push(`no label: ${input.name}`);
    for (const image of main.querySelectorAll("img"))
        if (!image.hasAttribute("alt")) found.push(`no alt: ${image.src}`);
    for (const link of main.querySelectorAll("a"))
        if (!link.innerText.trim() && !link.textContent.trim()) found.push(`empty link: ${link.href}`);
    for (const table of main.querySelectorAll("table.o_mlm_table"))
        if (!table.caption) found.push("a table without a caption");
    return found;
}"""
