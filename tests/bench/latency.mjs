// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From an event's bytes on the socket to what a person notices: the Notify call on the bus, the end of the sound, and,
// beside pusher-js in Node, a line on stdout.

import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';

import { until } from '../interop/lib/await.mjs';
import { Crm } from '../interop/lib/crm.mjs';
import { run, start, stop } from '../interop/lib/process.mjs';
import { now, Relay } from '../interop/lib/relay.mjs';
import { Ringdown } from '../interop/lib/ringdown.mjs';
import { Session } from '../interop/lib/session.mjs';
import { Soketi } from '../interop/lib/soketi.mjs';
import { makeEvent, makeFrame } from './channels/load-event.mjs';
import { lookOn, measured, pinned } from './place.mjs';
import { figure, print, quantile } from './table.mjs';

const row = (name, values, limit = '') => [name, String(values.length), figure(quantile(values, 0.5), 'ms'), figure(quantile(values, 0.99), 'ms'), figure(Math.max(...values), 'ms'), limit];

/** Sends so many events of a kind that nobody asked for down the same socket, every second. */
function flood(relay, perSecond) {
  const frame = makeFrame(makeEvent('private-user-7', 'order-updated', 400, 1).join('0'));
  const begin = now();
  const sent = { events: 0 };
  const timer = setInterval(() => {
    for (const due = (now() - begin) * perSecond / 1000; sent.events < due; sent.events += 1) relay.inject(frame);
  }, 1);
  return () => { clearInterval(timer); return sent.events / (now() - begin) * 1000; };
}

async function notify(session, soketi, rounds, others = 0) {
  const relay = await Relay.start(soketi.port);
  const crm = await Crm.start(soketi);
  const ringdown = await measured(() => Ringdown.start(session, { verbose: false }));
  // --profile stamps each message with the time at which it was seen on the bus
  const monitor = await measured(() => start('dbus-monitor', ['dbus-monitor', '--session', '--profile', "member='Notify'"], { env: session.env }));
  await ringdown.addAccount({ port: relay.port }, crm.url, { token: crm.token });
  await ringdown.online();
  const end = flood(relay, others);
  const delays = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = monitor.output.length;
    const watch = relay.watch('call-initiated');
    const call = await crm.ring();
    const line = await until('Notify', () => monitor.output.slice(before).match(/^mc\t([\d.]+)\t.*\tNotify$/m));
    delays.push(Number(line[1]) * 1000 - watch.at);
    await crm.update(call, 9, 'end');
    await ringdown.ended(call.id);
    await ringdown.quiet();
    relay.watches.length = 0;
    // the toast that says "missed" is a Notify, too
    await until('the missed call', () => (monitor.output.slice(before).match(/\tNotify$/gm) ?? []).length >= 2);
  }
  const rate = end();
  if (rate < others * 0.95) console.error(`bench: only ${Math.round(rate)} events a second instead of ${others}`);
  await stop(monitor);
  await ringdown.stop();
  await crm.stop();
  return delays;
}

/** The sound goes into a pipe: silence begins after the last chunk that is not all zeros. */
async function silence(session, soketi, rounds) {
  const relay = await Relay.start(soketi.port);
  const crm = await Crm.start(soketi);
  const fifo = path.join(session.dir, 'sound');
  await run(['mkfifo', fifo]);
  let last = 0;
  const reader = spawn('cat', [fifo], { stdio: ['ignore', 'pipe', 'ignore'] });
  reader.stdout.on('data', (chunk) => { if (chunk.some((byte) => byte !== 0)) last = now(); });
  const hold = fs.openSync(fifo, fs.constants.O_RDWR);
  const ringdown = await measured(() => Ringdown.start(session, { sink: `filesink sync=true buffer-mode=unbuffered location=${fifo}`, verbose: false }));
  await ringdown.addAccount({ port: relay.port }, crm.url, { token: crm.token });
  await ringdown.online();
  const delays = [];
  for (let round = 0; round < rounds; round += 1) {
    const call = await crm.ring();
    const began = now();
    await until('sound', () => last > began);
    const watch = relay.watch('call-ended');
    await crm.update(call, 9, 'end');
    await until('the end', () => watch.at > 0);
    await ringdown.ended(call.id);
    await until('silence', () => now() - last > 300);
    delays.push(Math.max(0, last - watch.at)); // 0: no sample that is heard came after
    relay.watches.length = 0;
  }
  await ringdown.stop();
  fs.closeSync(hold);
  reader.kill();
  await crm.stop();
  return delays;
}

async function line(soketi, argv, env, rounds, ready) {
  const relay = await Relay.start(soketi.port);
  const words = pinned('client', argv).map((word) => word.replace('PORT', relay.port));
  const child = spawn(words[0], words.slice(1), { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let seen = [];
  child.stdout.on('data', (chunk) => { const at = now(); for (const match of String(chunk).matchAll(/"event":"tick-(\d+)"/g)) seen[Number(match[1])] = at; });
  await until('the subscription', () => ready(relay, soketi));
  const delays = [];
  for (let round = 0; round < rounds; round += 1) {
    const watch = relay.watch(`tick-${round}"`);
    await soketi.sdk.trigger('bench', `tick-${round}`, { text: 'x'.repeat(300) });
    await until('the line', () => seen[round]);
    delays.push(seen[round] - watch.at);
    relay.watches.length = 0;
  }
  child.kill();
  await until('its end', async () => (await soketi.sockets('bench')) === 0);
  return delays;
}

async function measure({ quick }) {
  const soketi = await Soketi.start();
  const session = await measured(() => Session.start());
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const subscribed = async () => (await soketi.sockets('bench')) === 1;
  const rounds = quick ? 30 : 300;
  const watch = [path.join(build, 'src/bin/ringdown'), 'watch', '--key', Soketi.app.key, '--host', '127.0.0.1', '--port', 'PORT', '--no-tls', '--channel', 'bench', '--json'];
  const peer = [process.execPath, new URL('peer-pusher-js.mjs', import.meta.url).pathname, Soketi.app.key, 'PORT', 'bench'];
  print('Event on the socket → what is noticed', ['', 'n', 'p50', 'p99', 'max', 'to hold'], [
    row('agent: → Notify on the bus', await notify(session, soketi, rounds), 'p50 ≤ 2 ms, p99 ≤ 15 ms'),
    row('… while 1,000 other events come in a second', await notify(session, soketi, rounds, 1000), 'p99 ≤ 5 ms'),
    row('agent: call-ended → last sound', await silence(session, soketi, quick ? 5 : 30), '≤ 50 ms'),
    row('ringdown watch: → line on stdout', await line(soketi, watch, session.env, rounds, subscribed)),
    row('pusher-js in Node: → line on stdout', await line(soketi, peer, process.env, rounds, subscribed)),
  ]);
  await session.end();
  await soketi.stop();
}

/** The server and what sends the events are another machine in the world: here they have a processor of their own. */
export const latency = (options) => lookOn(() => measure(options));
