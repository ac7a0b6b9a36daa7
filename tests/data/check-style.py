#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HACKING.md's rules that a machine can count: SPDX lines, sizes, tabs, trailing space, strings to translate."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
LINES, WIDTH = 700, 120
checks = []


def sources(*patterns):
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and "node_modules" not in path.parts and not any(part.startswith("build") for part in path.relative_to(root).parts):
                yield path, path.read_text(encoding="utf-8")


def check(name, faults):
    checks.append((name, list(faults)))


code = list(sources("src/**/*.[ch]", "tests/**/*.[ch]"))
scripts = list(sources("src/**/meson.build", "tests/**/meson.build", "data/**/meson.build", "tests/**/*.py", "tests/**/*.mjs",
                       "tests/**/*.sh", "tests/interop/uws/index.js", "tools/*", "tools/story/*", ".ci/run", "flatpak/*.yml",
                       "flatpak/*/*.py", "flatpak/*/meson.build", "data/debian/rules"))

check("every file names its licence", (
    f"{path}: no SPDX-License-Identifier" for path, text in code + scripts if "SPDX-License-Identifier:" not in text[:600]))
check("the Channels library is LGPL, the rest GPL", (
    f"{path}: wrong licence" for path, text in code if path.is_relative_to(root / "src")
    and ("LGPL-2.1-or-later" in text[:300]) != path.is_relative_to(root / "src/channels")))
check(f"no file over {LINES} lines", (
    f"{path}: {text.count(chr(10))} lines" for path, text in code if text.count("\n") > LINES))
check(f"no line over {WIDTH} columns, no tab, no trailing space", (
    f"{path}:{number}" for path, text in code for number, line in enumerate(text.split("\n"), 1)
    if len(line) > WIDTH or "\t" in line or line != line.rstrip()))
check("nothing left open", (
    f"{path}:{number}: {line.strip()}" for path, text in code + scripts for number, line in enumerate(text.split("\n"), 1)
    if path.name != "check-style.py" and re.search(r"\b(TODO|FIXME)\b", line)))
ENGINE = ("channels", "phone", "site", "store", "agent", "demo")
check("no user-visible string in the engine", (
    f"{path}:{number}: {line.strip()}" for path, text in code for number, line in enumerate(text.split("\n"), 1)
    if path.relative_to(root).parts[:2] in [("src", layer) for layer in ENGINE] and re.search(r"(?<![\w\"])N?_ \(\"", line)))
listed = set((root / "po/POTFILES").read_text().split())
check("every file with strings is in po/POTFILES", (
    f"{path}: not listed" for path, text in list(sources("src/**/*.c")) + list(sources("src/**/*.ui"))
    if (re.search(r"(?<![\w\"])(N?_|ngettext|C_) \(\"", text) or 'translatable="yes"' in text) and str(path.relative_to(root)) not in listed))
check("po/POTFILES names existing files", (
    f"{name}: does not exist" for name in listed if not name.startswith("#") and "/" in name and not (root / name).exists()))

print(f"1..{len(checks)}")
for number, (name, faults) in enumerate(checks, 1):
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    for fault in faults[:20]:
        print(f"# {fault}")
