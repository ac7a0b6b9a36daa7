// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Outages, catch-up and hostile surroundings: soketi killed, sites that fail, a notification server that hangs.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

let soketi, crm, session, ringdown;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session);
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
});
after(async () => { await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });
afterEach(() => { crm.instead.clear(); });

const account = async () => (await ringdown.status()).accounts[0];

test('soketi killed and started again: subscribed again, caught up, nothing old rings', async () => {
  await soketi.kill();
  const down = await until('the outage to be said', async () => { const now = await account(); return now.state !== 'connected' && now; });
  assert.notEqual(down.sentence, '');
  assert.ok(['waiting', 'connecting'].includes(down.state));
  // a call came and went, and another one is long over due, while the line was down
  const gone = crm.place(9, 7);
  Object.assign(gone, { status: 'completed', ended_at: new Date().toISOString() });
  const stale = crm.place(11, 7);
  stale.created_at = new Date(Date.now() - 3600_000).toISOString();
  const asked = crm.requests.length;
  await soketi.up();
  await ringdown.online(10);
  await until('the catch-up', () => crm.requests.slice(asked).some(({ path }) => path.endsWith('/my_active_call/')));
  await never('a ring', async () => (await ringdown.status()).agent.ring !== 'silent');
  assert.equal((await ringdown.ended(gone.id)).state, 'missed');
  stale.status = 'completed';
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await crm.update(call, 9, 'end');
  await ringdown.quiet();
});

test('soketi gone while a call rings: what ended meanwhile is silent after the catch-up', async () => {
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await soketi.kill();
  Object.assign(call, { status: 'completed', ended_at: new Date().toISOString() });
  await soketi.up();
  assert.equal((await ringdown.ended(call.id)).state, 'missed');
  await ringdown.quiet();
});

for (const [name, act, words] of [
  ['500', (_, reply) => { reply.writeHead(500); reply.end('boom'); }, /500/],
  ['HTML', (_, reply) => { reply.writeHead(200, { 'Content-Type': 'text/html' }); reply.end('<html><script>alert(1)</script>'); }, /127\.0\.0\.1/],
  ['a 30 MB reply', (_, reply) => { reply.writeHead(200, { 'Content-Type': 'application/json' }); reply.end(Buffer.alloc(30e6, 0x20)); }, /127\.0\.0\.1/],
  ['a closed socket', (request) => request.socket.destroy(), /127\.0\.0\.1/],
  ['never', () => {}, /127\.0\.0\.1/],
]) {
  test(`a site that answers ${name} to "answer": a sentence, and the call rings on`, async () => {
    const call = await crm.ring();
    await ringdown.state('ringing-in');
    crm.instead.set(`/api/jitsi-calls/${call.id}/`, act);
    const { code, stderr } = await ringdown.command('answer');
    assert.equal(code, 1);
    assert.match(stderr, words);
    assert.equal(stderr.trim().split('\n').length, 1);
    assert.equal((await ringdown.live())[0].state, 'ringing-in');
    crm.instead.clear();
    await crm.update(call, 9, 'end');
    await ringdown.quiet();
  });
}

test('a notification server that hangs: everything goes on, and the status says so', async () => {
  session.dunst.kill('SIGSTOP');
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await until('the truth', async () => (await ringdown.status()).agent.notifications === 'not-answering');
  await ringdown.do('answer');
  await ringdown.state('active');
  session.dunst.kill('SIGCONT');
  await until('its recovery', async () => (await ringdown.status()).agent.notifications === 'ok', 40);
  await crm.update(call, 9, 'end');
  await ringdown.quiet();
  const incoming = () => session.notifications().filter(({ category }) => category === 'call.incoming').length;
  const before = incoming();
  const next = await crm.ring();
  await until('a notification as before', () => incoming() > before);
  await crm.update(next, 9, 'end');
  await ringdown.quiet();
});

test('no notification server at all: it rings, and the status says so', async () => {
  await session.stopDunst();
  const call = await crm.ring();
  await until('the ring', async () => (await ringdown.status()).agent.ring === 'full');
  await until('the truth', async () => (await ringdown.status()).agent.notifications === 'absent');
  await crm.update(call, 9, 'end');
  await ringdown.quiet();
  await session.startDunst();
  const next = await crm.ring();
  await until('a notification again', async () => (await session.shown()) > 0);
  await until('the truth', async () => (await ringdown.status()).agent.notifications === 'ok');
  await crm.update(next, 9, 'end');
  await ringdown.quiet();
});

test('the site signs nobody in any more: said, the line does not loop', async () => {
  const token = crm.token;
  crm.token = 'rotated-away';
  await soketi.kill();
  await soketi.up();
  const out = await until('signed out', async () => { const now = await account(); return now.state === 'signed-out' && now; });
  assert.match(out.sentence, /127\.0\.0\.1/);
  const asked = crm.requests.length;
  await never('a loop of sign-ins', () => crm.requests.length > asked + 20, 2);
  crm.token = token;
  await ringdown.do('account', 'token', out.id, '--token-file', ringdown.secretFile(token));
  await ringdown.online();
});

test('an expired token with a refresh token: refreshed once, rotated, and nobody notices', async () => {
  const [{ id }] = (await ringdown.status()).accounts;
  await ringdown.do('account', 'token', id, '--token-file', ringdown.secretFile(crm.token), '--refresh-token-file', ringdown.secretFile(crm.refresh));
  await ringdown.online();
  for (let round = 0; round < 2; round += 1) {
    crm.token = `expired-${round}`;
    const refreshed = crm.requests.filter(({ path }) => path.endsWith('/refresh/')).length;
    const call = await crm.ring();
    await ringdown.state('ringing-in');
    await ringdown.do('answer');
    await ringdown.state('active');
    assert.equal(crm.requests.filter(({ path }) => path.endsWith('/refresh/')).length, refreshed + 1);
    await crm.update(call, 9, 'end');
    await ringdown.quiet();
  }
});
