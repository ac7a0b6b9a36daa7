// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signatures made in JavaScript, one of them after a while; a user who is refused.

import Channels from 'gi://Channels?version=1';
import GLib from 'gi://GLib';

const authorizer = Channels.SignalAuthorizer.new();
const client = Channels.Client.new(Channels.Endpoint.new_from_uri(ARGV[0]), null, authorizer);
const channel = client.subscribe('private-news');

authorizer.connect('authorize', (_, request) => {
    GLib.idle_add(GLib.PRIORITY_DEFAULT, () => {
        request.respond_json(JSON.stringify({auth: `key:${request.get_channel_name()}`}));
        return GLib.SOURCE_REMOVE;
    });
});
authorizer.connect('authenticate-user', (_, request) => {
    request.fail(new GLib.Error(Channels.Error, Channels.Error.UNAUTHORIZED, 'Not you'));
});
channel.connect('event::headline', (_, event) => print(event.get_name(), event.get_text()));
client.sign_in();
client.start();
new GLib.MainLoop(null, false).run();
