"""Four-colour maps: putting a plan up and drawing on it."""

from typing import Self

from playwright.sync_api import Locator

from tests.fixtures.browser import Person


class MapPage:
    """绘制四色图. Places are fractions of the plan."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def upload(self, name: str, picture: bytes) -> Self:
        self.person.open("/risks/maps/new")
        self.person.fill({"图名": name})
        self.person.attach("平面图.png", picture)
        self.person.press("上传并绘制")
        return self

    @property
    def plan(self) -> Locator:
        return self.person.page.get_by_role("group", name="厂区总平面")

    def areas(self) -> list[str]:
        return self.person.page.locator("ol").get_by_role("button").all_inner_texts()

    def click_at(self, *places: tuple[float, float]) -> Self:
        box = self.plan.bounding_box()
        assert box is not None
        for x, y in places:
            self.person.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        return self

    def draw(self, name: str, *corners: tuple[float, float]) -> Self:
        self.person.press("画区域")
        self.click_at(*corners, corners[0])
        return self.name(name)

    def name(self, name: str) -> Self:
        self.person.fill({"名称": name})
        return self

    def link(self, *points: str) -> Self:
        """Tick risk points; the shapes on the plan may bear the same names."""
        for point in points:
            self.person.page.get_by_role("checkbox", name=point).check()
        return self

    def vertex(self, number: int) -> Locator:
        return self.plan.get_by_role("button", name=f"顶点 {number}，")

    def corners(self) -> int:
        return self.plan.get_by_role("button", name="顶点").count()

    def push(self, number: int, *keys: str) -> Self:
        """Press keys on a corner."""
        self.vertex(number).focus()
        for key in keys:
            self.person.page.keyboard.press(key)
        return self

    def undo(self) -> Self:
        self.person.page.keyboard.press("Control+z")
        return self

    def save(self) -> None:
        self.person.press("保存")
