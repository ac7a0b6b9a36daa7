// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Channels client beside pusher-js in Node, pusher-js in headless Chromium, and a bare libsoup WebSocket as the limit:
// what events cost, how late they are, and what becomes of each when things go wrong. Writes a picture, too.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Ledger } from './channels/ledger.mjs';
import { measureLoad } from './channels/load.mjs';
import { isPinned, participants } from './channels/participants.mjs';

export async function channels({ quick }) {
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const ledger = new Ledger();
  const samples = await measureLoad(ledger, participants(build), { quick });
  ledger.print();
  const machine = `${os.cpus().length} × ${os.cpus()[0].model}, Node ${process.version}, ${isPinned ? 'the server on a processor of its own' : 'one processor for all'}`;
  console.log(machine);
  const folder = path.join(build, 'bench');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'channels.json'), JSON.stringify({ machine, rows: ledger.rows, samples }, null, 1));
}
