// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window over sites with 10, 100 and 10,000 entries of everything, in the same run: how long until it shows its
// conversations, and how far apart frames are while they are scrolled.

import path from 'node:path';

import { run } from '../interop/lib/process.mjs';
import { figure, print } from './table.mjs';

export async function window() {
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const xvfb = new URL('../support/with-xvfb.sh', import.meta.url).pathname;
  const env = { ...process.env, GSETTINGS_SCHEMA_DIR: path.join(build, 'data'), GSETTINGS_BACKEND: 'memory', G_MESSAGES_DEBUG: '' };
  const { code, stdout, stderr } = await run([xvfb, path.join(build, 'tests/window/bench-window')], { env });
  if (code !== 0) throw new Error(`bench-window: ${stderr}`);
  const lines = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const rows = lines.filter(({ entries }) => entries !== undefined).map(({ entries, start, frame, worst, loaded, calls }) => [entries.toLocaleString('en'), figure(start, 'ms'), figure(frame, 'ms'), figure(worst, 'ms'), String(loaded), String(calls), entries > 100 ? 'as with 100, two pages; frame ≤ 17 ms' : '']);
  print('The window, by how much a site has', ['conversations and people', 'shown after', 'frame p50', 'p99', 'loaded by then', 'questions', 'to hold'], rows);
  const history = lines.filter(({ history: n }) => n !== undefined).map(({ history: n, start, frame, worst, loaded, search }) => [n.toLocaleString('en'), figure(start, 'ms'), figure(frame, 'ms'), figure(worst, 'ms'), String(loaded), figure(search, 'ms'), n > 100 ? 'as with 100; frame ≤ 17 ms' : '']);
  print('The history in the window, by how long it is', ['entries', 'shown after', 'frame p50', 'p99', 'loaded by then', 'searched', 'to hold'], history);
}
