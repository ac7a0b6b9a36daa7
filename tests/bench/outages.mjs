// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The line goes down for a while and comes back: how long until each client is subscribed again? Ringdown's command and
// pusher-js in Node, side by side on the same line.

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../interop/lib/await.mjs';
import { start, stop } from '../interop/lib/process.mjs';
import { now, Relay } from '../interop/lib/relay.mjs';
import { Soketi } from '../interop/lib/soketi.mjs';
import { figure, print, quantile } from './table.mjs';

const copies = 5;

export async function outages({ quick }) {
  const soketi = await Soketi.start();
  const relay = await Relay.start(soketi.port);
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const where = ['--key', Soketi.app.key, '--host', '127.0.0.1', '--port', String(relay.port), '--no-tls'];
  const clients = [];
  for (let copy = 0; copy < copies; copy += 1) {
    const ours = `ours-${copy}`, theirs = `theirs-${copy}`;
    clients.push({ kind: 'ours', channel: ours, child: start(ours, [path.join(build, 'src/bin/ringdown'), 'watch', ...where, '--channel', ours, '--json']) });
    clients.push({ kind: 'theirs', channel: theirs, child: start(theirs, [process.execPath, new URL('peer-pusher-js.mjs', import.meta.url).pathname, Soketi.app.key, String(relay.port), theirs]) });
  }
  const everybody = async () => (await Promise.all(clients.map(({ channel }) => soketi.sockets(channel)))).every((count) => count === 1);
  await until('everybody', everybody);
  const rows = [];
  for (const seconds of quick ? [0.5, 3] : [0.5, 3, 20]) {
    await relay.down();
    await until('nobody', async () => (await Promise.all(clients.map(({ channel }) => soketi.sockets(channel)))).every((count) => count === 0));
    await pause(seconds * 1000);
    await relay.up();
    const back = now();
    await Promise.all(clients.map(async (client) => {
      await until(client.channel, async () => (await soketi.sockets(client.channel)) === 1, 120);
      client.delay = (now() - back) / 1000;
    }));
    const delays = (kind) => clients.filter((client) => client.kind === kind).map(({ delay }) => delay);
    rows.push([`${seconds} s`, ...['ours', 'theirs'].flatMap((kind) => [figure(quantile(delays(kind), 0.5), 's'), figure(Math.max(...delays(kind)), 's')]), 'median ≤ 2 s']);
  }
  print(`Subscribed again after the server is back (${copies} clients each)`, ['outage', 'Ringdown p50', 'max', 'pusher-js p50', 'max', 'to hold'], rows);
  await Promise.all(clients.map(({ child }) => stop(child)));
  await soketi.stop();
}
