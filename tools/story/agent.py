# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent, as any program on the bus sees it."""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from .session import Refused  # noqa: E402

ROOT = "/io/github/ringdown/Ringdown"
PREFIX = "io.github.ringdown."


class Agent:
    def __init__(self, address, name):
        self.name = name
        self.heard = []
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.signal_subscribe(name, None, None, None, None, Gio.DBusSignalFlags.NONE, self.on_signal)
        self.paths = {}

    def on_signal(self, _bus, _sender, path, _interface, signal, arguments):
        self.heard.append((path, signal, arguments.unpack()))

    def ask(self, path, interface, method, signature="", *arguments):
        given = GLib.Variant(f"({signature})", arguments) if signature else None
        try:
            return self.bus.call_sync(self.name, path, interface, method, given, None, Gio.DBusCallFlags.NO_AUTO_START,
                                      20000, None).unpack()
        except GLib.Error as error:
            Gio.DBusError.strip_remote_error(error)
            raise Refused(error.message) from error

    def account(self, name):
        """The path of the account that is called so."""
        if name not in self.paths:
            objects = self.ask(ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")[0]
            self.paths = {facts[PREFIX + "Account1"]["Name"]: path for path, facts in objects.items()
                          if PREFIX + "Account1" in facts}
        return self.paths[name]

    def call(self, account, interface, method, signature="", *arguments):
        answer = self.ask(self.account(account), PREFIX + interface, method, signature, *arguments)
        return answer[0] if len(answer) == 1 else answer

    def get(self, account, interface, name):
        return self.ask(self.account(account), "org.freedesktop.DBus.Properties", "Get", "ss", PREFIX + interface, name)[0]

    def open_window(self, page, **options):
        self.ask(ROOT + "/Agent", PREFIX + "Agent1", "OpenWindow", "sa{sv}", page,
                 {key: GLib.Variant("s", value) for key, value in options.items()})

    def listen(self):
        """Whatever the agent says from here on is in what this returns, once heard() was asked."""
        self.pump()
        self.heard.clear()

    def pump(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def signals(self, account, name):
        self.pump()
        return [arguments for path, signal, arguments in self.heard if signal == name and path == self.account(account)]
