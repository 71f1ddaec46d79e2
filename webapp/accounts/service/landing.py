"""Where each kind of user begins, entered by the rooms that have such a page."""

from collections.abc import Callable
from dataclasses import dataclass

from webapp.accounts.rules.roles import Audience, Role

OWN_ACCOUNT = "accounts.me"


@dataclass(frozen=True, slots=True)
class Search:
    """The search box of an audience: where it leads, what it finds, who may use it."""

    endpoint: str
    hint: str
    permission: str


@dataclass(frozen=True, slots=True)
class PublicLink:
    """A page that needs no account, offered below the sign-in form."""

    order: int
    words: str
    endpoint: str


_public_links: dict[str, PublicLink] = {}
_of_role: dict[Role, str] = {}
_of_audience: dict[Audience, str] = {}
_searches: dict[Audience, dict[str, Search]] = {}
_lobby: list[str] = []


def register_landing(whose: Role | Audience, endpoint: str) -> None:
    """Let users of a role, or all others of an audience, begin at this page."""
    if isinstance(whose, Role):
        _of_role[whose] = endpoint
    else:
        _of_audience[whose] = endpoint


def landing_of(role: Role) -> str:
    """The endpoint where this role begins; one's own account when no room has said better."""
    return _of_role.get(role) or _of_audience.get(role.audience) or OWN_ACCOUNT


def register_lobby(endpoint: str) -> None:
    """Let those who belong to no organisation yet wait at this page, before that gate."""
    _lobby[:] = [endpoint]


def lobby() -> str:
    """Where those wait who belong to no organisation."""
    return _lobby[0]


def register_search(audience: Audience, endpoint: str, hint: str, permission: str) -> None:
    """Put a search box (query ``q``) into the masthead of those of an audience who may use it."""
    _searches.setdefault(audience, {})[endpoint] = Search(endpoint, hint, permission)


def search_of(audience: Audience, may: Callable[[str], bool]) -> Search | None:
    """The first search of an audience that a person may use, the lowest room's first."""
    offers = _searches.get(audience, {}).values()
    return next((search for search in offers if may(search.permission)), None)


def register_public_link(order: int, words: str, endpoint: str) -> None:
    """Offer a page that needs no account to those who stand before the sign-in form."""
    _public_links[endpoint] = PublicLink(order, words, endpoint)


def public_links() -> tuple[PublicLink, ...]:
    """The pages that need no account, in their order."""
    return tuple(sorted(_public_links.values(), key=lambda link: (link.order, link.endpoint)))
