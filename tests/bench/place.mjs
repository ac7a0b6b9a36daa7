// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who runs where: in the world the server is another machine. The first processor is the server's and the onlooker's,
// all others are those of whoever is measured.

import os from 'node:os';

import { run } from '../interop/lib/process.mjs';

const processors = os.cpus().length;
const of = { server: '0', measured: `1-${processors - 1}`, all: `0-${processors - 1}` };

export const isPinned = processors >= 2;
export const pinned = (who, argv) => (isPinned ? ['taskset', '-c', of[who === 'server' ? 'server' : 'measured'], ...argv] : argv);

/** @whole: with the threads that there are already, in which V8 compiles and collects. */
const place = (who, whole = false) => (isPinned ? run(['taskset', whole ? '-acp' : '-cp', of[who], String(process.pid)]) : undefined);

/** This process looks on: its place is beside the server, and where it was when all is over. */
export async function lookOn(act) {
  await place('server', true);
  try { return await act(); } finally { await place('all', true); }
}

/** What is started meanwhile belongs to who is measured. */
export async function measured(act) {
  await place('measured');
  try { return await act(); } finally { await place('server'); }
}
