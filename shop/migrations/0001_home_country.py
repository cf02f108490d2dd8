"""Orders are delivered in China: Oscar's address forms need the country to be there."""

from django.db import migrations

CHINA = {
    "iso_3166_1_a3": "CHN",
    "iso_3166_1_numeric": "156",
    "printable_name": "中国",
    "name": "中华人民共和国",
    "is_shipping_country": True,
}


def add_china(apps, schema_editor):
    country = apps.get_model("address", "Country")
    country.objects.update_or_create(iso_3166_1_a2="CN", defaults=CHINA)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("address", "0007_useraddress_code")]
    operations = [migrations.RunPython(add_china, migrations.RunPython.noop)]
