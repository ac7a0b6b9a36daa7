#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A media player that plays nothing, as MPRIS has them. Each line on stdin is what its user does: "Playing", "Paused"."""

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATH, PLAYER = "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player"
XML = f"""<node><interface name="{PLAYER}"><method name="Play"/><method name="Pause"/>
<property name="PlaybackStatus" type="s" access="read"/><property name="CanPause" type="b" access="read"/>
</interface></node>"""
status = "Playing"


def show(new):
    global status
    status = new
    print(status, flush=True)
    connection.emit_signal(None, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged", GLib.Variant(
        "(sa{sv}as)", (PLAYER, {"PlaybackStatus": GLib.Variant("s", status)}, [])))


def on_call(_connection, _sender, _path, _interface, method, _arguments, invocation):
    show("Paused" if method == "Pause" else "Playing")
    invocation.return_value(None)


def on_get(_connection, _sender, _path, _interface, name):
    return GLib.Variant("b", True) if name == "CanPause" else GLib.Variant("s", status)


def on_line(channel, _condition):
    line = channel.readline()
    if line == "":
        loop.quit()
        return False
    show(line.strip())
    return True


connection = Gio.bus_get_sync(Gio.BusType.SESSION)
connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, on_get, None)
Gio.bus_own_name_on_connection(connection, f"org.mpris.MediaPlayer2.{sys.argv[1]}", 0, lambda *_: print("here", flush=True), None)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
loop = GLib.MainLoop()
loop.run()
