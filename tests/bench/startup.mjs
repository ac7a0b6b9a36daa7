// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person waits for: `ringdown status`, and the window's first frame beside GNOME Calls'. Xvfb keeps its screen in
// a file: the first frame is there when pixels are no longer the root window's.

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../interop/lib/await.mjs';
import { Crm } from '../interop/lib/crm.mjs';
import { run, start, stop } from '../interop/lib/process.mjs';
import { now } from '../interop/lib/relay.mjs';
import { Ringdown } from '../interop/lib/ringdown.mjs';
import { Session } from '../interop/lib/session.mjs';
import { Soketi } from '../interop/lib/soketi.mjs';
import { figure, print, quantile } from './table.mjs';

export async function timed(argv, env) {
  const began = now();
  const { code, stderr } = await run(argv, { env });
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
  return now() - began;
}

/** The number of pixels that are not black, of the screen kept in Xvfb's file. */
function drawn(file, buffer) {
  fs.readSync(file, buffer, 0, buffer.length, 0);
  const header = buffer.readUInt32BE(0) + 12 * buffer.readUInt32BE(76);
  let count = 0;
  // a sample of every 64th pixel is enough to see a window
  for (let at = header; at + 4 <= buffer.length; at += 256) if (buffer.readUInt32LE(at) & 0xffffff) count += 1;
  return count;
}

export async function firstFrame(session, argv, env) {
  const screen = path.join(session.framebuffer, 'Xvfb_screen0');
  const file = fs.openSync(screen, 'r');
  const buffer = Buffer.alloc(fs.statSync(screen).size);
  await until('an empty screen', () => drawn(file, buffer) === 0);
  const began = now();
  const child = start(argv[0], argv, { env });
  while (drawn(file, buffer) < 200) {
    if (now() - began > 20000 || child.exitCode !== null) { await stop(child); fs.closeSync(file); return NaN; }
    await pause(2);
  }
  const took = now() - began;
  await stop(child, 'SIGKILL');
  await until('an empty screen', () => drawn(file, buffer) === 0);
  fs.closeSync(file);
  return took;
}

export async function startup({ quick }) {
  const soketi = await Soketi.start();
  const session = await Session.start({ notifications: 'none', framebuffer: true });
  const crm = await Crm.start(soketi);
  const ringdown = await Ringdown.start(session);
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const bin = (name) => path.join(build, 'src/bin', name);
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
  const times = { status: [], gdbus: [], window: [], calls: [] };
  const gdbus = ['gdbus', 'call', '--session', '--dest', 'io.github.ringdown.Ringdown', '--object-path', '/io/github/ringdown/Ringdown', '--method', 'org.freedesktop.DBus.ObjectManager.GetManagedObjects'];
  for (let round = 0; round < (quick ? 10 : 50); round += 1) {
    times.status.push(await timed([bin('ringdown'), 'status'], ringdown.env));
    times.gdbus.push(await timed(gdbus, ringdown.env));
  }
  const row = (name, values, limit = '') => [name, String(values.length), figure(quantile(values, 0.5), 'ms'), figure(Math.max(...values), 'ms'), limit];
  const rows = [row('ringdown status', times.status, '≤ 50 ms'), row('gdbus call GetManagedObjects', times.gdbus)];
  const peer = fs.existsSync('/usr/bin/gnome-calls');
  for (let round = 0; round < (quick ? 3 : 15); round += 1) {
    // side by side, so that both see the same machine
    times.window.push(await firstFrame(session, [bin('ringdown-window')], ringdown.env));
    if (peer) times.calls.push(await firstFrame(session, ['gnome-calls'], session.env));
  }
  rows.push(row("window's first frame", times.window.slice(1), peer ? "no later than GNOME Calls'" : ''));
  if (peer) rows.push(row("GNOME Calls' first frame", times.calls.slice(1)));
  print('Waiting', ['', 'n', 'median', 'max', 'to hold'], rows);
  await ringdown.stop();
  await session.end();
  await crm.stop();
  await soketi.stop();
}
