"""Drop-in files: every module of a package that holds a `PLUGIN` is one. A broken one stops the process at start."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


class BrokenPlugin(Exception):
    """A plug-in that cannot be used; names the file and what is wrong."""


def load(package: ModuleType, protocol: type[T]) -> Mapping[str, T]:
    """The package's plug-ins by name. `protocol` is a runtime-checkable Protocol with at least `name` and `version`."""
    found: dict[str, T] = {}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        plugin: Any = getattr(module, "PLUGIN", None)
        if plugin is None:
            continue
        if not isinstance(plugin, protocol):
            missing = sorted(set(_members(protocol)) - set(dir(plugin)))
            raise BrokenPlugin(f"{module.__name__}: PLUGIN lacks {', '.join(missing) or 'the protocol'}")
        name = getattr(plugin, "name", "")
        if not isinstance(name, str) or not name.isidentifier() or not getattr(plugin, "version", ""):
            raise BrokenPlugin(f"{module.__name__}: PLUGIN needs a name (an identifier) and a version")
        if name in found:
            raise BrokenPlugin(f"{module.__name__}: another plug-in is called {name!r}")
        found[name] = plugin
    if not found:
        raise BrokenPlugin(f"{package.__name__}: no plug-in found")
    return MappingProxyType(dict(sorted(found.items())))


def _members(protocol: type[Any]) -> set[str]:
    return {
        *getattr(protocol, "__annotations__", {}),
        *(name for name in vars(protocol) if not name.startswith("_")),
    }
