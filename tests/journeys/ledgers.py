"""Ledgers as enterprises keep them: a title, a head of two rows, merged points."""

from io import BytesIO

import openpyxl

TITLE = "恒泰机械安全风险分级管控清单（2026 年修订）"
HEAD = [
    ["序号", "风险点", "作业活动", "危险源", "可能导致的事故", "风险评价", None, None, None, None,
     "管控措施", "责任部门", "由谁盯着", "责任人", "检查周期"],
    [None, None, None, None, None, "L", "E", "C", "D", "风险等级", None, None, None, None, None],
]  # fmt: skip
FURNACE, CRANE, ROOM = "1号中频熔炼炉", "16吨铸造起重机", "配电室"
_MELTER = ("铸造车间", "熔炼工", "孙立军", "每日")
_LEADER = ("铸造车间", "熔炼班长", "马国强", "每周")
_HEAD = ("铸造车间", "铸造车间主任", "孙立军", "每月")
_TURNER = ("机加工车间", "机加工车间主任", "王丽华", "每月")
_BURN, _BURST, _LIFT, _SHOCK = "灼烫", "其他爆炸", "起重伤害", "触电"
GOOD = [
    (
        FURNACE,
        "熔炼",
        "炉衬侵蚀变薄",
        _BURN,
        (1, 6, 40),
        "每班测量炉衬厚度，低于 60 mm 停炉",
        _MELTER,
    ),
    (
        FURNACE,
        "熔炼",
        "冷却水中断",
        _BURST,
        (1, 6, 40),
        "冷却水压力表在绿区，断水报警有效",
        _MELTER,
    ),
    (FURNACE, "加料", "炉料潮湿", _BURST, (3, 6, 15), "炉料入炉前烘干，不用露天炉料", _MELTER),
    (FURNACE, "出铁", "铁水飞溅", _BURN, (3, 6, 7), "出铁时穿戴阻燃服、面罩", _MELTER),
    (FURNACE, "维护", "应急水源不足", _BURN, (1, 3, 15), "应急水箱水位在标线以上", _LEADER),
    (CRANE, "吊运铁水", "钢丝绳断丝", _LIFT, (3, 6, 40), "每天检查吊具和钢丝绳", _MELTER),
    (CRANE, "吊运铁水", "限位失效", _LIFT, (1, 6, 40), "每班试验上升限位", _MELTER),
    (CRANE, "吊运铁水", "制动器磨损", _LIFT, (1, 6, 15), "制动器间隙每周检查", _LEADER),
    (CRANE, "检修", "高处坠落", "高处坠落", (1, 3, 15), "检修平台护栏完好", _HEAD),
    (ROOM, "值守", "线路过热", "火灾", (3, 3, 15), "接头温度不超过 70 ℃", _LEADER),
    (ROOM, "值守", "小动物进入", _SHOCK, (1, 6, 7), "挡鼠板完好，孔洞封堵", _LEADER),
    (ROOM, "倒闸", "误操作", _SHOCK, (1, 2, 15), "凭操作票操作，一人监护", _HEAD),
]
BAD = [
    (ROOM, "巡视", "照明不足", _SHOCK, (5, 6, 7), "应急照明每月试验", _HEAD),
    (ROOM, "巡视", "绝缘垫老化", _SHOCK, (1, 6, 7), "绝缘垫每年检测", _HEAD),
    (ROOM, "巡视", "灭火器过期", "火灾", (1, 6, 7), "", _HEAD),
]
WRONG_PRODUCT = "绝缘垫老化"


def ledger() -> bytes:
    """Twelve rows without a fault and three that cannot be taken."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "风险分级管控清单"
    sheet.append([TITLE])
    for cells in HEAD:
        sheet.append(cells)
    rows = [*GOOD, *BAD]
    for number, row in enumerate(rows, 1):
        sheet.append(_cells(number, row))
    for area in ("A1:O1", "F2:J2", *(f"{c}2:{c}3" for c in "ABCDEKLMNO")):
        sheet.merge_cells(area)
    for first, last in _spans([row[0] for row in rows]):
        sheet.merge_cells(start_row=first + 4, end_row=last + 4, start_column=2, end_column=2)
    return _saved(book)


def large_ledger(count: int = 700) -> bytes:
    """So many rows that the import goes on in the background."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["风险点", "作业活动", "危险源", "事故类型", "L", "E", "C", "D", "风险等级",
                  "管控措施", "责任部门", "责任岗位", "责任人", "排查频次"])  # fmt: skip
    for number in range(count):
        point = f"机加工{number // 7 + 1:03}号机床"
        danger = f"第 {number + 1} 处旋转部件外露"
        measure = f"第 {number + 1} 处防护罩完好，联锁有效"
        sheet.append([point, "车削", danger, "机械伤害", 1, 3, 7, 21, "低", measure, *_TURNER])
    return _saved(book)


def _cells(number: int, row: tuple) -> list[object]:
    point, activity, source, accident, (likelihood, exposure, consequence), measure, who = row
    product = likelihood * exposure * consequence
    value = product + 100 if source == WRONG_PRODUCT else product
    level = next(word for bound, word in _BANDS if value > bound)
    return [number, point, activity, source, accident, likelihood, exposure, consequence, value,
            level, measure, *who]  # fmt: skip


_BANDS = ((320, "重大"), (160, "较大"), (69, "一般"), (0, "低"))


def _spans(names: list[str]) -> list[tuple[int, int]]:
    """First and last place of each run of equal names that is longer than one."""
    found, start = [], 0
    for at in range(1, len(names) + 1):
        if at == len(names) or names[at] != names[start]:
            if at - start > 1:
                found.append((start, at - 1))
            start = at
    return found


def _saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
