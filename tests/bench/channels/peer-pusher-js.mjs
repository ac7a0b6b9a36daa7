// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A peer of the Channels benchmark: pusher-js in Node. What it prints: load-server.mjs.
//   peer-pusher-js.mjs --host H --port P --key K --channel C --events N [--stay] [--bind E] [--read] [--tree] [--latency]

import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

import { quantile } from '../table.mjs';

const string = { type: 'string' };
const boolean = { type: 'boolean' };
const { values } = parseArgs({ options: {
  host: string, port: string, key: string, channel: string, events: string, bind: string, stay: boolean, read: boolean, tree: boolean, latency: boolean } });
const Pusher = createRequire(new URL('../../interop/package.json', import.meta.url))('pusher-js');
const events = Number(values.events);
const now = () => (performance.timeOrigin + performance.now()) * 1000;
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const latencies = new Float64Array(values.latency ? events : 0);
let count = 0;
let seen = 0; // so that nothing of what is read can be left out
let began, used;

function finish() {
  const { user, system } = process.cpuUsage(used);
  const line = { events, cpu_us: user + system, seconds: (now() - began) / 1e6 };
  if (values.latency) line.latency_us = { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), max: quantile(latencies, 1) };
  print(line);
  count = 0;
  if (!values.stay) process.exit(0);
}

function onEvent(data) {
  if (count === 0) { began = now(); used = process.cpuUsage(); }
  if (values.read) seen += data.total;
  if (values.tree) seen += Object.keys(data).length;
  if (values.latency) latencies[count] = now() - data.sent_us;
  count += 1;
  if (count === events) finish();
}

const begin = now();
const pusher = new Pusher(values.key, { wsHost: values.host, wsPort: Number(values.port), forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true });
const channel = pusher.subscribe(values.channel);
channel.bind('pusher:subscription_succeeded', () => print({ subscribed: true, connect_us: now() - begin }));
if (values.bind) channel.bind(values.bind, onEvent);
else channel.bind_global((name, data) => { if (!name.startsWith('pusher:')) onEvent(data); });
process.on('SIGTERM', () => process.exit(seen < 0 ? 1 : 0));
