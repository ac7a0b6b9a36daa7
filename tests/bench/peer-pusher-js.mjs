// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The peer: pusher-js in Node. Prints a line per subscription and per event, as `ringdown watch` does.
//   peer-pusher-js.mjs KEY PORT CHANNEL

import { createRequire } from 'node:module';

const Pusher = createRequire(new URL('../interop/package.json', import.meta.url))('pusher-js');
const [key, port, name] = process.argv.slice(2);
const pusher = new Pusher(key, { wsHost: '127.0.0.1', wsPort: Number(port), forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true });
const channel = pusher.subscribe(name);

channel.bind('pusher:subscription_succeeded', () => process.stdout.write('subscribed\n'));
channel.bind_global((event, data) => { if (!event.startsWith('pusher:')) process.stdout.write(`${JSON.stringify({ channel: name, event, data })}\n`); });
process.on('SIGTERM', () => process.exit(0));
