"""Reads a JSON list of [pattern, path] and writes what glob(3) and fnmatch(3) of this machine's libc say of each."""

import ctypes
import json
import sys

PATHNAME, PERIOD = 1, 4
libc = ctypes.CDLL(None)


def matches(pattern: str, path: str, flags: int) -> bool:
    return libc.fnmatch(pattern.encode(), path.encode(), flags) == 0


# glob(3) goes from directory to directory with the pattern of each, and finds no hidden file with a wild-card.
print(json.dumps([[matches(p, s, PATHNAME | PERIOD), matches(p, s, 0)] for p, s in json.load(sys.stdin)]))
