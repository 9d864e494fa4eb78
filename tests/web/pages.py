"""What is wrong with a page: strict HTML, labels, and nothing that the content policy would refuse."""

from __future__ import annotations

from html.parser import HTMLParser

Attributes = dict[str, str | None]

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
NOT_IN_P = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption"}
) | {
    *(
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
    ),
    "ul",
}
PARENTS = {"li": ("ul", "ol"), "dt": ("dl", "div"), "dd": ("dl", "div"), "summary": ("details",)}
UNLABELLED = ("hidden", "submit", "button")


def problems(page: str) -> list[str]:
    """Every mistake of a whole page, as sentences; empty for a good one."""
    reader = _Reader(whole=True)
    reader.feed(page)
    return reader.finish()


def problems_of_part(html: str) -> list[str]:
    """The same for what the news brings, which stands inside a page."""
    reader = _Reader(whole=False)
    reader.feed(html)
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self.found: list[str] = []
        self._whole = whole
        self._open: list[str] = []
        self._ids: list[str] = []
        self._wanted: list[tuple[str, str]] = []
        self._labelled: set[str] = set()
        self._fields: list[Attributes] = []
        self._title = ""
        self._doctype = False

    def handle_decl(self, decl: str) -> None:
        self._doctype = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) < len(attrs):
            self.found.append(f"<{tag}> has an attribute twice")
        self._nesting(tag)
        self._policy(tag, given)
        self._names(tag, given)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.found.append(f"</{tag}> ends what has no end")
        elif not self._open or self._open[-1] != tag:
            self.found.append(f"</{tag}> ends {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self._title += data.strip()

    def _nesting(self, tag: str) -> None:
        if "p" in self._open and tag in NOT_IN_P:
            self.found.append(f"<{tag}> in <p>")
        if tag in ("form", "button", "a") and tag in self._open:
            self.found.append(f"<{tag}> in <{tag}>")
        if tag in PARENTS and (self._open or self._whole) and self._open[-1:] not in [[name] for name in PARENTS[tag]]:
            self.found.append(f"<{tag}> in {self._open[-1:]}")

    def _policy(self, tag: str, given: Attributes) -> None:
        refused = [name for name in given if name == "style" or name.startswith("on")]
        if refused or tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}> stands against the content policy {refused}")
        for name in ("src", "action", "href"):
            if (given.get(name) or "").startswith(("http:", "https:", "//", "javascript:")):
                self.found.append(f"<{tag} {name}> leads away: {given[name]}")

    def _names(self, tag: str, given: Attributes) -> None:
        if given.get("id"):
            self._ids.append(str(given["id"]))
        references = {"label": "for", "output": "for"}.get(tag, "form"), "aria-labelledby", "aria-describedby", "list"
        self._wanted += [(name, str(given[name])) for name in references if given.get(name)]
        if tag == "label":
            self._labelled.add(given.get("for") or "")
        if tag == "html" and not given.get("lang"):
            self.found.append("no lang")
        if tag == "img" and given.get("alt") is None:
            self.found.append("an image without alt")
        field = tag in ("select", "textarea", "progress") or (tag == "input" and given.get("type") not in UNLABELLED)
        if field and "label" not in self._open and not given.get("aria-label"):
            self._fields.append(given)

    def finish(self) -> list[str]:
        """Close the book: what can be said only at the end."""
        self.close()
        self.found += [f"<{tag}> never ends" for tag in self._open]
        self.found += [f"id {name} twice" for name in set(self._ids) if self._ids.count(name) > 1]
        self.found += [f"{name}={value} leads nowhere" for name, value in self._wanted if value not in self._ids]
        self.found += [f"no label: {field}" for field in self._fields if field.get("id") not in self._labelled]
        if self._whole and not (self._doctype and self._title):
            self.found.append("no doctype or no title")
        return self.found
