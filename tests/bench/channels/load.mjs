// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What events cost, how late they are, and what is there while nothing happens: each client in turn, several rounds, so
// that what else the machine does meets all of them.

import { setTimeout as pause } from 'node:timers/promises';

import { pss, switches, wakeUps } from '../proc.mjs';
import { quantile } from '../table.mjs';
import { median } from './ledger.mjs';
import { LoadServer } from './participants.mjs';

const EVENT = 'order-updated';
const channel = 'bench';

/** Samples by row and by who: {row: {ours: […], …}}. */
class Samples {
  constructor() { this.rows = new Map(); }

  note(row, who, value) {
    if (!this.rows.has(row)) this.rows.set(row, {});
    const values = this.rows.get(row);
    (values[who] ??= []).push(value);
  }

  values(row, condense = median) {
    return Object.fromEntries(Object.entries(this.rows.get(row) ?? {}).map(([who, values]) => [who, condense(values)]));
  }
}

async function run(server, make, events, flags, act) {
  const client = make();
  await client.start(server, { channel, events, flags });
  try {
    // once to warm up: compilers, caches, buffers
    await server.send({ channel, events, bytes: 400 });
    await client.result();
    return await act(client);
  } finally {
    await client.stop();
  }
}

async function measureCost(server, samples, who, make, { use, events, batches }) {
  await run(server, make, events, ['--bind', EVENT, ...(use === 'count' ? [] : [`--${use}`])], async (client) => {
    for (const bytes of [400, 4096]) {
      for (let batch = 0; batch < batches; batch += 1) {
        client.settle?.();
        await server.send({ channel, events, bytes });
        const { cpu_us, seconds } = await client.result();
        samples.note(`cpu-${bytes}-${use}`, who, cpu_us / events);
        samples.note(`rate-${bytes}-${use}`, who, events / seconds);
      }
    }
  });
}

/** Two events that somebody listens to, and between them all those that nobody does. */
async function measureUnheard(server, samples, who, make, { events }) {
  const client = make();
  await client.start(server, { channel, events: 2, flags: ['--bind', EVENT] });
  for (let round = 0; round < 2; round += 1) {
    await server.send({ channel, events: 1, bytes: 400 });
    await server.send({ channel, events, bytes: 400, name: 'order-counted' });
    await server.send({ channel, events: 1, bytes: 400 });
    const { cpu_us } = await client.result();
    if (round > 0) samples.note('cpu-400-unheard', who, cpu_us / events);
  }
  await client.stop();
}

async function measureLatency(server, samples, who, make, { paced, rate }) {
  await run(server, make, paced, ['--bind', EVENT, '--read', '--latency'], async (client) => {
    client.settle?.();
    await server.send({ channel, events: paced, bytes: 400, rate });
    const { cpu_us, latency_us } = await client.result();
    samples.note('cpu-paced', who, cpu_us / paced);
    samples.note('latency-p50', who, latency_us.p50);
    samples.note('latency-p99', who, latency_us.p99);
    if (client.clock_us) samples.note('clock', who, client.clock_us);
  });
}

async function measureConnect(server, samples, who, make) {
  const client = make();
  await client.start(server, { channel, events: 1 });
  samples.note('connect', who, client.connect_us / 1000);
  samples.note('start', who, client.start_us / 1000);
  await client.stop();
}

/** All at once, since nothing happens: nobody disturbs anybody. */
async function measureIdle(server, samples, everybody, seconds) {
  const clients = [];
  for (const [who, make] of everybody) {
    const client = make();
    await client.start(server, { channel: 'idle', events: 1, flags: ['--bind', EVENT] });
    clients.push([who, client]);
  }
  await pause(Math.min(15, seconds) * 1000);
  const before = clients.map(([, { pid }]) => switches(pid));
  await pause(seconds * 1000);
  clients.forEach(([who, { pid }], index) => samples.note('wake-ups', who, wakeUps(before[index], switches(pid)) * 60 / seconds));
  for (const [, client] of clients) await client.stop();
}

async function measureMemory(server, samples, who, make, { many, events }) {
  const client = make();
  await client.start(server, { channel, events: many, flags: ['--bind', EVENT, '--read'] });
  await pause(2000);
  samples.note('memory-idle', who, pss(client.pid));
  await server.send({ channel, events: many, bytes: 400 });
  await client.result();
  await pause(2000);
  samples.note('memory-after', who, pss(client.pid));
  await client.stop();
}

function writeRows(ledger, samples, { many, rate, seconds }) {
  const add = (group, name, unit, row, options, condense) => ledger.add(group, name, unit, samples.values(row, condense), options);
  const cpu = 'Processor time per event';
  add(cpu, '400 bytes, the handler reads a value', 'µs', 'cpu-400-read', { title: 'Processor time per event of 400 bytes, read' });
  add(cpu, '400 bytes, the handler takes all of it', 'µs', 'cpu-400-tree');
  add(cpu, '400 bytes, the handler counts', 'µs', 'cpu-400-count', { within: 2, title: 'Processor time per event of 400 bytes, counted' });
  add(cpu, '400 bytes, nobody listens', 'µs', 'cpu-400-unheard');
  add(cpu, '4 KB, the handler reads a value', 'µs', 'cpu-4096-read', { title: 'Processor time per event of 4 KB, read' });
  add(cpu, '4 KB, the handler takes all of it', 'µs', 'cpu-4096-tree');
  add(cpu, '4 KB, the handler counts', 'µs', 'cpu-4096-count', { within: 2 });
  add(cpu, `400 bytes, ${rate} a second, read`, 'µs', 'cpu-paced');
  const speed = 'Events a second, at most';
  add(speed, '400 bytes, the handler reads a value', '/s', 'rate-400-read', { more: true, title: 'Events of 400 bytes a second' });
  add(speed, '400 bytes, the handler counts', '/s', 'rate-400-count', { more: true });
  add(speed, '4 KB, the handler reads a value', '/s', 'rate-4096-read', { more: true });
  const late = `Sent → handler, at ${rate} events a second`;
  const clock = samples.values('clock').tab;
  const note = clock ? `in the tab ± ${Math.round(clock / 2)} µs: its clock is another` : '';
  add(late, 'median', 'µs', 'latency-p50', { note });
  add(late, 'p99', 'µs', 'latency-p99', { title: `Sent → handler, p99, ${rate} events a second` });
  const connect = 'Until the channel stands';
  add(connect, 'from the first step to subscribed', 'ms', 'connect');
  add(connect, "from the process's start to subscribed", 'ms', 'start', { title: 'From start to subscribed' });
  const count = many.toLocaleString('en').replaceAll(',', '\u202f');
  const memory = 'While nothing happens';
  add(memory, 'memory (PSS)', 'MB', 'memory-idle');
  add(memory, `memory after ${count} events`, 'MB', 'memory-after', { title: `Memory after ${count} events` });
  add(memory, `wake-ups a minute (of ${seconds} s)`, '', 'wake-ups', { title: 'Wake-ups a minute while nothing happens' });
}

export async function measureLoad(ledger, clients, { quick }) {
  const plan = quick
    ? { rounds: 1, events: 10000, batches: 1, paced: 2000, rate: 1000, connects: 3, many: 50000, seconds: 10 }
    : { rounds: 3, events: 20000, batches: 3, paced: 10000, rate: 1000, connects: 15, many: 1000000, seconds: 60 };
  const server = await LoadServer.start();
  const samples = new Samples();
  const everybody = Object.entries(clients);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const [who, make] of everybody) {
      // the page's handler always reads
      for (const use of who === 'tab' ? ['read'] : ['read', 'tree', 'count']) await measureCost(server, samples, who, make, { ...plan, use });
      if (who !== 'limit' && who !== 'tab') await measureUnheard(server, samples, who, make, plan);
      await measureLatency(server, samples, who, make, plan);
    }
  }
  for (let round = 0; round < plan.connects; round += 1) {
    for (const [who, make] of everybody) if (who !== 'tab' || round < 5) await measureConnect(server, samples, who, make);
  }
  await measureIdle(server, samples, everybody, plan.seconds);
  for (const [who, make] of everybody) await measureMemory(server, samples, who, make, plan);
  await server.stop();
  writeRows(ledger, samples, plan);
  return Object.fromEntries(samples.rows);
}
