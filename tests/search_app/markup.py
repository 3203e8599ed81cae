"""What a page of HTML may not hold, whatever text is in it: found by parsing, not by words.

In go pages, out come sentences about what is wrong: a script or style in the page itself, something
of a third party, an address that runs, an element or attribute that none of our templates writes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.conftest import ROOT

TEMPLATES = ROOT / "search_app" / "templates"
LOADED = {"src", "srcset", "poster", "data", "background", "manifest", "action", "formaction"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class Names(HTMLParser):
    """The names of elements and attributes in a text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the names."""
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)


@functools.cache
def written() -> Names:
    """Return the elements and attributes that the templates write themselves."""
    names = Names()
    for path in sorted(TEMPLATES.glob("*.html")):
        names.feed(JINJA.sub("", path.read_text("utf-8")))
    return names


class Markup(HTMLParser):
    """A parsed page: its elements that are open, its texts, and what is wrong with it."""

    def __init__(self, page: str, host: str = "localhost") -> None:
        super().__init__()
        self._host = host
        self._open: list[str] = []
        self.texts: list[str] = []
        self.values: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()
        if self._open:
            self.wrong.append(f"{self._open} is not closed")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is wrong with an element."""
        if tag not in written().elements:
            self.wrong.append(f"<{tag}> is in no template")
        if tag not in VOID:
            self._open.append(tag)
        for name, value in attrs:
            self.values.append(value or "")
            if name not in written().attributes:
                self.wrong.append(f"{name}= on <{tag}> is in no template")
            self.wrong += self._address(tag, name, value or "")
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.wrong.append(f"<{tag}> in the page itself")

    def _address(self, tag: str, name: str, value: str) -> Iterator[str]:
        """Yield what is wrong with an attribute by itself."""
        if name.startswith("on") or name == "style":
            yield f"{name}= on <{tag}>"
        if name not in LOADED | {"href"}:
            return
        address = urlsplit(value.strip())
        ours = address.netloc in ("", self._host) and address.scheme in ("", "http", "https")
        if name in LOADED or tag == "link":
            if not ours:
                yield f"<{tag} {name}={value!r}> is of a third party"
        elif address.scheme not in ("", "http", "https", "mailto"):
            yield f"<{tag} {name}={value!r}> is an address that may run"

    def handle_endtag(self, tag: str) -> None:
        """Close an element; elements stand within each other as in the templates."""
        if tag in VOID or not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if self._open and self._open[-1] in ("script", "style") and data.strip():
            self.wrong.append(f"text in <{self._open[-1]}>")
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        """Our templates have no comments that reach a page."""
        self.wrong.append(f"a comment: {data[:40]!r}")

    def handle_pi(self, data: str) -> None:
        """No page of ours has a processing instruction."""
        self.wrong.append(f"a processing instruction: {data[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        """No page of ours has a marked section."""
        self.wrong.append(f"a declaration: {data[:40]!r}")

    def shows(self, text: str) -> bool:
        """Tell whether a text is on the page as text, marks and line breaks aside."""
        return plain(text) in plain("".join(self.texts))


def plain(text: str) -> str:
    """Return a text without white space and what HTML cannot hold, to compare by."""
    return "".join(sign for sign in text if not sign.isspace() and sign.isprintable())
