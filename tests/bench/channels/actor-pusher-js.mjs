// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// pusher-js clients that things happen to, as bench-channels-actor.c has them of this library: the same options, lines and
// orders. What it throws at nobody ends a process of Node; here it is counted, as in a page, and all goes on.

import { createRequire } from 'node:module';
import readline from 'node:readline';
import { parseArgs } from 'node:util';

const string = { type: 'string' };
const { values } = parseArgs({ options: { host: string, port: string, clients: string, channel: string, auth: string } });
const Pusher = createRequire(new URL('../../interop/package.json', import.meta.url))('pusher-js');
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clients = [];

process.on('uncaughtException', (error) => print({ what: 'uncaught', message: error.message }));

function subscribe(client) {
  const channel = clients[client].subscribe(values.channel);
  channel.unbind();
  channel.bind('pusher:subscription_succeeded', () => print({ what: 'subscribed', client }));
  channel.bind('pusher:subscription_error', () => print({ what: 'refused', client }));
  channel.bind('note', (data) => print({ what: 'event', client, number: data?.number }));
}

for (let client = 0; client < Number(values.clients ?? 1); client += 1) {
  clients.push(new Pusher('key', {
    wsHost: values.host ?? '127.0.0.1', wsPort: Number(values.port), forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true,
    channelAuthorization: { endpoint: values.auth, transport: 'ajax' },
  }));
  clients[client].connection.bind('error', (error) => print({ what: 'error', client, message: String(error?.error?.data?.message ?? error?.type) }));
  clients[client].connection.bind('state_change', ({ current }) => print({ what: 'state', client, message: current }));
  subscribe(client);
}
readline.createInterface({ input: process.stdin }).on('line', (line) => { if (line === 'subscribe') clients.forEach((_, client) => subscribe(client)); });
process.on('SIGTERM', () => process.exit(0));
