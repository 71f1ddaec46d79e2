"""Accounts of the demo city: all with the one password, hashed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from webapp.accounts.service.secrets import hash_password
from webapp.demo.rules.roster import PASSWORD
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import Actor
from webapp.platform.unit_of_work import unit_of_work

_INSERT = text(
    """
    insert into user_account (id, login, name, phone, password_hash, password_changed_at,
      must_change_password, totp_secret, totp_last_step, created_at)
    select id, login, name, phone, :hash, :at, false, '', 0, :at
    from unnest(cast(:ids as uuid[]), cast(:logins as text[]), cast(:names as text[]),
      cast(:phones as text[])) as v(id, login, name, phone)
    """
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Someone who shall be able to sign in."""

    login: str
    name: str
    phone: str = ""


class Registrar:
    """Gives out accounts; holds the hash, which is slow to make on purpose."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._hash = hash_password(PASSWORD)

    def add(self, accounts: Sequence[NewAccount], *, at: datetime) -> tuple[UUID, ...]:
        """Make these accounts; their ids in the same order."""
        ids = tuple(new_id(at) for _ in accounts)
        with unit_of_work(self._actor, "user.created", at=at) as work:
            work.note(logins=[account.login for account in accounts])
            work.session.execute(
                _INSERT,
                {
                    "hash": self._hash,
                    "at": at,
                    "ids": list(ids),
                    "logins": [account.login for account in accounts],
                    "names": [account.name for account in accounts],
                    "phones": [account.phone for account in accounts],
                },
            )
        return ids
