// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The network fails in ways that no server has a part in: this client and pusher-js in Node, side by side in the same
// failing network, which is a namespace of their own (recovery/stage.mjs), in real time.

import path from 'node:path';

import { run } from '../interop/lib/process.mjs';
import { figure, print } from './table.mjs';

const stage = new URL('recovery/stage.mjs', import.meta.url).pathname;
const namespaces = ['unshare', '--user', '--map-root-user', '--net', '--mount'];

export async function recovery({ quick }) {
  const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
  const actor = path.join(build, 'tests/bench/bench-channels-actor');
  if ((await run([...namespaces, 'true'])).code !== 0) {
    console.log('\nNo network to fail: this machine permits no namespaces (unshare --user --net --mount).');
    return;
  }
  const { code, stdout, stderr } = await run([...namespaces, process.execPath, stage, actor, ...(quick ? ['--quick'] : [])], { seconds: 1200 });
  process.stderr.write(stderr);
  if (code !== 0) throw new Error(`the stage ended with ${code}`);
  const shown = (value) => (value === null || value === undefined ? '–' : value < 0 ? 'never' : figure(value, 's'));
  const rows = JSON.parse(stdout).map(({ name, ours, node, hold }) => [name, shown(ours), shown(node), hold ?? '']);
  print('When the network fails', ['', 'channels-glib', 'pusher-js, Node', 'to hold'], rows);
}
