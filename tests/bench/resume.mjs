// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The machine wakes from sleep: what the other end has long forgotten still looks like an open socket. How long until
// each client is subscribed again? logind is played; what goes over the old sockets goes nowhere.

import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../interop/lib/await.mjs';
import { Crm } from '../interop/lib/crm.mjs';
import { start, stop } from '../interop/lib/process.mjs';
import { now, Relay } from '../interop/lib/relay.mjs';
import { Ringdown } from '../interop/lib/ringdown.mjs';
import { Session } from '../interop/lib/session.mjs';
import { Soketi } from '../interop/lib/soketi.mjs';
import { figure, print, quantile } from './table.mjs';

const logind = new URL('../interop/lib/logind.py', import.meta.url).pathname;
const patience = 20;

/** A system bus with a logind of ours. */
async function startSystem(session) {
  const bus = start('system bus', ['dbus-daemon', '--session', '--nofork', '--print-address=1'], { env: session.env });
  const [, address] = await until('the system bus', () => bus.output.match(/^(unix:\S+)/m));
  session.env.DBUS_SYSTEM_BUS_ADDRESS = address;
  const child = start('logind', ['/usr/bin/python3', logind], { env: session.env, stdio: ['pipe', 'pipe', 'pipe'] });
  await until('logind', () => child.output.includes('here'));
  return child;
}

async function sleepAndWake(machine, relay, subscribed) {
  const before = subscribed.n;
  machine.stdin.write('sleep\n');
  relay.forget();
  await pause(1000);
  machine.stdin.write('wake\n');
  const woken = now();
  try {
    await until('it', () => subscribed.n > before, patience);
    return (now() - woken) / 1000;
  } catch {
    return Infinity;
  }
}

export async function resume({ quick }) {
  const soketi = await Soketi.start();
  const relay = await Relay.start(soketi.port);
  const crm = await Crm.start(soketi);
  const session = await Session.start();
  const machine = await startSystem(session);
  const rounds = quick ? 3 : 9;
  const rows = [];
  const measure = async (name, client, channel, toHold) => {
    const delays = [];
    const subscribed = relay.count(`subscription_succeeded","channel":"${channel}"`);
    // Counted at the relay: soketi, too, takes the old sockets for open.
    for (let round = 0; round < (client ? 1 : rounds); round += 1) {
      delays.push(await sleepAndWake(machine, relay, subscribed));
      await pause(1000);
    }
    const shown = (value) => (Number.isFinite(value) ? figure(value, 's') : `> ${patience} s`);
    rows.push([name, shown(quantile(delays, 0.5)), shown(Math.max(...delays)), toHold]);
    if (client) await stop(client);
  };
  const ringdown = await Ringdown.start(session);
  await ringdown.addAccount({ port: relay.port }, crm.url, { token: crm.token });
  await ringdown.online();
  await measure('agent', null, 'private-user-7', '≤ 2 s');
  await ringdown.stop();
  const peer = start('pusher-js', [process.execPath, new URL('peer-pusher-js.mjs', import.meta.url).pathname, Soketi.app.key, String(relay.port), 'bench']);
  await until('the peer', () => peer.output.includes('subscribed'));
  await measure('pusher-js in Node', peer, 'bench', '');
  print('From waking up to subscribed', ['', 'p50', 'worst', 'to hold'], rows);
  await session.end();
  await crm.stop();
  await soketi.stop();
}
