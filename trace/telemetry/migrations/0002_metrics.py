"""The ten metrics every station may send, and the limits shown beside them, as dated rows."""

from datetime import date

from django.db import migrations

FIELDS = (
    "key", "name", "name_en", "unit", "decimals", "accept_min", "accept_max",
    "hj212_code", "hj212_factor", "is_circular", "aliases",
)  # fmt: skip
METRICS = [
    ("pm25", "PM2.5", "PM2.5", "µg/m³", 0, 0, 1000, "a34004", 0.001, False, "pm2_5, pm2p5, 细颗粒物"),
    ("pm10", "PM10", "PM10", "µg/m³", 0, 0, 2000, "a34002", 0.001, False, "可吸入颗粒物"),
    ("tsp", "TSP", "TSP", "µg/m³", 0, 0, 20000, "a34001", 0.001, False, "总悬浮颗粒物, dust"),
    ("noise", "噪声", "Noise", "dB(A)", 1, 30, 130, "LA", 1, False, "噪音, sound, spl"),
    ("temperature", "气温", "Temperature", "℃", 1, -40, 80, "a01001", 1, False, "temp, 温度, 大气温度, air temperature"),
    ("humidity", "湿度", "Humidity", "%RH", 0, 0, 100, "a01002", 1, False, "hum, humi, rh, 相对湿度, 大气湿度, air humidity"),
    ("pressure", "大气压", "Pressure", "hPa", 1, 300, 1100, "a01006", 10, False, "pres, press, 气压, 大气压力, air pressure"),
    ("wind_speed", "风速", "Wind speed", "m/s", 1, 0, 60, "a01007", 1, False, "ws, windspd"),
    ("wind_direction", "风向", "Wind direction", "°", 0, 0, 360, "a01008", 1, True, "wd, winddir"),
    ("wind_force", "风力", "Wind force", "级", 0, 0, 17, "", 1, False, "风级, wind level, windpower"),
]  # fmt: skip

# GB 3095-2026 tightens PM2.5 in two steps; GB 3095-2012 stays for what it does not change.
LIMITS = [
    ("pm25", "GB 3095-2026", "I", "24h", 25, date(2026, 1, 1), None),
    ("pm25", "GB 3095-2026", "II", "24h", 60, date(2026, 1, 1), date(2030, 12, 31)),
    ("pm25", "GB 3095-2026", "II", "24h", 50, date(2031, 1, 1), None),
    ("pm10", "GB 3095-2012", "I", "24h", 50, date(2016, 1, 1), None),
    ("pm10", "GB 3095-2012", "II", "24h", 150, date(2016, 1, 1), None),
    ("tsp", "GB 3095-2012", "I", "24h", 120, date(2016, 1, 1), None),
    ("tsp", "GB 3095-2012", "II", "24h", 300, date(2016, 1, 1), None),
    ("noise", "GB 3096-2008", "1", "day", 55, date(2008, 10, 1), None),
    ("noise", "GB 3096-2008", "1", "night", 45, date(2008, 10, 1), None),
]


def add_rows(apps, schema_editor):
    metric_model = apps.get_model("telemetry", "Metric")
    limit_model = apps.get_model("telemetry", "MetricLimit")
    metrics = {}
    for position, row in enumerate(METRICS, start=1):
        values = dict(zip(FIELDS, row, strict=True))
        metrics[values["key"]] = metric_model.objects.create(position=position * 10, **values)
    for key, standard, level, period, value, valid_from, valid_to in LIMITS:
        limit_model.objects.create(
            metric=metrics[key], standard=standard, level=level, period=period,
            value=value, valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("telemetry", "0001_initial")]

    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
