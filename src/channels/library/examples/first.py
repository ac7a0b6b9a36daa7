# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import sys
import gi
gi.require_version("Channels", "1")
from gi.repository import Channels, GLib

address = sys.argv[1] if len(sys.argv) > 1 else "wss://ws-eu.pusher.com/app/KEY"
client = Channels.Client.new(Channels.Endpoint.new_from_uri(address), None, None)
news = client.subscribe("news")
news.connect("event", lambda news, event: print(event.get_name(), event.get_text(), flush=True))
client.start()
GLib.MainLoop().run()
