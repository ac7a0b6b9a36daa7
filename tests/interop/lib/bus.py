#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls a method of the agent's, or reads its properties, and prints what it says as JSON.

bus.py call PATH INTERFACE METHOD SIGNATURE [JSON]   JSON: an array of the arguments, variants as ["s", "text"]
bus.py get PATH INTERFACE                            all properties
bus.py tree                                          the ObjectManager's paths and interfaces
"""

import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "io.github.ringdown.Ringdown"
ROOT = "/io/github/ringdown/Ringdown"


def ask(path, interface, method, arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync(NAME, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 30000).unpack()


def variants(value):
    """a{sv} as JSON has ["type", value] for each v."""
    if isinstance(value, dict):
        return {key: GLib.Variant(part[0], variants(part[1])) if isinstance(part, list) and len(part) == 2 and isinstance(part[0], str)
                else part for key, part in value.items()}
    return value


def main(verb, *words):
    try:
        if verb == "call":
            path, interface, method, signature = words[:4]
            given = [variants(value) for value in (json.loads(words[4]) if len(words) > 4 else [])]
            answer = ask(ROOT + path, f"io.github.ringdown.{interface}", method,
                         GLib.Variant(f"({signature})", tuple(given)))
        elif verb == "get":
            answer = ask(ROOT + words[0], "org.freedesktop.DBus.Properties", "GetAll",
                         GLib.Variant("(s)", (f"io.github.ringdown.{words[1]}",)))[0]
        else:
            answer = {path: list(what) for path, what in
                      ask(ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", None)[0].items()}
    except GLib.Error as error:
        print(Gio.DBusError.get_remote_error(error) or "", file=sys.stderr)
        Gio.DBusError.strip_remote_error(error)
        sys.exit(error.message)
    print(json.dumps(answer))


main(*sys.argv[1:])
