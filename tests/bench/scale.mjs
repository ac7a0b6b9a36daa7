// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One Channels client with many channels, many members, and many events: what joining costs, whether an event costs more
// where there are more channels, and whether memory grows.

import path from 'node:path';

import { start, stop } from '../interop/lib/process.mjs';
import { Lines } from './channels/participants.mjs';
import { pss } from './proc.mjs';
import { CrowdedServer } from './scale/crowded-server.mjs';
import { figure, print, quantile } from './table.mjs';

const BYTES = 400;
const SECONDS = 600;
const median = (values) => quantile(values, 0.5);
const names = (prefix, count) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

class Client {
  static async start(server, prefix, channels, events, flags = []) {
    const self = new Client();
    const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
    self.child = start('bench-channels-scale', [path.join(build, 'tests/bench/bench-channels-scale'), '--port', String(server.port), '--key', 'key',
      '--prefix', prefix, '--channels', String(channels), '--events', String(events), ...flags]);
    self.lines = new Lines(self.child);
    self.joined = await self.next('all channels');
    return self;
  }

  get pss() { return pss(this.child.pid); }
  next(what) { return this.lines.next(what, SECONDS); }
  stop() { return stop(this.child); }
}

async function measureJoining(server, { channels }) {
  const auth = `http://127.0.0.1:${server.port}/auth`;
  const rows = [];
  const add = (name, { seconds, cpu_us }, count, { requests, most } = {}) => rows.push([name, String(count), figure(seconds, 's'),
    figure(cpu_us / count, 'µs'), requests ? String(requests) : '–', requests ? String(most) : '–']);
  for (const count of channels) {
    const client = await Client.start(server, 'open-', count, 1);
    add('public', client.joined, count);
    server.drop();
    add('public, again after an interruption', await client.next('all channels again'), count);
    await client.stop();
  }
  server.oneByOne = true;
  const patient = await Client.start(server, 'open-', channels.at(-1), 1);
  add('public, confirmed one by one', patient.joined, channels.at(-1));
  await patient.stop();
  server.oneByOne = false;
  for (const [name, batch, count] of [['private, signed one by one', 1, channels.at(-1) / 10], ['private, a hundred signed at once', 100, channels.at(-1)]]) {
    server.forget();
    const client = await Client.start(server, 'private-', count, 1, ['--auth', auth, '--batch-size', String(batch)]);
    add(name, client.joined, count, server.auth);
    await client.stop();
  }
  print('Joining many channels on one connection (a signature takes 20 ms)', ['', 'channels', 'until all stand', 'processor a channel', 'requests', 'at once (of 16)'], rows);
}

async function measureEvents(server, { channels, events, batch }) {
  const rows = [];
  for (const count of channels) {
    const client = await Client.start(server, 'open-', count, batch);
    const costs = [];
    const memory = [client.pss];
    for (let sent = 0; sent < events; sent += batch) {
      await server.flood(names('open-', count), { events: batch, bytes: BYTES });
      costs.push((await client.next('the events')).cpu_us_per_event);
      memory.push(client.pss);
    }
    rows.push([String(count), figure(median(costs), 'µs'), figure(memory[0], 'MB'), figure(memory[1], 'MB'), figure(memory.at(-1), 'MB')]);
    await client.stop();
  }
  print(`${events} events of ${BYTES} bytes, one channel after the other`,
    ['channels', 'processor per event', 'memory idle', `after ${batch}`, `after ${events}`], rows);
}

async function measureMembers(server, { members, changes }) {
  const auth = `http://127.0.0.1:${server.port}/auth`;
  const rows = [];
  for (const count of members) {
    server.members = count;
    const batch = Math.floor(changes / (2 * count)) * 2 * count;
    const client = await Client.start(server, 'presence-', 1, batch, ['--auth', auth]);
    const idle = client.pss;
    await server.stir('presence-0', batch);
    const { cpu_us_per_event } = await client.next('the changes');
    rows.push([String(count), figure(client.joined.cpu_us / 1000, 'ms'), figure(cpu_us_per_event, 'µs'), figure(idle, 'MB'), figure(client.pss, 'MB')]);
    await client.stop();
  }
  print('Members of a presence channel, who come and go', ['members', 'processor for joining', 'for each change', 'memory idle', `after ${changes} changes`], rows);
}

export async function scale({ quick }) {
  const plan = quick
    ? { channels: [1, 100, 10000], events: 100000, batch: 20000, members: [10, 1000], changes: 20000 }
    : { channels: [1, 100, 10000], events: 1000000, batch: 100000, members: [10, 100, 1000], changes: 200000 };
  const server = await CrowdedServer.start();
  await measureJoining(server, plan);
  await measureEvents(server, plan);
  await measureMembers(server, plan);
  server.stop();
}
