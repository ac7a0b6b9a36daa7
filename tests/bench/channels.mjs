// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Channels client beside pusher-js in Node, pusher-js in headless Chromium, and a bare libsoup WebSocket as the limit:
// what events cost, how late they are, and what becomes of each when things go wrong. Writes a picture, too.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { run } from '../interop/lib/process.mjs';
import { Ledger } from './channels/ledger.mjs';
import { measureLines } from './channels/lines.mjs';
import { measureLoad } from './channels/load.mjs';
import { participants } from './channels/participants.mjs';
import { draw } from './channels/picture.mjs';
import { playScenarios, writeScenarios } from './channels/scenarios.mjs';
import { isPinned, lookOn } from './place.mjs';

/** channels.json, channels.svg and, where somebody can make one of it, channels.png. */
async function write(folder, ledger, machine, more) {
  const file = (name) => path.join(folder, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file('channels.json'), JSON.stringify({ machine, rows: ledger.rows, ...more }, null, 1));
  fs.writeFileSync(file('channels.svg'), draw(ledger.rows, machine));
  const makers = [['rsvg-convert', '--zoom=2', '-o', file('channels.png'), file('channels.svg')], ['convert', '-density', '192', file('channels.svg'), file('channels.png')]];
  for (const maker of makers) if ((await run(maker)).code === 0) break;
  console.log(`Written to ${folder}: channels.json, channels.svg, channels.png`);
}

async function measure(ledger, build, options) {
  const samples = await measureLoad(ledger, participants(build), options);
  await measureLines(ledger, build, options);
  const scenarios = await playScenarios(build, options);
  writeScenarios(ledger, scenarios);
  return { samples, scenarios };
}

/** What the figures depend on besides the programs. */
function describe(load) {
  const cpus = os.cpus();
  const place = isPinned ? 'the server on a processor of its own' : 'one processor for all';
  const busy = load > cpus.length / 2 ? `; a busy machine (load ${load.toFixed(1)}): mind no latency, nor events a second` : '';
  return `${cpus.length} × ${cpus[0].model}, Node ${process.version}; ${place}${busy}`;
}

export async function channels({ quick }) {
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const ledger = new Ledger();
  const machine = describe(os.loadavg()[0]);
  const figures = await lookOn(() => measure(ledger, build, { quick }));
  ledger.print();
  console.log(machine);
  await write(path.join(build, 'bench'), ledger, machine, figures);
}
