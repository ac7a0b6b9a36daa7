// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The SMS portal: Laravel's session and CSRF, public channels, three spellings, delivery, calls that are only shown.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Sms } from './lib/sms.mjs';
import { Soketi } from './lib/soketi.mjs';

let soketi, sms, session, ringdown, id, path;

before(async () => {
  soketi = await Soketi.start();
  sms = await Sms.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session);
});
after(async () => { await ringdown?.stop(); await session?.end(); await sms?.stop(); await stopAll(); });
afterEach(() => { sms.instead.clear(); });

const conversations = async (search = '') => (await ringdown.call(path, 'Messages1', 'ListConversations', 'suu', [search, 0, 50]))[0];
const listed = async (conversation) => (await ringdown.call(path, 'Messages1', 'ListMessages', 'ssu', [conversation, '', 50]))[0];
const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));

test('a wrong password is refused in plain words', async () => {
  await assert.rejects(ringdown.signIn(soketi, sms, { profile: 'sms', password: 'wrong', extra: ['--var', `phone-number.id=${Sms.phone}`] }), /127\.0\.0\.1/);
  assert.deepEqual((await ringdown.status()).accounts, []);
});

test('sign-in with the page\'s CSRF token; who we are stands in the page', async () => {
  await ringdown.signIn(soketi, sms, { profile: 'sms', extra: ['--var', `phone-number.id=${Sms.phone}`] });
  await ringdown.online();
  [{ id }] = (await ringdown.status()).accounts;
  path = Ringdown.path(id);
  assert.equal((await ringdown.get(path, 'Account1')).UserId, Sms.user);
  const names = (await ringdown.account(id)).channels.map(({ name }) => name);
  for (const name of ['user.7', 'messenger.31', 'messenger.32', 'call-status']) assert.ok(names.includes(name), `${name} of ${names}`);
});

for (const event of ['message.received', 'MessageReceived', 'App\\Events\\MessageReceived']) {
  test(`an SMS as ${event}: one toast`, async () => {
    await sms.receive(sms.conversations[0], `by ${event}`, { event });
    await until('the toast', () => toasts(`by ${event}`).length === 1);
    assert.match(toasts(`by ${event}`)[0].summary, /Ada Lovelace/);
  });
}

test('a contact without a name is shown by the number', async () => {
  await sms.receive(sms.conversations[1], 'who is this?');
  await until('the toast', () => toasts('who is this?').length === 1);
  // alone, or in one toast with what came just before
  const [{ summary, body }] = toasts('who is this?');
  assert.match(`${summary} ${body}`, /\+?15550132/);
});

for (const event of ['message.sent', 'MessageSent', 'App\\Events\\MessageSent']) {
  test(`sending, and the delivery told as ${event}; nothing goes back`, async () => {
    const [{ id: conversation }] = await conversations('Ada');
    const text = `out by ${event}`;
    await ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation, text]);
    const message = sms.messages.find(({ content }) => content === text);
    await sms.deliver(message, 'sent', event);
    await sms.deliver(message, 'delivered', event);
    const mine = () => listed(conversation).then((all) => all.filter((one) => one.text === text));
    await until('the delivery', async () => (await mine())[0]?.state === 'delivered');
    await sms.tell(sms.conversations[0], { ...message, status: 'sent' }, event);
    await never('a way back', async () => { const all = await mine(); return all.length !== 1 || all[0].state !== 'delivered'; });
    assert.equal(toasts(text).length, 0, 'our own message is no news');
  });
}

test('mark read reaches the portal', async () => {
  const [{ id: conversation }] = await conversations('Ada');
  await ringdown.call(path, 'Messages1', 'MarkRead', 's', [conversation]);
  assert.equal(sms.conversations[0].unread_count, 0);
});

test('a text that is too long is not even sent; one that only the portal finds too long: its own words (422)', async () => {
  const [{ id: conversation }] = await conversations('Ada');
  const sent = sms.asked('POST', '/messenger/send').length;
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation, 'x'.repeat(1601)]), /BadInput/);
  assert.equal(sms.asked('POST', '/messenger/send').length, sent);
  sms.instead.set('/messenger/send', (_, reply) => {
    reply.writeHead(422, { 'Content-Type': 'application/json' });
    reply.end(JSON.stringify({ success: false, errors: { content: ['The content must not be greater than 1600 characters.'] } }));
  });
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation, 'x'.repeat(1600)]), /greater than 1600 characters/);
});

test('the CSRF token is another one (419): fetched again, sent once', async () => {
  const [{ id: conversation }] = await conversations('Ada');
  sms.rotate();
  await ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation, 'after the rotation']);
  assert.equal(sms.messages.filter(({ content }) => content === 'after the rotation').length, 1);
});

test('a call that only the portal can answer is shown, and answered elsewhere', async () => {
  await sms.call('cs-1', 'initiating');
  const call = await ringdown.state('ringing-in');
  assert.equal((await ringdown.get(`/calls/${await callNumber()}`, 'Call1')).CanAnswer, false);
  await sms.call('cs-1', 'answered', { answered_at: new Date().toISOString() });
  await ringdown.quiet();
  assert.equal((await ringdown.ended(call.id)).state, 'answered-elsewhere');
});

async function callNumber() {
  const { stdout } = await (await import('./lib/process.mjs')).run(['/usr/bin/python3', new URL('lib/bus.py', import.meta.url).pathname, 'tree'], { env: ringdown.env });
  return Object.keys(JSON.parse(stdout)).map((one) => one.match(/\/calls\/(\w+)$/)?.[1]).find(Boolean);
}

test('an outage: what came in meanwhile is told once', async () => {
  await soketi.kill();
  await until('the outage to be said', async () => (await ringdown.account(id)).state !== 'connected');
  await sms.receive(sms.conversations[0], 'came in the dark', { tell: false });
  await soketi.up();
  await ringdown.online(10);
  await until('the message', () => toasts('came in the dark').length === 1);
  await never('a second toast', () => toasts('came in the dark').length > 1);
});

test('the session is gone: a plain sentence; public channels stay; signing in again goes on', async () => {
  sms.expire();
  const [{ id: conversation }] = await conversations('Ada').catch(() => [{ id: '31' }]);
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation, 'x']), /127\.0\.0\.1/);
  await until('it is said', async () => { const one = await ringdown.account(id); return one.state === 'signed-out' || one.sentence !== ''; });
  await ringdown.do('account', 'sign-in', id, '--login', 'you@example.org', '--password-file', ringdown.secretFile(sms.password));
  await ringdown.online();
  await ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation, 'back again']);
  assert.equal(sms.messages.filter(({ content }) => content === 'back again').length, 1);
});
