// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From an event's bytes on the socket to a line on stdout, as scripts use a client: `ringdown watch --json`, and pusher-js
// in Node printing the same.

import path from 'node:path';
import { spawn } from 'node:child_process';

import { until } from '../../interop/lib/await.mjs';
import { now } from '../../interop/lib/relay.mjs';
import { pinned } from '../place.mjs';
import { quantile } from '../table.mjs';
import { LoadServer } from './participants.mjs';

async function follow(server, channel, argv, { events, rate }) {
  const words = argv.map((word) => word.replace('PORT', server.port).replace('CHANNEL', channel));
  const child = spawn(words[0], words.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });
  const delays = [];
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const at = now() * 1000;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const sent = line.match(/"sent_us":(\d+)/);
      if (sent) delays.push(at - Number(sent[1]));
    }
  });
  // the first hundred are for warming up
  await until('the subscription', async () => (await server.send({ channel, events: 100, bytes: 400, rate: 1000 })).sockets > 0);
  await until('the first lines', () => delays.length === 100);
  await server.send({ channel, events, bytes: 400, rate });
  await until('all lines', () => delays.length === 100 + events);
  child.kill();
  return delays.slice(100);
}

export async function measureLines(ledger, build, { quick }) {
  const plan = quick ? { rounds: 1, events: 500, rate: 200 } : { rounds: 4, events: 2000, rate: 200 };
  const server = await LoadServer.start();
  const where = ['--key', 'key', '--host', '127.0.0.1', '--port', 'PORT', '--no-tls'];
  const argv = {
    ours: [path.join(build, 'src/bin/ringdown'), 'watch', ...where, '--channel', 'CHANNEL', '--json'],
    node: [process.execPath, new URL('../peer-pusher-js.mjs', import.meta.url).pathname, 'key', 'PORT', 'CHANNEL'],
  };
  const delays = {};
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const [who, words] of Object.entries(argv)) {
      delays[who] = [...delays[who] ?? [], ...await follow(server, `${who}-${round}`, pinned('client', words), plan)];
    }
  }
  await server.stop();
  const at = (q) => Object.fromEntries(Object.entries(delays).map(([who, values]) => [who, quantile(values, q)]));
  const group = `Sent → a line on stdout, at ${plan.rate} events a second`;
  ledger.add(group, 'median', 'µs', at(0.5));
  ledger.add(group, 'p99', 'µs', at(0.99));
}
