# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An authoriser written in Python, and events that are looked at after their handler has returned."""

import sys

import gi

gi.require_version("Channels", "1")
from gi.repository import Channels, Gio, GLib, GObject


class Authorizer(GObject.Object, Channels.Authorizer):
    def do_authorize_async(self, socket_id, channel_name, cancellable, callback, *data):
        task = Gio.Task.new(self, cancellable, None)
        self.authorization = Channels.Authorization.new(f"key:{channel_name}", None, None)
        GLib.idle_add(lambda: callback(self, task))

    def do_authorize_finish(self, result):
        return self.authorization


loop, kept = GLib.MainLoop(), []
client = Channels.Client.new(Channels.Endpoint.new_from_uri(sys.argv[1]), None, Authorizer())
channel = client.subscribe("private-news")


def on_event(_, event):
    kept.append(event)
    if len(kept) == 2:
        GLib.idle_add(loop.quit)


channel.connect("event::headline", on_event)
client.start()
loop.run()
for event in kept:
    print(event.get_name(), event.get_text(), flush=True)

try:
    client.subscribe("no channel")
except GLib.Error as error:
    assert error.matches(Channels.error_quark(), Channels.Error.INVALID), error
assert client.get_state() == Channels.ClientState.CONNECTED
assert [each.get_name() for each in client.dup_subscriptions()] == ["private-news"]
client.stop()
