#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs load, and what the layers include: HACKING.md's table, read from the built files."""

import pathlib
import re
import subprocess
import sys

root, build = (pathlib.Path(argument) for argument in sys.argv[1:3])
ALLOWED = {
    "channels": set(), "phone": set(), "text": set(), "dbus": set(), "demo": set(),
    "site": {"channels", "phone"}, "store": {"phone"}, "desktop": {"text"},
    "agent": {"channels", "phone", "site", "store", "desktop", "text", "dbus"},
    "window": {"text", "dbus"}, "cli": {"channels", "phone", "text", "dbus"},
}
FORBIDDEN = {
    "ringdown-agent": ("libgtk", "libadwaita", "libgdk-3"),
    "ringdown": ("libgtk", "libadwaita", "libgst", "libnotify"),
    "ringdown-window": ("libsoup", "libgst", "libsqlite", "libnotify", "libsecret"),
    "ringdown-demo": ("libgtk", "libgst", "libnotify"),
}
results = []


def needed(program):
    text = subprocess.run(["readelf", "-d", str(program)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.*)\]", text)


for program, words in FORBIDDEN.items():
    libraries = needed(build / "src" / "bin" / program)
    bad = [library for library in libraries if library.startswith(words)]
    results.append((f"{program} links none of {', '.join(words)}", bad))

headers = {path.name: path.parent.name for path in (root / "src").glob("*/*.h")}
for layer, may in ALLOWED.items():
    bad = []
    for path in sorted((root / "src" / layer).glob("*.[ch]")):
        for name in re.findall(r'^#include "([^"]+)"', path.read_text(encoding="utf-8"), re.M):
            # the compiler looks beside the file first
            home = layer if (path.parent / name).exists() else headers.get(pathlib.PurePath(name).name, layer)
            if "/" in name or home not in may | {layer}:
                bad.append(f"{path.name} includes {name}")
    results.append((f"{layer} includes only what its row allows", bad))

print(f"1..{len(results)}")
for number, (name, bad) in enumerate(results, 1):
    print(f"{'not ok' if bad else 'ok'} {number} - {name}")
    for fault in bad:
        print(f"# {fault}")
