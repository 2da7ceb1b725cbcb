"""Finding claims in a version."""

from annotations.claims import splitting
from annotations.tasks.work import register

split = register("claims.split", splitting.split, splitting.bury)
