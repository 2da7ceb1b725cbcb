"""The guarded way out and the reading of what comes back. No Django here: everything configurable is passed in."""
