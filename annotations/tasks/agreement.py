"""Computing agreement."""

from annotations.agreement import operations
from annotations.tasks.work import register

recount = register("agreement.recount", operations.recount, operations.bury)
rebuild = register("agreement.rebuild", operations.rebuild, operations.bury)
