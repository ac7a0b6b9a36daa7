// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the time of an event goes that a handler reads, without a network: the look at its frame, its text, the tree; and
// what the tree would cost by json-glib's own parser.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { run } from '../interop/lib/process.mjs';
import { makeEvent } from './channels/load-event.mjs';
import { figure, print } from './table.mjs';

const steps = {
  glance: 'the look at the frame', text: 'and the data as text', lookup: 'and one value of it', data: 'and instead as a tree',
  reader: 'the tree alone, by our reader', parser: "by json-glib's parser", checked_parser: 'which gets only what was looked over before',
};

export async function json() {
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ringdown-bench-'));
  const files = [400, 4096].map((bytes) => {
    const file = path.join(dir, String(bytes));
    fs.writeFileSync(file, makeEvent('bench', 'order-updated', bytes, 1).join(Date.now() * 1000));
    return file;
  });
  const { code, stdout, stderr } = await run([path.join(build, 'tests/bench/bench-channels-json'), ...files]);
  fs.rmSync(dir, { recursive: true });
  if (code !== 0) throw new Error(stderr);
  const found = stdout.trim().split('\n').map((line) => JSON.parse(line));
  print('Processor time of one event', ['', ...found.map(({ bytes }) => `${bytes} bytes`)],
    Object.entries(steps).map(([step, name]) => [name, ...found.map((times) => figure(times[step], 'µs'))]));
}
