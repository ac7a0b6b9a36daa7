// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ringdown's figures, printed beside its peers', from the same run on the same machine. Not a test: it judges nothing.
//   node tests/bench/run.mjs [--quick] [latency] [outages] [recovery] [resume] [startup] [background] [history] [crowd] [window] [channels] [json] [scale] [cluster]

import { stopAll } from '../interop/lib/process.mjs';
import { background } from './background.mjs';
import { channels } from './channels.mjs';
import { cluster } from './cluster.mjs';
import { crowd } from './crowd.mjs';
import { history } from './history.mjs';
import { json } from './json.mjs';
import { latency } from './latency.mjs';
import { outages } from './outages.mjs';
import { recovery } from './recovery.mjs';
import { resume } from './resume.mjs';
import { scale } from './scale.mjs';
import { startup } from './startup.mjs';
import { window } from './window.mjs';

const all = { latency, outages, recovery, resume, startup, background, history, crowd, window, channels, json, scale, cluster };
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const wanted = words.filter((word) => word !== '--quick');
const unknown = wanted.filter((word) => !(word in all));
if (unknown.length > 0) {
  console.error(`bench: there is no benchmark '${unknown[0]}': ${Object.keys(all).join(', ')}`);
  process.exit(2);
}
try {
  for (const [name, measure] of Object.entries(all)) if (wanted.length === 0 || wanted.includes(name)) await measure({ quick });
} finally {
  await stopAll();
}
process.exit(0);
