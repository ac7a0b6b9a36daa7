// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: LGPL-2.1-or-later

int main (string[] args) {
    try {
        var address = args[1] ?? "wss://ws-eu.pusher.com/app/KEY";
        var client = new Channels.Client (new Channels.Endpoint.from_uri (address), null, null);
        var news = client.subscribe ("news");
        news.event.connect ((event) => print ("%s %s\n", event.get_name (), event.get_text ()));
        client.start ();
        new MainLoop ().run ();
        return 0;
    } catch (Error error) {
        printerr ("%s\n", error.message);
        return 1;
    }
}
