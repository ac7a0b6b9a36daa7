#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and uses what is in the tray, as a host does over D-Bus: the first item that the watcher knows.

tray.py item           the item's properties as JSON; of pixmaps only their sizes
tray.py menu           its menu: [{"id", "label", "enabled", "items"}]
tray.py choose LABEL   clicks the item of the menu with that label
tray.py click METHOD   Activate, SecondaryActivate, ContextMenu
"""

import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"

bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def ask(name, path, interface, method, signature="()", *arguments):
    return bus.call_sync(name, path, interface, method, GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 10000).unpack()


def properties(name, path, interface):
    return ask(name, path, "org.freedesktop.DBus.Properties", "GetAll", "(s)", interface)[0]


def find_item():
    items = properties(WATCHER, "/StatusNotifierWatcher", WATCHER)["RegisteredStatusNotifierItems"]
    if not items:
        sys.exit("nothing is registered")
    name, slash, path = items[0].partition("/")
    return name, slash + path if slash else "/StatusNotifierItem"


def rows(children):
    for number, about, below in children:
        if about.get("type") != "separator" and about.get("visible", True):
            yield {"id": number, "label": about.get("label", "").replace("__", "_"), "enabled": about.get("enabled", True),
                   "items": list(rows(below))}


def flatten(menu):
    for row in menu:
        yield row
        yield from flatten(row["items"])


def main(verb, word=None):
    name, path = find_item()
    about = properties(name, path, ITEM)
    if verb == "item":
        for key in ("IconPixmap", "AttentionIconPixmap", "OverlayIconPixmap"):
            about[key] = [width for width, height, pixels in about[key] if len(pixels) == width * height * 4]
        about["name"] = name
        print(json.dumps(about))
        return
    if verb == "click":
        ask(name, path, ITEM, word, "(ii)", 0, 0)
        return
    ask(name, about["Menu"], MENU, "AboutToShow", "(i)", 0)
    menu = list(rows(ask(name, about["Menu"], MENU, "GetLayout", "(iias)", 0, -1, [])[1][2]))
    if verb == "menu":
        print(json.dumps(menu))
        return
    row = next((row for row in flatten(menu) if row["label"] == word), None)
    if row is None:
        sys.exit(f"there is no {word}")
    ask(name, about["Menu"], MENU, "Event", "(isvu)", row["id"], "clicked", GLib.Variant("i", 0), 0)


main(*sys.argv[1:])
