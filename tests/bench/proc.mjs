// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the kernel says of a process: proportional memory and wake-ups, its descendants included.

import fs from 'node:fs';

function family(pid) {
  const pids = [pid];
  for (let index = 0; index < pids.length; index += 1) {
    for (const task of tasks(pids[index])) {
      const children = read(`/proc/${pids[index]}/task/${task}/children`);
      pids.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return pids;
}

function read(file) { try { return fs.readFileSync(file, 'utf8'); } catch { return ''; } }
function tasks(pid) { try { return fs.readdirSync(`/proc/${pid}/task`); } catch { return []; } }

/** MB of PSS, children included. */
export function pss(pid) {
  return family(pid).reduce((sum, member) => sum + Number(read(`/proc/${member}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1] ?? 0), 0) / 1024;
}

/** Each thread's voluntary switches so far: it went to sleep of itself, so it had been woken. */
export function switches(pid) {
  const counts = new Map();
  for (const member of family(pid)) {
    for (const task of tasks(member)) {
      counts.set(task, Number(read(`/proc/${member}/task/${task}/status`).match(/^voluntary_ctxt_switches:\s+(\d+)/m)?.[1] ?? 0));
    }
  }
  return counts;
}

/** Wake-ups between two readings; a thread that ended in between takes its last ones with it. */
export function wakeUps(before, after) {
  let sum = 0;
  for (const [task, count] of after) sum += count - (before.get(task) ?? 0);
  return sum;
}

/** Clock ticks of processor time so far, children included. */
export function cpu(pid) {
  return family(pid).reduce((sum, member) => {
    const fields = read(`/proc/${member}/stat`).replace(/^.*\) /s, '').split(' ');
    return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }, 0);
}
