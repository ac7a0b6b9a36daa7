// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who runs where: in the world the server is another machine. The first processor that we may use is the server's and the
// onlooker's, all others are those of whoever is measured.

import fs from 'node:fs';

import { run } from '../interop/lib/process.mjs';

/** "0-2,5": the numbers of processors */
function read(list) {
  return list.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

const [, list] = fs.readFileSync('/proc/self/status', 'utf8').match(/^Cpus_allowed_list:\s*(\S+)$/m);
const [first, ...others] = read(list);
const of = { server: String(first), measured: others.join(','), all: list };

export const isPinned = others.length > 0;
export const pinned = (who, argv) => (isPinned ? ['taskset', '-c', of[who === 'server' ? 'server' : 'measured'], ...argv] : argv);

/** @whole: with the threads that there are already, in which V8 compiles and collects. */
async function place(who, whole = false) {
  if (!isPinned) return;
  const { code, stderr } = await run(['taskset', whole ? '-acp' : '-cp', of[who], String(process.pid)]);
  if (code !== 0) throw new Error(stderr);
}

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
