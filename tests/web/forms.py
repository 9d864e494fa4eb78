"""What a browser would send of a page's form."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

Attributes = dict[str, str | None]


def form_of(page: str, form_id: str) -> MultiDict[str, str]:
    """The fields of the form with that id as the page fills them in, in their order, without a button."""
    reader = _Form(form_id)
    reader.feed(page)
    assert reader.fields, "no such form"
    return MultiDict(reader.fields)


class _Form(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._id = form_id
        self._inside = False
        self._area: str | None = None
        self._written = ""
        self._select: str | None = None
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == self._id
        if not self._inside:
            return
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area, self._written = given["name"], ""
        elif tag == "select":
            self._select, self._chosen = given["name"], None
        elif tag == "option" and ("selected" in given or self._chosen is None):
            self._chosen = given["value"]

    def _input(self, given: Attributes) -> None:
        if given.get("name") and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.append((given["name"] or "", given.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._written += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # A browser sends lines as they were sent in its grandfather's days.
            self.fields.append((self._area, self._written.replace("\n", "\r\n")))
            self._area = None
        elif tag == "select" and self._select:
            self.fields.append((self._select, self._chosen or ""))
            self._select = None
        elif tag == "form":
            self._inside = False
