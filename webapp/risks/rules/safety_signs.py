"""The signs of GB 2894-2008 that accident types and protective equipment call for."""

from collections.abc import Iterable
from dataclasses import dataclass

# By accident type of GB 6441: the warning sign and the picture that stands in its triangle.
_WARNINGS = {
    "01": ("当心落物", "attention"),
    "02": ("当心车辆", "truck"),
    "03": ("当心机械伤人", "gear"),
    "04": ("当心吊物", "crane"),
    "05": ("当心触电", "bolt"),
    "06": ("当心落水", "attention"),
    "07": ("当心烫伤", "attention"),
    "08": ("当心火灾", "flame"),
    "09": ("当心坠落", "attention"),
    "10": ("当心塌方", "attention"),
    "11": ("当心冒顶", "attention"),
    "13": ("当心爆炸", "attention"),
    "14": ("当心爆炸", "attention"),
    "15": ("当心爆炸", "attention"),
    "16": ("当心爆炸", "attention"),
    "17": ("当心爆炸", "attention"),
    "18": ("当心爆炸", "attention"),
    "19": ("当心中毒", "attention"),
}
_GENERAL = ("注意安全", "attention")
# Words of a measure for personal protection, and the mandatory sign they call for.
_DUTIES = (
    (("安全帽",), "必须戴安全帽"),
    (("面罩", "护目", "眼镜", "防护镜"), "必须戴防护眼镜"),
    (("防毒面具", "防毒口罩", "呼吸器"), "必须戴防毒面具"),
    (("防尘口罩", "防尘面具"), "必须戴防尘口罩"),
    (("耳塞", "耳罩", "护耳"), "必须戴护耳器"),
    (("手套",), "必须戴防护手套"),
    (("鞋", "靴"), "必须穿防护鞋"),
    (("防护服", "阻燃服", "隔热服", "防静电服", "工作服"), "必须穿防护服"),
    (("安全带", "安全绳"), "必须系安全带"),
)


@dataclass(frozen=True, slots=True)
class WarningSign:
    """A warning sign: its words and the name of its picture."""

    words: str
    picture: str


def warning_signs(accident_types: Iterable[str]) -> tuple[WarningSign, ...]:
    """The warning signs for these types, in their order and each once; never none."""
    found = dict.fromkeys(_WARNINGS.get(code, _GENERAL) for code in accident_types)
    return tuple(WarningSign(*each) for each in found or {_GENERAL: None})


def duty_signs(measures: Iterable[str]) -> tuple[str, ...]:
    """The mandatory signs that measures for personal protection call for, each once."""
    said = "；".join(measures)
    return tuple(sign for words, sign in _DUTIES if any(word in said for word in words))
