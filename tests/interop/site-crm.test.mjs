// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The CRM whole: sign-in by password, messages, people, catch-up, expired credentials, its errors as sentences, and its
// newest version's own WebSocket.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { CrmSocket } from './lib/crm-socket.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

let soketi, crm, session, ringdown, id, path;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session);
});
after(async () => { await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });
afterEach(() => { crm.instead.clear(); });

const conversations = async (search = '') => (await ringdown.call(path, 'Messages1', 'ListConversations', 'suu', [search, 0, 50]))[0];
const messages = async (conversation, before = '') => (await ringdown.call(path, 'Messages1', 'ListMessages', 'ssu', [conversation, before, 50]))[0];
const people = async (search = '') => (await ringdown.call(path, 'People1', 'ListPeople', 'suu', [search, 0, 50]))[0];
const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));

test('a wrong password: the site\'s own words, and no account', async () => {
  await assert.rejects(ringdown.signIn(soketi, crm, { profile: 'crm', login: 'you', password: 'wrong' }), /Unable to log in with provided credentials/);
  assert.deepEqual((await ringdown.status()).accounts, []);
});

test('sign-in by user name: who we are comes from the site', async () => {
  await ringdown.signIn(soketi, crm, { profile: 'crm', login: 'you' });
  await ringdown.online();
  [{ id }] = (await ringdown.status()).accounts;
  path = Ringdown.path(id);
  assert.equal((await ringdown.get(path, 'Account1')).UserId, '7');
  assert.deepEqual(crm.requests.filter(({ path: one }) => one === '/api/auth/login/').length, 2);
});

test('a message: one toast for two emissions to both parties; listed, unread, read', async () => {
  await crm.chat.post(9, 7, 'Lunch at <b>one</b>?');
  await until('the toast', () => toasts('Lunch').length > 0);
  await never('a second toast', () => toasts('Lunch').length > 1);
  assert.equal(/<b>/.test(toasts('Lunch')[0].body), false);
  await until('the unread count', async () => (await ringdown.get(path, 'Messages1')).Unread === 1);
  const [conversation] = await until('the conversation', async () => { const all = await conversations(); return all.length === 1 && all; });
  assert.match(conversation.name, /Ada Lovelace/);
  assert.equal(conversation.unread, 1);
  assert.equal(conversation.text, 'Lunch at <b>one</b>?');
  const [message] = await messages(conversation.id);
  assert.equal(message.text, 'Lunch at <b>one</b>?');
  assert.equal(message.ours, false);
  await ringdown.call(path, 'Messages1', 'MarkRead', 's', [conversation.id]);
  await until('nothing unread', async () => (await ringdown.get(path, 'Messages1')).Unread === 0);
  assert.equal(crm.chat.unread(7), 0);
});

test('the guide\'s flat shape, with an id that is a string', async () => {
  await crm.chat.postFlat(11, 'flat as a pancake');
  await until('the toast', () => toasts('pancake').length > 0);
});

test('sending: the site has it once, we list it once; the site\'s refusal is a sentence', async () => {
  const [conversation] = await conversations('Ada');
  const before = crm.chat.messages.length;
  const [sent] = [await ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation.id, 'At one it is.'])].flat();
  assert.equal(sent.text, 'At one it is.');
  assert.equal(sent.ours, true);
  assert.equal(crm.chat.messages.length, before + 1);
  await never('a double of it', async () => (await messages(conversation.id)).filter(({ text }) => text === 'At one it is.').length !== 1);
  assert.equal(toasts('At one it is').length, 0, 'our own message is no news');
  const [refused] = [await ringdown.call(path, 'Messages1', 'FindConversation', 's', ['12'])].flat();
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [refused.id, 'hello']), /You cannot message this user/);
});

test('people: who is there, who cannot be called, our own status', async () => {
  const list = await people();
  assert.ok(list.some(({ name, status, available }) => name === 'Ada Lovelace' && status === 'online' && available));
  assert.ok(list.some(({ name, status, available }) => name === 'Grace Hopper' && status === 'busy' && !available));
  assert.equal((await people('grac')).length, 1);
  await ringdown.call(path, 'People1', 'SetStatus', 'sbs', ['busy', false, 'In a meeting']);
  assert.equal(crm.chat.presence[7].status, 'busy');
  assert.equal(crm.chat.presence[7].status_message, 'In a meeting');
  assert.equal((await ringdown.get(path, 'People1')).Status, 'busy');
  await ringdown.call(path, 'People1', 'SetStatus', 'sbs', ['online', true, '']);
});

test('placing a call by e-mail, and to nobody', async () => {
  await ringdown.do('call', 'ada@example.org');
  const call = await ringdown.state('ringing-out');
  await crm.update(crm.calls.get(Number(call.id)), 9, 'reject');
  await ringdown.quiet();
  const { code, stderr } = await ringdown.command('call', 'nobody@example.org');
  assert.equal(code, 1);
  assert.match(stderr, /No user found with email nobody@example\.org/);
  assert.match((await ringdown.command('call', '11')).stderr, /Grace Hopper is not available for calls/);
});

test('an issue is a notice', async () => {
  await soketi.sdk.trigger('private-user-7', 'issue-created', { issue: { id: 3, issue_number: 'ISS-3', title: 'Printer on fire', status: 'open', priority: 'high' } });
  await until('the toast', () => toasts('Printer on fire').length === 1);
});

test('an outage: messages and missed calls of it are told once, in one toast each', async () => {
  await soketi.kill();
  await until('the outage to be said', async () => (await ringdown.account(id)).state !== 'connected');
  await crm.chat.post(9, 7, 'while you were away', { tell: false });
  const call = crm.place(11, 7);
  Object.assign(call, { status: 'completed', ended_at: new Date().toISOString() });
  await soketi.up();
  await ringdown.online(10);
  await until('the message', () => toasts('while you were away').length === 1);
  assert.equal((await ringdown.ended(call.id)).state, 'missed');
  await never('a second toast', () => toasts('while you were away').length > 1);
});

test('a restart of the agent shows nothing twice, and what came meanwhile', async () => {
  const shown = session.notifications().length;
  await ringdown.stop();
  await crm.chat.post(9, 7, 'before you were up again');
  await ringdown.up();
  // secrets are in memory here: a new agent needs the password again
  await ringdown.do('account', 'sign-in', id, '--login', 'you', '--password-file', ringdown.secretFile(crm.password));
  await ringdown.online();
  await until('what came meanwhile', () => toasts('before you were up again').length === 1);
  await never('old news', () => session.notifications().slice(shown).some(({ body }) => /Lunch|pancake|while you were away/.test(body)));
});

test('expired: refreshed with rotation, once, and nobody notices', async () => {
  const refreshed = () => crm.requests.filter(({ path: one }) => one.endsWith('/token/refresh/')).length;
  const before = refreshed();
  crm.token = 'expired';
  await ringdown.call(path, 'People1', 'SetStatus', 'sbs', ['away', true, 'Back at three']);
  assert.equal(crm.chat.presence[7].status_message, 'Back at three');
  assert.equal(refreshed(), before + 1);
});

test('signed out for good: a plain sentence, and signing in again goes on', async () => {
  crm.token = 'gone';
  crm.refresh = 'gone';
  await assert.rejects(ringdown.call(path, 'People1', 'SetStatus', 'sbs', ['online', true, '']), /127\.0\.0\.1.*[Ss]ign in/s);
  await until('signed out', async () => (await ringdown.account(id)).state === 'signed-out');
  await ringdown.do('account', 'sign-in', id, '--login', 'you@example.org', '--password-file', ringdown.secretFile(crm.password));
  await ringdown.online();
});

test('the site fails with 500, HTML, nothing: sentences', async () => {
  for (const act of [
    (_, reply) => { reply.writeHead(500); reply.end('boom'); },
    (_, reply) => { reply.writeHead(200, { 'Content-Type': 'text/html' }); reply.end('<html>'); },
    (request) => request.socket.destroy(),
  ]) {
    crm.instead.set('/api/messages/send/', act);
    const [conversation] = await conversations('Ada');
    await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation.id, 'lost?']), /127\.0\.0\.1/);
  }
  crm.instead.clear();
  assert.equal(crm.chat.messages.some(({ content }) => content === 'lost?'), false);
});

test('no push: what the site\'s page polls is polled, and said', async () => {
  await soketi.kill();
  await until('polling to be said', async () => (await ringdown.get(path, 'Account1')).Delivery === 'polling', 30);
  await crm.chat.post(9, 7, 'found by asking', { tell: false });
  await until('the message', () => toasts('found by asking').length === 1, 30);
  await soketi.up();
  await ringdown.online(30);
  await until('push to be said', async () => (await ringdown.get(path, 'Account1')).Delivery === 'push');
});

test('the newest version\'s own WebSocket: calls, recovery, status', async () => {
  await ringdown.do('account', 'remove', id);
  const socket = new CrmSocket(crm);
  await ringdown.do('account', 'add', '--profile', 'crm-ws', '--site', crm.url, '--login', 'you', '--password-file', ringdown.secretFile(crm.password));
  await ringdown.online();
  const [{ id: plain }] = (await ringdown.status()).accounts;
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await ringdown.do('answer');
  await ringdown.state('active');
  await crm.update(call, 9, 'end');
  await ringdown.quiet();
  socket.send('{"event":"call-initiated"');
  socket.send('[]');
  socket.drop();
  await until('the way back', () => socket.sockets.size === 1, 10);
  await ringdown.online(10);
  const next = await crm.ring();
  await ringdown.state('ringing-in');
  await crm.update(next, 9, 'end');
  await ringdown.quiet();
  // an expired token is refused at the handshake: renewed, and on with it
  crm.token = 'expired';
  socket.drop();
  await until('the refusal', () => socket.refused > 0, 10);
  await ringdown.online(20);
  assert.equal((await ringdown.account(plain)).state, 'connected');
});
