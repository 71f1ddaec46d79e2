"""A workshop whose posts owe responsibility lists, and signatures as the phone sends them."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw

from tests.factories import enterprise as make
from tests.factories.enterprise import NOW
from webapp.accounts.rules.roles import Role
from webapp.enterprise.queries.responsibilities import duty_list
from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.service.responsibilities import draft_list, publish_list
from webapp.enterprise.service.signatures import PREFIX


def drawing(*, is_empty: bool = False, size: tuple[int, int] = (600, 240)) -> str:
    """What the signing pad of the phone sends."""
    picture = Image.new("RGBA", size)
    if not is_empty:
        ImageDraw.Draw(picture).line([(60, 60), (300, 180), (520, 90)], "#14213d", width=5)
    out = BytesIO()
    picture.save(out, "PNG")
    return PREFIX + base64.b64encode(out.getvalue()).decode()


class Workshop:
    """An enterprise with a welder, the head of the workshop and management."""

    def __init__(self) -> None:
        self.id = make.enterprise()
        self.place = make.department(self.id)
        self.head_post = make.post(
            self.id, "车间主任", kind=PostKind.DEPARTMENT_HEAD, department_id=self.place
        )
        self.post = make.post(self.id, "焊工", department_id=self.place)
        self.person = make.person(self.id, "刘伟", post_id=self.post, department_id=self.place)
        self.officer = make.staff_actor(self.id)
        self.principal = make.staff_actor(self.id, Role.PRINCIPAL, name="周洪涛")
        self.worker = make.staff_actor(
            self.id, Role.WORKER, name="刘伟", person_id=self.person, post_id=self.post
        )

    def list(self, list_id):
        return duty_list(self.officer.scope, self.id, list_id)

    def published(self):
        list_id = draft_list(self.officer, self.post, at=NOW)
        publish_list(self.principal, list_id, version=1, at=NOW)
        return list_id
