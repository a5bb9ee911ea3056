"""Browser pages of a test, watched for errors that a person would not see at once."""

import re
from typing import Any

from . import logs

HEIGHT = 900


class PageSet:
    """The pages that one test opens.

    :param browser: a playwright browser
    :param test: name of the test, for the file names of pictures
    """

    def __init__(self, browser: Any, test: str):
        self.browser = browser
        self.test = re.sub(r"[^\w.-]+", "_", test)
        self.contexts: list[Any] = []
        self.pages: list[Any] = []
        self.errors: list[str] = []

    def open(self, width: int = 1300, height: int = HEIGHT, locale: str = "es-CO") -> Any:
        """A new page with cookies of its own, `width` pixels wide."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="America/Bogota",
            has_touch=width < 600,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"script error: {error}"))
        page.on("response", self._watch)
        self.contexts.append(context)
        self.pages.append(page)
        return page

    def _watch(self, response: Any) -> None:
        if response.status >= 500:
            self.errors.append(f"{response.status} from {response.url}")

    def close(self, failed: bool) -> None:
        """Close all pages.

        :raises AssertionError: a page had errors
        """
        for number, page in enumerate(self.pages, 1):
            if (failed or self.errors) and not page.is_closed():
                folder = logs.folder() / "pictures"
                folder.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=str(folder / f"{self.test}-{number}.png"), full_page=True)
        for context in self.contexts:
            context.close()
        assert not self.errors, "\n".join(self.errors)
