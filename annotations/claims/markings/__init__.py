"""Double marking: who marks which article, their own lists, the merge. Rows: models/markings.py."""
