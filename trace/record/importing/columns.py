"""The columns of a spreadsheet of events, and the names people give them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from record.models import Event


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading in the empty table, further headings it is known by, an example."""

    key: str
    heading: str
    known_as: tuple[str, ...]
    example: str
    needed: bool = False


COLUMNS: Sequence[Column] = (
    Column("lot", "批号", ("批次", "批次号", "lot", "lot number", "batch"), "LC261027-03", needed=True),
    Column("gtin", "商品条码", ("条码", "gtin"), ""),
    Column("stage", "环节", ("阶段", "stage"), "生产"),
    Column("step", "作业", ("作业类型", "kind of work", "step"), "施肥"),
    Column("title", "做了什么", ("事项", "what was done", "title"), "追肥浇水", needed=True),
    Column("at", "时间", ("日期", "when", "date", "at"), "2026-08-26 08:15", needed=True),
    Column("place", "地点", ("where", "place"), "张家河 3 号地"),
    Column("actor", "操作人", ("谁做的", "done by", "actor"), "王秀兰"),
    Column("responsible", "责任主体", ("responsible party", "responsible"), "张家河大葱专业合作社"),
    Column("attested_by", "见证人", ("attested by", "witness"), ""),
    Column("inputs", "投入", ("用了什么", "went in", "inputs"), "腐熟羊粪 6000 千克"),
    Column("outputs", "产出", ("出了什么", "came out", "outputs"), ""),
    Column("note", "备注", ("note",), ""),
)
NEEDED = tuple(column.key for column in COLUMNS if column.needed)
_BY_HEADING = {
    heading.lower(): column.key for column in COLUMNS for heading in (column.heading, *column.known_as)
}
LABELS: dict[str, Promise] = {
    "lot": _("lot number"),
    "gtin": _("GTIN"),
    "stage": _("stage"),
    "step": _("kind of work"),
    "title": _("what was done"),
    "at": _("when"),
    "place": _("where"),
    "actor": _("done by"),
    "responsible": _("responsible party"),
    "attested_by": _("attested by"),
    "inputs": _("went in"),
    "outputs": _("came out"),
    "note": _("note"),
}
# where a kind of work belongs when the line does not say
STAGE_OF = {
    Event.Step.SOWING: Event.Stage.PLANTING,
    Event.Step.FERTILISING: Event.Stage.PRODUCTION,
    Event.Step.IRRIGATION: Event.Stage.PRODUCTION,
    Event.Step.PEST_CONTROL: Event.Stage.PRODUCTION,
    Event.Step.INSPECTION: Event.Stage.PRODUCTION,
    Event.Step.HARVEST: Event.Stage.PRODUCTION,
    Event.Step.SORTING: Event.Stage.PROCESSING,
    Event.Step.DRYING: Event.Stage.PROCESSING,
    Event.Step.PACKING: Event.Stage.PROCESSING,
    Event.Step.STORING: Event.Stage.STORAGE,
    Event.Step.SHIPPING: Event.Stage.CIRCULATION,
    Event.Step.RECEIVING: Event.Stage.CIRCULATION,
    Event.Step.SELLING: Event.Stage.SALE,
}

# what people write for a kind of work besides its name
ALSO_WRITTEN: dict[str, str] = {
    "移栽": Event.Step.SOWING,
    "定植": Event.Step.SOWING,
    "追肥": Event.Step.FERTILISING,
    "浇水": Event.Step.IRRIGATION,
    "除虫": Event.Step.PEST_CONTROL,
    "打药": Event.Step.PEST_CONTROL,
    "病虫防治": Event.Step.PEST_CONTROL,
    "巡田": Event.Step.INSPECTION,
    "收获": Event.Step.HARVEST,
    "采摘": Event.Step.HARVEST,
    "分级": Event.Step.SORTING,
    "晾干": Event.Step.DRYING,
    "装箱": Event.Step.PACKING,
    "运输": Event.Step.SHIPPING,
    "上架": Event.Step.SELLING,
}


def column_of(heading: str) -> str | None:
    """Return the key of the column with this heading, or None for one that is nobody's."""
    return _BY_HEADING.get(" ".join(heading.split()).strip("*＊ ").lower())
