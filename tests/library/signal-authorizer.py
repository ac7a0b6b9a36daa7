# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures made in Python, one of them after a while; a user who is refused."""

import sys

import gi

gi.require_version("Channels", "1")
from gi.repository import Channels, GLib

authorizer = Channels.SignalAuthorizer.new()
client = Channels.Client.new(Channels.Endpoint.new_from_uri(sys.argv[1]), None, authorizer)
channel = client.subscribe("private-news")


def on_authorize(_, request):
    signature = Channels.Authorization.new(f"key:{request.get_channel_name()}", None, None)
    GLib.idle_add(lambda: request.respond(signature))


def on_authenticate_user(_, request):
    request.fail(GLib.Error.new_literal(Channels.error_quark(), "Not you", Channels.Error.UNAUTHORIZED))


authorizer.connect("authorize", on_authorize)
authorizer.connect("authenticate-user", on_authenticate_user)
channel.connect("event::headline", lambda _, event: print(event.get_name(), event.get_text(), flush=True))
client.sign_in()
client.start()
GLib.MainLoop().run()
