// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Events that are looked at after their handler has returned, and what else JavaScript has its own ways for.

import Channels from 'gi://Channels?version=1';
import GLib from 'gi://GLib';
import System from 'system';

const loop = new GLib.MainLoop(null, false);
const kept = [];
const client = Channels.Client.new(Channels.Endpoint.new_from_uri(ARGV[0]), null, null);
const channel = client.subscribe('news');
channel.connect('event::headline', (_, event) => {
    kept.push(event);
    if (kept.length === 2)
        GLib.idle_add(GLib.PRIORITY_DEFAULT_IDLE, () => loop.quit());
});
client.start();
loop.run();
System.gc();
for (const event of kept)
    print(event.get_name(), event.get_text());
if (kept.some((event, index) => event.lookup('/number').get_int() !== index + 1 || event.lookup('/none') !== null))
    throw new Error('it looked up something else');

try {
    client.subscribe('no channel');
    throw new Error('it took a name that is none');
} catch (error) {
    if (!error.matches(Channels.Error, Channels.Error.INVALID))
        throw error;
}
if (client.state !== Channels.ClientState.CONNECTED)
    throw new Error('it is not connected');
client.stop();
