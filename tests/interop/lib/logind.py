#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""logind, as far as it says that the machine goes to sleep and wakes. Each line on stdin is one: "sleep", "wake"."""

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATH, NAME = "/org/freedesktop/login1", "org.freedesktop.login1"
connection = Gio.bus_get_sync(Gio.BusType.SYSTEM)


def on_line(channel, _condition):
    line = channel.readline().strip()
    if not line:
        loop.quit()
        return False
    connection.emit_signal(None, PATH, f"{NAME}.Manager", "PrepareForSleep", GLib.Variant("(b)", (line == "sleep",)))
    print(line, flush=True)
    return True


Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print("here", flush=True), None)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
loop = GLib.MainLoop()
loop.run()
