"""Article intake."""

from annotations.articles import intake
from annotations.tasks.work import register

fetch = register("articles.fetch", intake.fetch, intake.bury)
parse = register("articles.parse", intake.parse, intake.bury)
