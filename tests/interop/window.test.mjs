// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window as its users have it: opened by the agent when a call comes in, read and pressed by AT-SPI.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { run, stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

const script = new URL('lib/at.py', import.meta.url).pathname;
let soketi, crm, session, ringdown;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session, { window: true, env: { NO_AT_BRIDGE: '0', GTK_A11Y: 'atspi' } });
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
});
after(async () => { await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });

async function at(...words) {
  const { code, stdout, stderr } = await run(['/usr/bin/python3', script, ...words], { env: ringdown.env, seconds: 40 });
  assert.equal(code, 0, `at.py ${words.join(' ')}: ${stderr}`);
  return stdout;
}

test('a call opens the window, which shows it; Answer in the window reaches the site and opens the room', async () => {
  const call = await crm.ring();
  await at('wait', 'Ada Lovelace');
  await at('wait', 'Incoming call');
  await session.screenshot('04-window-ringing');
  await at('press', 'Answer');
  await until('the answer at the site', () => crm.asked('answer').some(({ path }) => path.includes(`/${call.id}/`)));
  await until('the room', () => session.opened().length === 1);
  await at('wait', 'Active');
  await session.screenshot('05-window-active');
  await at('press', 'Hang Up');
  assert.equal((await ringdown.ended(call.id)).state, 'ended');
  assert.equal(crm.calls.get(call.id).status, 'completed');
});

test('Decline in the window; the recent calls show it', async () => {
  const call = await crm.ring({ type: 'audio' });
  await at('wait', 'Incoming call');
  await at('press', 'Decline');
  assert.equal((await ringdown.ended(call.id)).state, 'declined');
  assert.deepEqual(crm.asked('reject').at(-1).body, { action: 'reject' });
});

test('what the other side does is said: declined there, missed, answered elsewhere', async () => {
  await ringdown.do('call', '9');
  await at('wait', 'Calling…');
  const live = await ringdown.state('ringing-out');
  await crm.update(crm.calls.get(Number(live.id)), 9, 'reject');
  await at('wait', 'Ada Lovelace declined your call');
  const missed = await crm.ring();
  await ringdown.state('ringing-in');
  await crm.update(missed, 9, 'end');
  await at('wait', 'Missed call');
  const elsewhere = await crm.ring();
  await ringdown.state('ringing-in');
  await crm.update(elsewhere, 7, 'answer');
  await at('wait', 'Answered on another device');
  await session.screenshot('06-window-history');
});

test('the history finds who called, and calls back', async () => {
  await at('type', 'Search the history', 'lovel');
  await at('wait', 'Ada Lovelace, Missed call');
  await session.screenshot('06-window-search');
  await at('press', 'Call Ada Lovelace back');
  await at('wait', 'Calling…');
  await ringdown.state('ringing-out');
  await at('press', 'Cancel');
  await at('wait', 'cancelled');
});

test('soketi goes: the window says so, and that it is back', async () => {
  await soketi.kill();
  await at('wait', 'Offline');
  await session.screenshot('07-window-offline');
  await soketi.up();
  await at('wait', 'Connected');
});
