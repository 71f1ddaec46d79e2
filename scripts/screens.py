"""Take the pictures of the main screens in docs/screens from a running demo city."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from webapp.demo.rules.roster import PASSWORD

TARGET = Path(__file__).resolve().parents[1] / "docs" / "screens"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LARGEST_BYTES = 250_000
COLOURS = (256, 128, 64)
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(address: str) -> None:
    """Sign in as each role and keep what its screens show."""
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        _of_safety_officer(_signed_in(browser, address, "safety", DESK))
        _of_worker(_signed_in(browser, address, "worker", PHONE))
        _of_regulator(_signed_in(browser, address, "regulator", DESK))
        browser.close()


def _signed_in(browser: Browser, address: str, login: str, viewport: dict[str, int]) -> Page:
    page = browser.new_page(
        base_url=address, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page.goto("/login")
    page.get_by_label("手机号或账号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("load")
    return page


def _of_safety_officer(page: Page) -> None:
    for name, path in (
        ("home", "/"),
        ("ledger", "/risks"),
        ("hazards", "/hazards?state=open"),
        ("score", "/score"),
        ("file", "/file"),
    ):
        page.goto(path)
        _keep(page, name)
    page.goto("/hazards?state=closed")
    page.get_by_role("table").get_by_role("link").first.click()
    _keep(page, "hazard")
    page.goto("/documents?kind=rectification_order")
    page.get_by_role("table").get_by_role("link").first.click()
    _keep(page, "order")
    page.get_by_role("link", name="打开公开核验页").click()
    page.set_viewport_size(PHONE)
    _keep(page, "verification")


def _of_worker(page: Page) -> None:
    page.goto("/today")
    _keep(page, "today")
    page.get_by_role("link", name="去查").click()
    _keep(page, "check")


def _of_regulator(page: Page) -> None:
    for name, path in (("overview", "/overview"), ("inspections", "/inspections?whose=agency")):
        page.goto(path)
        _keep(page, name)


def _keep(page: Page, name: str) -> None:
    """One screenful, with as few colours as its size asks for."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST_BYTES:
            (TARGET / f"{name}.png").write_bytes(out.getvalue())
            return
    raise SystemExit(f"{name} 太大，无法压缩到 {LARGEST_BYTES} 字节以内。")


if __name__ == "__main__":
    main(sys.argv[1])
