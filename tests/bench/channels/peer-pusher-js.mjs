// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A peer of the Channels benchmark: pusher-js in Node. What it prints: load-server.mjs.
//   peer-pusher-js.mjs --host H --port P --key K --channel C --events N [--read]

import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

import { quantile } from '../table.mjs';

const string = { type: 'string' };
const { values } = parseArgs({ options: { host: string, port: string, key: string, channel: string, events: string, read: { type: 'boolean' } } });
const Pusher = createRequire(new URL('../../interop/package.json', import.meta.url))('pusher-js');
const events = Number(values.events);
const now = () => Number(process.hrtime.bigint()) / 1000;
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
let count = 0;
let began, used;
const latencies = new Float64Array(values.read ? events : 0);

function finish() {
  const { user, system } = process.cpuUsage(used);
  const line = { events, cpu_us: user + system, seconds: (now() - began) / 1e6 };
  if (values.read) line.latency_us = { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), max: quantile(latencies, 1) };
  print(line);
  count = 0;
}

function onEvent(data) {
  if (count === 0) { began = now(); used = process.cpuUsage(); }
  if (values.read) latencies[count] = now() - data.at;
  count += 1;
  if (count === events) finish();
}

const begin = now();
const pusher = new Pusher(values.key, { wsHost: values.host, wsPort: Number(values.port), forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true });
const channel = pusher.subscribe(values.channel);
channel.bind('pusher:subscription_succeeded', () => print({ subscribed: true, connect_us: now() - begin }));
channel.bind('order-updated', onEvent);
process.on('SIGTERM', () => process.exit(0));
