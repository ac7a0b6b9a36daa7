// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The main job on real parts: soketi, the official SDK, dunst, the default browser, the real agent.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

let soketi, crm, session, ringdown, sound;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  sound = path.join(session.dir, 'sound.pcm');
  ringdown = await Ringdown.start(session, { sink: `filesink sync=true location=${sound}` });
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
});
after(async () => { await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });
beforeEach(async () => { await ringdown.quiet(); });

const ringing = () => session.notifications().filter(({ category }) => category === 'call.incoming');
const unanswered = () => session.notifications().filter(({ category }) => category === 'call.unanswered').length;
/** Samples have come out of the ringer that are not silence. */
const heard = () => fs.existsSync(sound) && fs.readFileSync(sound).some((byte) => byte !== 0);
const shown = (count) => until(`${count} shown notifications`, async () => (await session.shown()) === count);

test('a call rings: a critical notification with two buttons, the ring, the status', async () => {
  const before = ringing().length;
  const call = await crm.ring();
  const live = await ringdown.state('ringing-in');
  assert.equal(live.id, String(call.id));
  assert.equal(live.peer_name, 'Ada Lovelace');
  assert.equal(live.audio, false);
  await until('the notification', () => ringing().length === before + 1);
  const notification = ringing().at(-1);
  assert.equal(notification.urgency, 2);
  assert.equal(notification.timeout, 0);
  assert.match(`${notification.summary} ${notification.body}`, /Ada Lovelace/);
  assert.deepEqual(notification.actions.filter((_, index) => index % 2 === 0).sort(), ['answer', 'decline', 'default']);
  await until('the ring', async () => (await ringdown.status()).agent.ring === 'full');
  await until('the sound', heard);
  await session.screenshot('01-ringing');
  await crm.update(call, 9, 'end');
  const ended = await ringdown.ended(call.id);
  assert.equal(ended.state, 'missed');
  await ringdown.quiet();
});

test('Answer in the notification reaches the site; its event opens exactly the right room, once', async () => {
  const opened = session.opened().length;
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await shown(1);
  await session.pressAction('Answer');
  await until('the answer at the site', () => crm.asked('answer').some(({ path }) => path.includes(`/${call.id}/`)));
  assert.deepEqual(crm.asked('answer').at(-1).body, { action: 'answer' });
  await ringdown.state('active');
  await until('the browser', () => session.opened().length > opened);
  await until('silence', async () => (await ringdown.status()).agent.ring === 'silent');
  await never('a second room', () => session.opened().length > opened + 1);
  const { url } = session.opened().at(-1);
  assert.ok(url.startsWith(`${crm.room(call)}#`) || url === crm.room(call), 'the room with its token');
  await session.screenshot('02-answered');
  await crm.update(call, 9, 'end');
  assert.equal((await ringdown.ended(call.id)).state, 'ended');
  await ringdown.quiet();
});

test('Decline reaches the site as reject', async () => {
  const call = await crm.ring({ type: 'audio' });
  const live = await ringdown.state('ringing-in');
  assert.equal(live.audio, true);
  await until('the notification', async () => (await session.shown()) > 0);
  await session.pressAction('Decline');
  const ended = await ringdown.ended(call.id);
  assert.equal(ended.state, 'declined');
  assert.deepEqual(crm.asked('reject').at(-1).body, { action: 'reject' });
});

test('answered on another device: silence, nothing missed, no room', async () => {
  const opened = session.opened().length;
  const missed = unanswered();
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await crm.update(call, 7, 'answer');
  assert.equal((await ringdown.ended(call.id)).state, 'answered-elsewhere');
  await ringdown.quiet();
  await until('no notification', async () => (await session.shown()) === 0);
  assert.equal(unanswered(), missed);
  assert.equal(session.opened().length, opened);
});

test('an outgoing call: placed, answered there, its room opens here, hung up here', async () => {
  const opened = session.opened().length;
  await ringdown.do('call', '9');
  const live = await ringdown.state('ringing-out');
  const call = crm.calls.get(Number(live.id));
  assert.equal(call.recipient, 9);
  assert.equal((await ringdown.status()).agent.ring, 'silent');
  await crm.update(call, 9, 'answer');
  await ringdown.state('active');
  await until('the browser', () => session.opened().length === opened + 1);
  await ringdown.do('hangup');
  assert.equal((await ringdown.ended(call.id)).state, 'ended');
  assert.equal(crm.asked('end').length > 0, true);
});

test('an outgoing call declined there', async () => {
  await ringdown.do('call', 'ada@example.org', '--audio');
  const live = await ringdown.state('ringing-out');
  await crm.update(crm.calls.get(Number(live.id)), 9, 'reject');
  assert.equal((await ringdown.ended(live.id)).state, 'declined');
});

test('an outgoing call cancelled here', async () => {
  await ringdown.do('call', '9');
  const live = await ringdown.state('ringing-out');
  await ringdown.do('hangup');
  assert.equal((await ringdown.ended(live.id)).state, 'cancelled');
});

test('what the site refuses is said in its words', async () => {
  const self = await ringdown.command('call', '7');
  assert.equal(self.code, 1);
  assert.match(self.stderr, /Cannot call yourself/);
  const busy = await ringdown.command('call', '11');
  assert.equal(busy.code, 1);
  assert.match(busy.stderr, /Grace Hopper is not available for calls/);
  assert.equal(busy.stderr.trim().split('\n').length, 1);
});

test('a second call while one is active rings softly, with its own notification', async () => {
  const first = await crm.ring();
  await ringdown.state('ringing-in');
  await ringdown.do('answer');
  await ringdown.state('active');
  const before = ringing().length;
  const second = await crm.ring({ from: 11 });
  await until('the soft ring', async () => (await ringdown.status()).agent.ring === 'soft');
  await until('its notification', () => ringing().length > before);
  await crm.update(second, 11, 'end');
  assert.equal((await ringdown.ended(second.id)).state, 'missed');
  await crm.update(first, 9, 'end');
  await ringdown.ended(first.id);
});

test('doubled and shuffled events: one ring, one end', async () => {
  const call = crm.place(9, 7);
  await crm.emit('call-initiated', call);
  await crm.emit('call-initiated', call);
  await ringdown.state('ringing-in');
  assert.equal((await ringdown.live()).length, 1);
  Object.assign(call, { status: 'completed', ended_at: new Date().toISOString() });
  await crm.emit('call-ended', call);
  await crm.emit('call-initiated', { ...call, status: 'pending' });
  await crm.emit('call-ended', call);
  await ringdown.ended(call.id);
  await ringdown.quiet();
  await never('a ring after the end', async () => (await ringdown.live()).length > 0);
  assert.equal((await ringdown.calls()).filter(({ id }) => id === String(call.id)).length, 1);
});

test('an expired token without a refresh token: said so, the call rings on, a new token answers it', async () => {
  crm.token = 'rotated-away';
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  // no refresh token was given with this account: it must say so, and ring on
  const { code, stderr } = await ringdown.command('answer');
  assert.equal(code, 1);
  assert.match(stderr, /401|sign in/i);
  assert.equal((await ringdown.live()).length, 1);
  const [{ id }] = (await ringdown.status()).accounts;
  await ringdown.do('account', 'token', id, '--token-file', ringdown.secretFile(crm.token));
  await ringdown.do('answer');
  await ringdown.state('active');
  await crm.update(call, 9, 'end');
  await ringdown.ended(call.id);
});

test('no token stands in the log, nor a room\'s', () => {
  assert.ok(ringdown.agent.output.length > 0);
  assert.equal(ringdown.agent.output.includes(crm.token), false);
  for (const call of crm.calls.values()) assert.equal(ringdown.agent.output.includes(call.tokens[7]), false);
});

test('quit closes what must not stay, and ends with success', async () => {
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await until('the notification', async () => (await session.shown()) > 0);
  await ringdown.do('quit');
  assert.deepEqual(await ringdown.agent.ended, { code: 0, signal: null });
  assert.equal(call.status, 'pending');
  const closed = () => session.monitor.output.split('member=CloseNotification').length - 1;
  assert.ok(closed() > 0);
});
