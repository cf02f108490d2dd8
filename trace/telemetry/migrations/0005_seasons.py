"""What of the ten metrics is a level and told of a season; hours known so far become days and levels."""

from django.db import migrations

LEVELS = ["noise"]
OF_A_SEASON = ["temperature", "humidity", "wind_speed", "pm25"]
# GB 3095-2012, table 4: TSP is sampled around the clock, PM10 and PM2.5 at least 20 hours of a day. For noise
# the same share of the 16 hours of the day and the 8 of the night.
TSP_HOURS, DAY_HOURS, NIGHT_HOURS = 24, 14, 7


def fill_in(apps, schema_editor):
    metric, limit = apps.get_model("telemetry", "Metric"), apps.get_model("telemetry", "MetricLimit")
    metric.objects.filter(key__in=LEVELS).update(is_level=True)
    metric.objects.filter(key__in=OF_A_SEASON).update(in_season=True)
    limit.objects.filter(metric__key="tsp", period="24h").update(hours_needed=TSP_HOURS)
    limit.objects.filter(period="day").update(hours_needed=DAY_HOURS)
    limit.objects.filter(period="night").update(hours_needed=NIGHT_HOURS)


def compute_again(apps, schema_editor):
    """Mark the hours there are: the next roll-up computes them and their days."""
    hourly, dirty = apps.get_model("telemetry", "HourlyReading"), apps.get_model("telemetry", "DirtyHour")
    hours = hourly.objects.values_list("device_id", "hour").distinct()
    rows = (dirty(device_id=device, hour=hour) for device, hour in hours.iterator())
    dirty.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["device", "hour"],
        update_fields=["marks"],
    )


class Migration(migrations.Migration):
    dependencies = [("telemetry", "0004_hj212_stations")]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.RunPython(compute_again, migrations.RunPython.noop),
    ]
