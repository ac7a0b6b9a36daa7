// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: LGPL-2.1-or-later

import Channels from 'gi://Channels?version=1';
import GLib from 'gi://GLib';

const address = ARGV[0] ?? 'wss://ws-eu.pusher.com/app/KEY';
const client = Channels.Client.new(Channels.Endpoint.new_from_uri(address), null, null);
const news = client.subscribe('news');
news.connect('event', (_, event) => print(event.get_name(), event.get_text()));
client.start();
new GLib.MainLoop(null, false).run();
