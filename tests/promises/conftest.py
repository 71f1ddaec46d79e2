"""A town of its own for a module: a database, a folder, the web server as operators run it."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.factories import accounts
from tests.factories import enterprise as enterprises
from tests.fixtures.actors import Account, World, make_counted_world
from tests.fixtures.books import assert_the_books_hold
from tests.fixtures.database import clone, execute, restricted
from tests.fixtures.server import Server, served
from tests.promises.visitor import Visitor
from webapp.accounts.rules.roles import Role
from webapp.platform import database, storage


@dataclass(frozen=True, slots=True)
class Town:
    """An enterprise, its agency, and the server that they use."""

    server: Server
    world: World

    def visitor(self, account: Account | None = None, *, source: str = "127.0.0.1") -> Visitor:
        """A browser in which an account has signed in, or nobody."""
        visitor = Visitor(self.server.address, source=source)
        return visitor if account is None else visitor.sign_in(account)

    def colleague(self, role: Role, name: str) -> Account:
        """Another member of the enterprise on the same post, who has not signed in yet."""
        like = self.world[role]
        person_id = enterprises.person(self.world.enterprise_id, name, post_id=like.post_id)
        user = accounts.make_user(name=name)
        membership = accounts.make_membership(
            user.id, role, enterprise_id=like.enterprise_id, person_id=person_id
        )
        return replace(
            like,
            name=name,
            login=user.login,
            user_id=user.id,
            membership_id=membership.id,
            person_id=person_id,
            token="",
        )


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the database's own user can enter too."""
    made = Path(tempfile.mkdtemp(prefix="anqima-promise-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def town(
    cluster_address: str, owner_address: str, _worker_engine: None, folder: Path
) -> Iterator[Town]:
    """A served town; this process looks at the same records and files."""
    owner = clone(cluster_address)
    database.configure(restricted(owner))
    storage.configure(folder / "files")
    try:
        with served(owner, folder) as server:
            yield Town(server, make_counted_world())
        assert_the_books_hold()
    finally:
        database.configure(restricted(owner_address))
        execute(cluster_address, f"drop database {owner.split('/')[3].split('?')[0]} with (force)")
