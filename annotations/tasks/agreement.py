"""Computing agreement."""

from annotations.agreement import operations
from annotations.tasks.work import register

recount = register("agreement.recount", operations.recount, operations.bury)
rebuild = register("agreement.rebuild", operations.rebuild, operations.bury)
rebuild_article = register("agreement.rebuild_article", operations.rebuild_article, operations.bury)
