"""Names, numbers and codes that nobody bears, the same every time."""

from collections.abc import Iterator

from webapp.demo.rules.chance import chance_of
from webapp.standards import uscc

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = (
    "建国", "志强", "海涛", "保全", "文革", "庆丰", "永刚", "瑞祥", "卫民", "新民", "长青", "国庆",
    "玉林", "振华", "学军", "俊峰", "红旗", "小军", "天佑", "鹏程", "彦军", "利民", "军伟", "世杰",
    "春霞", "秀英", "玉兰", "红梅", "晓燕", "桂芳", "丽萍", "素珍", "爱华", "淑敏", "凤琴", "喜梅",
    "宏伟", "少华", "安平", "德顺", "富贵", "金锁", "大勇", "东升", "伟民", "晓峰", "艳丽", "静怡",
)  # fmt: skip
_FIRST_PHONE = 13803720100


def invented_names(seed: str) -> Iterator[str]:
    """Names without end, each once as far as they reach; the same seed gives the same."""
    order = chance_of(seed)
    seen: set[str] = set()
    while True:
        name = order.choice(_SURNAMES) + order.choice(_GIVEN)
        if name not in seen or len(seen) > len(_SURNAMES) * len(_GIVEN) // 2:
            seen.add(name)
            yield name


def invented_phone(number: int) -> str:
    """A mobile number of a row that is kept for the demo city."""
    return str(_FIRST_PHONE + number)


def invented_uscc(county: str, number: int) -> str:
    """A code that is formed rightly (GB 32100, GB 11714) and, as far as we know, nobody's."""
    body = f"91{county}MA9{(number * 7919 + 10103) % 100000:05d}"
    agreeing = next(
        sign for sign in "0123456789X" if uscc.organisation_code_agrees(f"{body}{sign}0")
    )
    return f"{body}{agreeing}{uscc.check_character(f'{body}{agreeing}')}"
