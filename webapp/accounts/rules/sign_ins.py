"""How long a sign-in lasts and how a device is called."""

from datetime import datetime, timedelta

KEPT = timedelta(days=30)
SHIFT = timedelta(hours=12)

# In this order: each browser also names the ones it descends from.
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "华为浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "鸿蒙手机"),
    ("OpenHarmony", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "Mac 电脑"),
    ("Linux", "Linux 电脑"),
)


def expires_at(at: datetime, *, is_kept: bool) -> datetime:
    """When a sign-in ends by itself: after thirty days on one's own device, else after a shift."""
    return at + (KEPT if is_kept else SHIFT)


def device_words(user_agent: str) -> str:
    """A device as its owner would call it, from what the browser says of itself."""
    system = next((words for mark, words in _SYSTEMS if mark in user_agent), "")
    browser = next((words for mark, words in _BROWSERS if mark in user_agent), "")
    return " · ".join(part for part in (system, browser) if part) or "未知设备"
