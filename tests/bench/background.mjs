// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is always there: memory and wake-ups in the background, beside GNOME Calls' daemon, pusher-js in Node, and what
// people have today: a tab with pusher-js in Chromium.

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../interop/lib/await.mjs';
import { Crm } from '../interop/lib/crm.mjs';
import { start, stop } from '../interop/lib/process.mjs';
import { Ringdown } from '../interop/lib/ringdown.mjs';
import { Session } from '../interop/lib/session.mjs';
import { Soketi } from '../interop/lib/soketi.mjs';
import { pss, switches, wakeUps } from './proc.mjs';
import { figure, print } from './table.mjs';

async function perMinute(pid, seconds) {
  const before = switches(pid);
  await pause(seconds * 1000);
  return wakeUps(before, switches(pid)) * 60 / seconds;
}

/** A tab that does what the site's own page does: one channel, by the site's own library. Its processes, once it is subscribed. */
async function openTab(session, soketi) {
  const page = path.join(session.dir, 'tab.html');
  const library = new URL('../interop/node_modules/pusher-js/dist/web/pusher.min.js', import.meta.url);
  fs.writeFileSync(page, `<!doctype html><title>Tab</title><script src="${library}"></script><script>
    new Pusher(${JSON.stringify(Soketi.app.key)}, { wsHost: '127.0.0.1', wsPort: ${soketi.port}, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true })
      .subscribe('tab');</script>`);
  const browser = start('chromium', ['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-extensions',
    '--allow-file-access-from-files', `--user-data-dir=${path.join(session.dir, 'chromium')}`, `file://${page}`]);
  await until('the tab', async () => (await soketi.sockets('tab')) === 1, 60);
  return browser;
}

async function measureTab(session, soketi, seconds) {
  const browser = await openTab(session, soketi);
  await pause(15000);
  const row = ['Chromium, headless, one tab with pusher-js', figure(pss(browser.pid), 'MB'), (await perMinute(browser.pid, seconds)).toFixed(1), ''];
  await stop(browser);
  return row;
}

export async function background({ quick }) {
  const soketi = await Soketi.start();
  const session = await Session.start();
  const crm = await Crm.start(soketi);
  const seconds = quick ? 15 : 120;
  const rows = [];
  // A line with nothing but the protocol's own ping: what is left are the agent's own wake-ups.
  const plain = await Ringdown.start(session);
  await plain.addAccount(soketi, crm.url, { profile: 'invoices-seed' });
  await plain.online();
  await pause(quick ? 5000 : 15000);
  rows.push(['agent, one account, public channel', figure(pss(plain.agent.pid), 'MB'), (await perMinute(plain.agent.pid, seconds)).toFixed(1), '≤ 16 MB; 2 pings a minute, ≤ 4 wake-ups beyond them']);
  await plain.stop();
  const ringdown = await Ringdown.start(session);
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
  await pause(quick ? 5000 : 15000);
  const frames = () => crm.requests.filter(({ path }) => path.endsWith('/heartbeat/')).length;
  const heartbeats = frames();
  const quiet = pss(ringdown.agent.pid);
  const woken = await perMinute(ringdown.agent.pid, seconds);
  const beats = (frames() - heartbeats) * 60 / seconds;
  rows.push(['agent, one account, before the first ring', figure(quiet, 'MB'), woken.toFixed(1), `≤ 16 MB; 2 pings and ${beats.toFixed(0)} POSTs of the site's heartbeat a minute`]);
  const call = await crm.ring();
  await until('the ring', async () => (await ringdown.status()).agent.sound === 'ok');
  await pause(3000);
  await crm.update(call, 9, 'end');
  await ringdown.quiet();
  await pause(quick ? 15000 : 60000);
  rows.push([`agent, ${quick ? 15 : 60} s after a ring`, figure(pss(ringdown.agent.pid), 'MB'), (await perMinute(ringdown.agent.pid, seconds)).toFixed(1), '≤ 20 MB']);
  await ringdown.stop();

  const peer = start('pusher-js', [process.execPath, new URL('peer-pusher-js.mjs', import.meta.url).pathname, Soketi.app.key, String(soketi.port), 'bench']);
  await until('the peer', () => peer.output.includes('subscribed'));
  await pause(5000);
  rows.push(['pusher-js in Node, one channel', figure(pss(peer.pid), 'MB'), (await perMinute(peer.pid, seconds)).toFixed(1), '']);
  await stop(peer);
  if (fs.existsSync('/usr/bin/gnome-calls')) {
    const calls = start('gnome-calls', ['gnome-calls', '--daemon'], { env: session.env });
    await pause(8000);
    if (calls.exitCode === null) rows.push(['GNOME Calls --daemon', figure(pss(calls.pid), 'MB'), (await perMinute(calls.pid, seconds)).toFixed(1), '']);
    await stop(calls);
  }
  if (fs.existsSync('/usr/bin/chromium')) rows.push(await measureTab(session, soketi, seconds));
  print('In the background', ['', 'PSS', 'wake-ups a minute', 'to hold'], rows);
  await session.end();
  await crm.stop();
  await soketi.stop();
}
