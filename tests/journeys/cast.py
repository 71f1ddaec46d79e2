"""Who takes part, and what the platform's operator has set up before the story begins."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser

from tests.fixtures.browser import DESK, PHONE, Person
from tests.fixtures.server import Server
from tests.journeys.pages.login import LoginPage
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.members import add_membership, create_agency, create_user
from webapp.platform import clock
from webapp.platform.tenancy import system_actor

PASSWORD = "太行山下看漳河2026"
COUNTY, CITY = "文峰区应急管理局", "安阳市应急管理局"
OFFICERS = {
    "陈静": (COUNTY, Role.REGULATOR, ""),
    "张海峰": (COUNTY, Role.INSPECTOR, "16050120027"),
    "李明辉": (COUNTY, Role.INSPECTOR, "16050120031"),
    "郭志明": (CITY, Role.REGULATOR, ""),
}
LOGINS = {"陈静": "chenjing", "张海峰": "zhanghf", "李明辉": "liminghui", "郭志明": "guozm"}


@dataclass(slots=True)
class City:
    """A served, empty city with two agencies; people come and open their devices."""

    server: Server
    browser: Browser
    people: dict[str, Person] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    """What one act leaves for the next, by its own names."""
    is_filled_by_hand: bool = False
    """Whether rows were put in for their number alone, of which no counter knows."""

    def stranger(self, name: str, *, on_phone: bool = True) -> Person:
        """Somebody with a device who has not signed in; the same one when asked for again."""
        if name not in self.people:
            viewport = PHONE if on_phone else DESK
            self.people[name] = Person(self.browser, self.server.address, viewport, name=name)
        return self.people[name]

    def officer(self, name: str, *, on_phone: bool = False) -> Person:
        """An officer, signed in."""
        if name in self.people:
            return self.people[name]
        person = self.stranger(name, on_phone=on_phone)
        LoginPage(person).open().sign_in(LOGINS[name], PASSWORD)
        return person

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def close(self) -> None:
        """Everybody goes home."""
        for person in self.people.values():
            person.close()


def found_agencies() -> None:
    """The county's and the city's agency with their officers, as an operator enters them."""
    actor, now = system_actor("运维"), clock.now()
    agencies: dict[str, UUID] = {}
    for name, region, prefix in ((CITY, "4105", "安"), (COUNTY, "410502", "文")):
        agencies[name] = create_agency(
            actor,
            name=name,
            region_code=region,
            document_prefix=prefix,
            reconsideration_organ="安阳市人民政府",
            court="安阳市文峰区人民法院",
            at=now,
        )
    for name, (agency, role, certificate) in OFFICERS.items():
        user_id = create_user(actor, login=LOGINS[name], name=name, password=PASSWORD, at=now)
        add_membership(
            actor,
            user_id=user_id,
            role=role,
            agency_id=agencies[agency],
            certificate_number=certificate,
            at=now,
        )
