# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A place for tray icons, as a desktop's panel is one: it shows nothing, but knows who is there, and can click."""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from .session import Refused, StepFailed  # noqa: E402

NAME = "org.kde.StatusNotifierWatcher"
ITEM, MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
XML = f"""<node><interface name="{NAME}">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
</interface></node>"""
SECONDS = 5


class Tray:
    def __init__(self, address):
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.items = []
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.object = self.bus.register_object("/StatusNotifierWatcher", interface, self.on_call, self.on_get, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (NAME, 0)), None, Gio.DBusCallFlags.NONE, -1, None)

    def on_call(self, _bus, sender, _path, _interface, method, arguments, invocation):
        if method == "RegisterStatusNotifierItem":
            given = arguments.unpack()[0]
            self.items.append((given if given.startswith(":") else sender, given if given.startswith("/") else "/StatusNotifierItem"))
        invocation.return_value(None)

    def on_get(self, _bus, _sender, _path, _interface, name):
        return {"RegisteredStatusNotifierItems": GLib.Variant("as", [name + path for name, path in self.items]),
                "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
                "ProtocolVersion": GLib.Variant("i", 0)}[name]

    def pump(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def item(self):
        """Who has registered last."""
        self.pump()
        return self.items[-1] if self.items else None

    def ask(self, path, interface, method, arguments):
        try:
            return self.bus.call_sync(self.item()[0], path, interface, method, arguments, None, Gio.DBusCallFlags.NO_AUTO_START,
                                      SECONDS * 1000, None).unpack()
        except GLib.Error as error:
            raise Refused(error.message) from error

    def get(self, name):
        return self.ask(self.item()[1], "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ITEM, name)))[0]

    def rows(self):
        """The menu: id and label of every row that can be clicked, submenus with theirs."""
        layout = self.ask(self.get("Menu"), MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))[1]

        def walk(row):
            number, facts, children = row
            if facts.get("label") and facts.get("enabled", True) and facts.get("visible", True):
                yield number, facts["label"].replace("_", "")
            for child in children:
                yield from walk(child)
        return list(walk(layout))

    def click(self, label):
        """Clicks the first row of the menu that begins so."""
        found = [number for number, words in self.rows() if words.startswith(label)]
        if not found:
            raise StepFailed(f"there is no {label} among {[words for _, words in self.rows()]}")
        self.ask(self.get("Menu"), MENU, "Event", GLib.Variant("(isvu)", (found[0], "clicked", GLib.Variant("s", ""), 0)))

    def close(self):
        self.bus.unregister_object(self.object)
        self.bus.close_sync(None)
        self.pump()
