# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A media player, as far as others can press its buttons."""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATH, PLAYER = "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player"
XML = f"""<node><interface name="{PLAYER}">
  <method name="Pause"/><method name="Play"/><method name="PlayPause"/>
  <property name="PlaybackStatus" type="s" access="read"/>
  <property name="CanPause" type="b" access="read"/><property name="CanPlay" type="b" access="read"/>
  <property name="CanControl" type="b" access="read"/>
</interface></node>"""


class Player:
    def __init__(self, address):
        self.status = "Playing"
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.object = self.bus.register_object(PATH, interface, self.on_call, self.on_get, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", ("org.mpris.MediaPlayer2.story", 0)), None, Gio.DBusCallFlags.NONE, -1, None)

    def on_call(self, _bus, _sender, _path, _interface, method, _arguments, invocation):
        self.status = {"Pause": "Paused", "Play": "Playing"}.get(method, self.status)
        invocation.return_value(None)
        self.bus.emit_signal(None, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged", GLib.Variant(
            "(sa{sv}as)", (PLAYER, {"PlaybackStatus": GLib.Variant("s", self.status)}, [])))

    def on_get(self, _bus, _sender, _path, _interface, name):
        return GLib.Variant("s", self.status) if name == "PlaybackStatus" else GLib.Variant("b", True)

    def is_(self, status):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.status == status

    def close(self):
        self.bus.unregister_object(self.object)
        self.bus.close_sync(None)
