"""A fetched page as a reader sees it, and what must be true of every page."""

import re
from collections import Counter
from functools import cached_property

import html5lib
from lxml import etree
from lxml.cssselect import CSSSelector
from werkzeug.test import TestResponse

# A phrase: single Latin words are names, units and codes that Chinese readers know.
_WORD = re.compile(r"[A-Za-z]{3,}(?: [a-z]{2,}){2,}")
# What the program writes of a value that nobody put into words, a macro that shadows it for one.
_OBJECT = re.compile(r"<[A-Z]\w* [^>]*>|<\w[\w.]* object at [^>]*>")
_LABELLED = "aria-label", "aria-labelledby", "title"
_NOT_TYPED = {"hidden", "submit", "button", "image", "reset"}


class Element:
    """One element of a page."""

    def __init__(self, node: etree._Element) -> None:
        self.node = node

    def __getitem__(self, name: str) -> str:
        return self.node.attrib[name]

    def get(self, name: str, default: str = "") -> str:
        return self.node.get(name, default)

    @property
    def text(self) -> str:
        """The words, with white space as it is shown."""
        return " ".join("".join(self.node.itertext()).split())

    def select(self, css: str) -> list["Element"]:
        return [Element(node) for node in CSSSelector(css)(self.node)]

    def one(self, css: str) -> "Element":
        found = self.select(css)
        assert len(found) == 1, f"{len(found)} elements match {css}"
        return found[0]


class Page:
    """An answer; an HTML one has passed the standing checks before a test sees it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.body = response.get_data()
        if self.is_html and self.body and not self.location:
            faults = standing_faults(self.body.decode())
            path = response.request.path if response.request else ""
            assert not faults, f"{path}: {faults}"

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html"

    @cached_property
    def root(self) -> Element:
        return Element(parse(self.body.decode())[0])

    @property
    def json(self) -> object:
        return self.response.get_json()

    @property
    def text(self) -> str:
        """All words on the page."""
        return self.one("body").text

    def select(self, css: str) -> list[Element]:
        return self.root.select(css)

    def one(self, css: str) -> Element:
        return self.root.one(css)

    def texts(self, css: str) -> list[str]:
        return [element.text for element in self.select(css)]

    @property
    def errors(self) -> list[str]:
        """What the error summary lists."""
        return self.texts(".error-summary li")


def parse(html: str) -> tuple[etree._Element, list[str]]:
    """The tree and what the HTML standard's parser objected to."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    is_page = html.lstrip().lower().startswith("<!doctype")
    root = parser.parse(html).getroot() if is_page else _fragment(parser, html)
    for node in root.iter():
        if isinstance(node.tag, str):
            # Drawings lie in a namespace of their own, which selectors need not know.
            node.tag = node.tag.rpartition("}")[2]
    return root, [f"{code} at {place}" for place, code, _ in parser.errors]


def _fragment(parser: html5lib.HTMLParser, html: str) -> etree._Element:
    root = etree.Element("body")
    context = "tbody" if html.lstrip().startswith("<tr") else "div"
    for node in parser.parseFragment(html, container=context):
        if isinstance(node, str):
            continue
        root.append(node)
    return root


def standing_faults(html: str) -> list[str]:
    """What is wrong with a page, whatever it is about; a fragment has no title and no h1."""
    root, faults = parse(html)
    select = Element(root).select
    faults = [f"not valid HTML: {fault}" for fault in faults]
    faults += _repeated_ids(select("[id]"))
    faults += _unlabelled(Element(root))
    faults += _inline(Element(root))
    faults += [f"no such id: {a['href']}" for a in select("a[href^='#']") if _is_lost(root, a)]
    faults += [f"a thing of the program: {words}" for words in _OBJECT.findall(Element(root).text)]
    if html.lstrip().lower().startswith("<!doctype"):
        faults += _headings(Element(root))
        faults += _untranslated(Element(root))
    return faults


def _is_lost(root: etree._Element, link: Element) -> bool:
    target = link["href"][1:]
    return bool(target) and not root.xpath("//*[@id=$target]", target=target)


def _repeated_ids(elements: list[Element]) -> list[str]:
    counts = Counter(element["id"] for element in elements)
    return [f"id used {count} times: {name}" for name, count in counts.items() if count > 1]


def _unlabelled(root: Element) -> list[str]:
    named = {label.get("for") for label in root.select("label[for]")}
    faults = []
    for control in root.select("input, select, textarea"):
        if control.get("type") in _NOT_TYPED or control.get("id") in named:
            continue
        if any(control.get(name).strip() for name in _LABELLED):
            continue
        if not any(node.tag == "label" for node in control.node.iterancestors()):
            faults.append(f"no label: {control.get('name') or control.get('id')}")
    faults += [
        f"no words: {etree.tostring(button.node)[:120]!r}"
        for button in root.select("button, a[href]")
        if not button.text
        and not any(button.get(name).strip() for name in _LABELLED)
        and not button.select("[aria-label], img[alt]")
    ]
    return faults


def _inline(root: Element) -> list[str]:
    faults = [f"inline style: {node.text[:40]}" for node in root.select("style")]
    faults += [
        "inline script"
        for node in root.select("script")
        if not node.get("src") and node.get("type") not in ("application/json",)
    ]
    for node in root.node.iter():
        if isinstance(node.tag, str):
            faults += [
                f"inline {name} on {node.tag}"
                for name in node.attrib
                if name == "style" or re.fullmatch(r"on[a-z]+", str(name))
            ]
    return faults


def _headings(root: Element) -> list[str]:
    headings, titles = root.select("h1"), root.select("title")
    if len(headings) != 1 or len(titles) != 1:
        return [f"{len(headings)} h1, {len(titles)} titles"]
    title = titles[0].text.removeprefix("错误：")
    words = Element(headings[0].node)
    heading = (words.node.text or "").strip() or words.text
    if not title.startswith(heading.split("\n")[0].strip()):
        return [f"title {title!r} does not start with h1 {heading!r}"]
    return []


def _untranslated(root: Element) -> list[str]:
    if root.select("html") and root.select("html")[0].get("lang") != "zh-CN":
        return ["lang is not zh-CN"]
    faults = []
    for node in root.node.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "code", "pre"):
            continue
        for words in (node.text, node.tail):
            if words and _WORD.search(words):
                faults.append(f"English words: {words.strip()[:60]}")
        for name in ("title", "aria-label", "placeholder", "alt"):
            value = node.get(name, "")
            if _WORD.search(value):
                faults.append(f"English words in {name}: {value[:60]}")
    return faults
