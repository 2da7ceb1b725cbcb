"""New databases are made by one migration; those from before go on by the ten that it replaces. Both end in the same schema."""

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader


def test_the_one_migration_makes_what_the_ten_make() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    ten = loader.project_state(("annotations", "0010_keys"))
    one = loader.project_state(("annotations", "0001_squashed_0010_keys"))
    for before, after in ((ten, one), (one, ten)):
        changes = MigrationAutodetector(before, after).changes(loader.graph)
        assert changes == {}, [operation.describe() for each in changes["annotations"] for operation in each.operations]
