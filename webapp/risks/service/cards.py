"""Notice cards as papers: of one point, of one post; and the address that a card's code opens."""

from datetime import date
from uuid import UUID

from webapp.enterprise.queries.code import printed_code
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.service.code import address_of
from webapp.platform.errors import NotFound
from webapp.platform.tenancy import Scope
from webapp.risks.pdf.notice_card import CardPaper, card_pdf
from webapp.risks.queries.cards import point_card, post_card
from webapp.risks.rules.notice_card import CardSize, NoticeCard


class CardPress:
    """Prints the cards of one enterprise, whose name and code are looked up once."""

    def __init__(self, scope: Scope, enterprise_id: UUID, *, printed_on: date) -> None:
        found = profile(scope, enterprise_id)
        self._name, self._phone = found.name, found.safety_officer_phone
        self._address = _code_address(scope, enterprise_id)
        self._printed_on = printed_on

    def point(self, point_id: UUID, card: NoticeCard, size: CardSize) -> bytes:
        """The card of a point; its code leads to the point."""
        address = f"{self._address}/p/{point_id}" if self._address else ""
        return card_pdf(self._paper(card, address), size)

    def post(self, card: NoticeCard, size: CardSize) -> bytes:
        """The card of a post; its code is the enterprise's own."""
        return card_pdf(self._paper(card, self._address), size)

    def _paper(self, card: NoticeCard, address: str) -> CardPaper:
        return CardPaper(card, self._name, address, self._phone, self._printed_on)


def point_card_pdf(
    scope: Scope, enterprise_id: UUID, point_id: UUID, size: CardSize, *, printed_on: date
) -> tuple[str, bytes]:
    """Name and bytes of a point's card. Raises NotFound."""
    card = point_card(scope, enterprise_id, point_id).card
    press = CardPress(scope, enterprise_id, printed_on=printed_on)
    return card_name(card), press.point(point_id, card, size)


def post_card_pdf(
    scope: Scope, enterprise_id: UUID, post_id: UUID, size: CardSize, *, printed_on: date
) -> tuple[str, bytes]:
    """Name and bytes of a post's card. Raises NotFound."""
    card = post_card(scope, enterprise_id, post_id)
    press = CardPress(scope, enterprise_id, printed_on=printed_on)
    return card_name(card), press.post(card, size)


def card_name(card: NoticeCard) -> str:
    """The name of a card's file."""
    return f"{card.subject.kind.headline}-{card.subject.name}.pdf"


def _code_address(scope: Scope, enterprise_id: UUID) -> str:
    """Where the enterprise's code leads; nothing while it has none."""
    try:
        return address_of(printed_code(scope, enterprise_id).token)
    except NotFound:
        return ""
