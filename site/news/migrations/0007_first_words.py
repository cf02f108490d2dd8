"""Words to begin with, each with the law or rule that asks for it. Editors keep the list from here on."""

from django.db import migrations

ADVERTISING_9 = "广告法第九条第三项：不得使用“国家级”“最高级”“最佳”等用语"
ABSOLUTE = "广告法第九条第三项、广告绝对化用语执法指南（市场监管总局公告2023年第6号）：拿不出凭据的绝对说法"
ADVERTISING_17 = "广告法第十七条：医疗、药品、医疗器械以外的，不得涉及疾病治疗功能，不得使用医疗用语"
FOOD_73 = "食品安全法第七十三条：食品广告不得涉及疾病预防、治疗功能"
TRADEMARK_14 = "商标法第十四条第五款：“驰名商标”字样不得用于商品、包装和宣传"
ADVERTISING_4 = "广告法第四条：不得含有虚假或者引人误解的内容"
OFFICES = "关于严禁中央和国家机关使用“特供”“专供”等标识的通知（国管局等，2013年）"
MANNERS = "新华社新闻信息报道中的禁用词和慎用词：对残疾人的称呼"

FIRSTS = (
    "第一书记 第一产业 第一次 第一届 第一时间 第一天 第一步 第一批 第一年 第一季 第一线 第一遍 第一茬 第一期 "
    "第一课 第一章 第一条 第一个 第一手 第一车间 第一站 第一场 第一轮 第一件 第一组 第一节 第一款 第一项"
)
NATIONAL = (
    "国家级非物质文化遗产 国家级非遗 国家级示范社 国家级龙头企业 国家级传承人 国家级代表性传承人 国家级贫困县 "
    "国家级电子商务进农村 国家级农业产业化"
)
TIMES = "最佳食用期 最佳食用时间 最佳赏味期 最佳采收期 最佳采摘期 最佳播种期 最佳时期 最佳时间 最佳观赏期"
MOST = "最大限度 最大努力 最大风速 最大降水 最大降雨 最大值 最大程度"

# word, kind, why, what to say instead, where it means something else
WORDS = [
    ("国家级", "block", ADVERTISING_9, "写出是哪个部门评的、哪一年、什么名称", NATIONAL),
    ("最高级", "block", ADVERTISING_9, "写出等级的名称和标准", ""),
    ("最佳", "block", ADVERTISING_9, "写出好在哪里，用数说话", TIMES),
    ("驰名商标", "block", TRADEMARK_14, "注册商标", ""),
    ("根治", "block", ADVERTISING_17, "", "根治拖欠"),
    ("治愈", "block", ADVERTISING_17, "", ""),
    ("药到病除", "block", ADVERTISING_17, "", ""),
    ("包治百病", "block", ADVERTISING_17, "", ""),
    ("抗癌", "block", FOOD_73, "", ""),
    ("防癌", "block", FOOD_73, "", ""),
    ("疗效", "warn", ADVERTISING_17, "", ""),
    ("治疗", "warn", ADVERTISING_17, "", ""),
    ("降血糖", "warn", FOOD_73, "", ""),
    ("降血压", "warn", FOOD_73, "", ""),
    ("降血脂", "warn", FOOD_73, "", ""),
    ("延年益寿", "warn", FOOD_73, "", ""),
    ("提高免疫力", "warn", FOOD_73, "", ""),
    ("增强免疫力", "warn", FOOD_73, "", ""),
    ("排毒", "warn", FOOD_73, "", ""),
    ("减肥", "warn", FOOD_73, "", ""),
    ("第一", "warn", ABSOLUTE, "写出是哪一年、谁统计的", FIRSTS),
    ("唯一", "warn", ABSOLUTE, "", "唯一编码 唯一标识 唯一码"),
    ("首选", "warn", ABSOLUTE, "", ""),
    ("顶级", "warn", ABSOLUTE, "", ""),
    ("极品", "warn", ABSOLUTE, "", ""),
    ("最好", "warn", ABSOLUTE, "", ""),
    ("最优", "warn", ABSOLUTE, "", ""),
    ("最大", "warn", ABSOLUTE, "写出有多大", MOST),
    ("最先进", "warn", ABSOLUTE, "", ""),
    ("世界级", "warn", ABSOLUTE, "", ""),
    ("独一无二", "warn", ABSOLUTE, "", ""),
    ("绝无仅有", "warn", ABSOLUTE, "", ""),
    ("永久", "warn", ABSOLUTE, "", "永久基本农田"),
    ("万能", "warn", ABSOLUTE, "", ""),
    ("百分之百", "warn", ABSOLUTE, "", ""),
    ("纯天然", "warn", ADVERTISING_4, "写出怎么种的、用了什么、没用什么", ""),
    ("零添加", "warn", ADVERTISING_4, "写出配料", ""),
    ("特供", "warn", OFFICES, "", ""),
    ("专供", "warn", OFFICES, "", ""),
    ("残废", "warn", MANNERS, "残疾", ""),
    ("瞎子", "warn", MANNERS, "盲人", ""),
    ("聋子", "warn", MANNERS, "聋人", ""),
]


def put_in(apps, schema_editor):
    """Write the rows without the models: rendering those of all apps takes longer than everything else here."""
    rows = [[word, kind, why, instead, "\n".join(where.split())] for word, kind, why, instead, where in WORDS]
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO news_sensitiveword (word, kind, reason, suggestion, allowed_in) "
            "VALUES (%s, %s, %s, %s, %s)",
            rows,
        )


class Migration(migrations.Migration):
    dependencies = [("news", "0006_posts")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
