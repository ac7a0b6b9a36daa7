// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long somebody waits for a history of 100,000 entries: in the agent's own code, by the command, and for the window.

import fs from 'node:fs';
import path from 'node:path';

import { run } from '../interop/lib/process.mjs';
import { Ringdown } from '../interop/lib/ringdown.mjs';
import { Session } from '../interop/lib/session.mjs';
import { firstFrame, timed } from './startup.mjs';
import { figure, print, quantile } from './table.mjs';

const names = {
  open_and_first_page: 'open the file, first page', page: 'first page', old_page: 'a page half-way down', missed: 'missed calls',
  payments: 'payments', person: 'calls with one person', search_common: 'search “ada” (every 8th)', search_letter: 'search “a”',
  search_rare: 'search “ada 17”', search_none: 'search for nobody', search_amount: 'search an amount', write: 'a new entry on the disk',
};

export async function history({ quick }) {
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const session = await Session.start({ notifications: 'none', framebuffer: true });
  const dir = fs.mkdtempSync(path.join(session.dir, 'history-'));
  const file = path.join(dir, 'history.db');
  const { code, stdout, stderr } = await run([path.join(build, 'tests/bench/bench-history'), file, quick ? '20000' : '100000'], { env: session.env, seconds: 900 });
  if (code !== 0) throw new Error(stderr);
  const found = JSON.parse(stdout);
  const rows = Object.entries(names).map(([key, name]) => [name, figure(found[key], 'ms'), figure(found[`${key}_worst`], 'ms')]);
  rows.push(['all of it as CSV', figure(found.export, 'ms'), '']);

  const full = await Ringdown.start(session, { extra: ['--data-dir', dir] });
  const times = { list: [], search: [], window: [], empty: [] };
  for (let round = 0; round < (quick ? 5 : 20); round += 1) {
    times.list.push(await timed([path.join(build, 'src/bin/ringdown'), 'history'], full.env));
    times.search.push(await timed([path.join(build, 'src/bin/ringdown'), 'history', '--search', 'ada'], full.env));
  }
  const window = [path.join(build, 'src/bin/ringdown-window'), '--page', 'calls'];
  for (let round = 0; round < (quick ? 3 : 10); round += 1) times.window.push(await firstFrame(session, window, full.env));
  await full.stop();
  const empty = await Ringdown.start(session);
  for (let round = 0; round < (quick ? 3 : 10); round += 1) times.empty.push(await firstFrame(session, window, empty.env));
  await empty.stop();
  const row = (name, values) => [name, figure(quantile(values, 0.5), 'ms'), figure(Math.max(...values), 'ms')];
  rows.push(row('ringdown history', times.list), row('ringdown history --search ada', times.search));
  rows.push(row("window's first frame", times.window.slice(1)), row('the same without a history', times.empty.slice(1)));
  print(`A history of ${found.entries} entries (${found.megabytes} MB)`, ['', 'median', 'worst'], rows);
  await session.end();
}
