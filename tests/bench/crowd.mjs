// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the agent grows with its accounts and channels: memory, wake-ups and processor time while nothing happens, and how
// long it takes from its start until all lines stand. Each account is at a site of its own.

import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../interop/lib/await.mjs';
import { Crm } from '../interop/lib/crm.mjs';
import { now } from '../interop/lib/relay.mjs';
import { Ringdown } from '../interop/lib/ringdown.mjs';
import { Session } from '../interop/lib/session.mjs';
import { Soketi } from '../interop/lib/soketi.mjs';
import { cpu, pss, switches, wakeUps } from './proc.mjs';
import { figure, print } from './table.mjs';

const TICK_MS = 10;

async function idle(pid, seconds) {
  const before = switches(pid);
  const used = cpu(pid);
  await pause(seconds * 1000);
  return {
    woken: wakeUps(before, switches(pid)) * 60 / seconds,
    busy: (cpu(pid) - used) * TICK_MS / (seconds * 10),
  };
}

/** Rows while nothing happens, and again after a restart. */
async function row(name, ringdown, seconds) {
  await ringdown.online(120);
  await pause(seconds * 250);
  const { woken, busy } = await idle(ringdown.agent.pid, seconds);
  const memory = pss(ringdown.agent.pid);
  await ringdown.stop();
  const began = now();
  await ringdown.up();
  await ringdown.online(120);
  const took = now() - began;
  await ringdown.stop();
  return [name, figure(memory, 'MB'), woken.toFixed(0), `${busy.toFixed(2)} %`, figure(took / 1000, 's')];
}

export async function crowd({ quick }) {
  const soketi = await Soketi.start();
  const session = await Session.start();
  const seconds = quick ? 15 : 60;
  const sites = [];
  const rows = [];
  const most = 100;
  for (let i = 0; i < most; i += 1) sites.push(await Crm.start(soketi));

  for (const count of quick ? [1, most] : [1, 10, 30, most]) {
    const ringdown = await Ringdown.start(session, { extra: ['--secrets', 'file'] });
    for (const site of sites.slice(0, count)) await ringdown.addAccount(soketi, site.url, { token: site.token });
    await until('all accounts', async () => (await ringdown.status()).accounts.length === count);
    rows.push(await row(`${count} account${count > 1 ? 's' : ''}`, ringdown, seconds));
  }
  const invoices = Array.from({ length: most - 1 }, (_, index) => index + 1).join(',');
  const channels = await Ringdown.start(session, { extra: ['--secrets', 'file'] });
  await channels.addAccount(soketi, sites[0].url, { profile: 'invoices-seed', extra: ['--var', `invoice.id=${invoices}`] });
  rows.push(await row(`1 account with ${most} channels`, channels, seconds));
  print('Many accounts, while nothing happens', ['', 'PSS', 'wake-ups a minute', 'processor', 'from start to all lines'], rows);

  await session.end();
  for (const site of sites) await site.stop();
  await soketi.stop();
}
