#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification server without a screen that can take a reply to a message, as KDE's can. What it is to write into
which notification comes by its standard input: the words to look for, a tab, the reply."""

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
XML = """<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationReplied"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


class Server:
    def __init__(self, bus):
        self.bus = bus
        self.last = 0
        self.shown = {}
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        bus.register_object(PATH, interface, self.on_call, None, None)

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        answer = None
        if method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body", "body-markup", "inline-reply", "persistence"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("replies", "Ringdown", "1", "1.2"))
        elif method == "Notify":
            _app, replaces, _icon, summary, body, actions, _hints, _timeout = arguments.unpack()
            number = replaces
            if number == 0:
                self.last += 1
                number = self.last
            self.shown[number] = (summary + "\n" + body, actions[::2])
            answer = GLib.Variant("(u)", (number,))
        elif method == "CloseNotification":
            self.close(arguments.unpack()[0], 3)
        invocation.return_value(answer)

    def close(self, number, why):
        if self.shown.pop(number, None):
            self.bus.emit_signal(None, PATH, NAME, "NotificationClosed", GLib.Variant("(uu)", (number, why)))

    def on_line(self, source, _condition):
        line = source.readline()
        if not line:
            return False
        words, text = line.rstrip("\n").split("\t", 1)
        number = max((number for number, (said, actions) in self.shown.items()
                      if words in said and "inline-reply" in actions), default=0)
        if number:
            self.bus.emit_signal(None, PATH, NAME, "NotificationReplied", GLib.Variant("(us)", (number, text)))
            self.close(number, 2)
        return True


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    server = Server(bus)
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, lambda *_: server.on_line(sys.stdin, None))
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()


main()
