"""Static files with hashed names; module imports are rewritten for our own scripts only."""

from django.contrib.staticfiles.storage import ManifestFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped package
    """WhiteNoise's compressed manifest storage plus hashed ES-module imports in `js/`.

    Django's switch for all files fails on a package's file that mentions an import in a comment,
    so its pattern is bound to our folder.
    """

    support_js_module_import_aggregation = False
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ManifestFilesMixin._js_module_import_aggregation_patterns[1]),  # type: ignore[attr-defined]
    )
    max_post_process_passes = 8
