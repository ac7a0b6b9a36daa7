// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The team space: NextAuth's cookie, a presence channel that a pusher-js is in too, chat, typing.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';
import { Team } from './lib/team.mjs';

const PusherJs = createRequire(import.meta.url)('pusher-js');
let soketi, team, session, ringdown, id, path, peer;

before(async () => {
  soketi = await Soketi.start();
  team = await Team.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session);
});
after(async () => { peer?.disconnect(); await ringdown?.stop(); await session?.end(); await team?.stop(); await stopAll(); });
afterEach(() => { team.instead.clear(); });

const members = [];
const conversations = async () => (await ringdown.call(path, 'Messages1', 'ListConversations', 'suu', ['', 0, 50]))[0];
const people = async () => (await ringdown.call(path, 'People1', 'ListPeople', 'suu', ['', 0, 50]))[0];
const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));

/** A member with the official browser client. */
function join(user) {
  const client = new PusherJs(Soketi.app.key, {
    cluster: '', wsHost: '127.0.0.1', wsPort: soketi.port, forceTLS: false, enabledTransports: ['ws'],
    channelAuthorization: { customHandler: ({ socketId }, done) => done(null, team.authorize(user, socketId)) },
  });
  const channel = client.subscribe(team.channel);
  channel.bind('pusher:member_added', (member) => members.push(member));
  return { client, ready: until(`${user} in the channel`, () => channel.subscribed), channel };
}

test('a wrong password is refused in plain words', async () => {
  await assert.rejects(ringdown.signIn(soketi, team, { profile: 'team', password: 'wrong', extra: ['--var', `workspace.id=${Team.workspace}`] }), /127\.0\.0\.1/);
  assert.deepEqual((await ringdown.status()).accounts, []);
});

test('sign-in with CSRF and cookie; the presence channel is joined, and a pusher-js sees us as we are', async () => {
  const one = join('u9');
  peer = one.client;
  await one.ready;
  await ringdown.signIn(soketi, team, { profile: 'team', extra: ['--var', `workspace.id=${Team.workspace}`] });
  await ringdown.online();
  [{ id }] = (await ringdown.status()).accounts;
  path = Ringdown.path(id);
  const us = await until('us', () => members.find((member) => member.id === 'u7'));
  assert.equal(us.info.name, 'You Yourself');
  const list = await until('the other member', async () => { const all = await people(); return all.some((person) => person.id === 'u9') && all; });
  assert.equal(list.find((person) => person.id === 'u9').name, 'Ada Lovelace');
  assert.equal(list.find((person) => person.id === 'u7')?.self ?? true, true);
});

test('members come and go', async () => {
  const other = join('u11');
  await other.ready;
  await until('Grace', async () => (await people()).some(({ id: who, status }) => who === 'u11' && status === 'online'));
  other.client.disconnect();
  await until('her leaving', async () => !(await people()).some(({ id: who, status }) => who === 'u11' && status === 'online'));
});

test('chat: a toast, listed under its sender, ours is none', async () => {
  await team.say('u9', 'The engine is warm');
  await until('the toast', () => toasts('The engine is warm').length === 1);
  const [conversation] = await conversations();
  const [listed] = await ringdown.call(path, 'Messages1', 'ListMessages', 'ssu', [conversation.id, '', 50]);
  assert.equal(listed.at(-1).text, 'The engine is warm');
  assert.match(listed.at(-1)['sender-name'], /Ada Lovelace/);
  await ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation.id, 'On my way']);
  await never('a toast of our own', () => toasts('On my way').length > 0);
  const [after] = await ringdown.call(path, 'Messages1', 'ListMessages', 'ssu', [conversation.id, '', 50]);
  assert.equal(after.filter(({ text }) => text === 'On my way').length, 1);
  assert.equal(team.messages.filter(({ content }) => content === 'On my way').length, 1);
});

test('typing: ours is told politely, and taken back', async () => {
  const [conversation] = await conversations();
  const before = team.typing.length;
  for (let key = 0; key < 8; key += 1) await ringdown.call(path, 'Messages1', 'SetTyping', 'sb', [conversation.id, true]);
  await ringdown.call(path, 'Messages1', 'SetTyping', 'sb', [conversation.id, false]);
  await until('its end', () => team.typing.at(-1)?.isTyping === false);
  const told = team.typing.slice(before);
  assert.ok(told.filter(({ isTyping }) => isTyping).length <= 3, JSON.stringify(told));
  assert.equal(told[0].isTyping, true);
});

test('an outage: what was said meanwhile is told once', async () => {
  await soketi.kill();
  await until('the outage to be said', async () => (await ringdown.account(id)).state !== 'connected');
  await team.say('u9', 'said while you were away', 'general', { tell: false });
  await soketi.up();
  await ringdown.online(10);
  await until('the message', () => toasts('said while you were away').length === 1);
  await never('a second toast', () => toasts('said while you were away').length > 1);
});

test('the cookie expires: said plainly, other accounts stand; signing in again goes on', async () => {
  team.expire();
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [(await conversations())[0].id, 'too late']), /127\.0\.0\.1/);
  await until('signed out', async () => (await ringdown.account(id)).state === 'signed-out');
  await ringdown.do('account', 'sign-in', id, '--login', 'you@example.org', '--password-file', ringdown.secretFile(team.password));
  await ringdown.online();
  await team.say('u9', 'welcome back');
  await until('the toast', () => toasts('welcome back').length === 1);
});

test('the site fails: a sentence', async () => {
  const [conversation] = await conversations();
  team.instead.set('/api/messages', (_, reply) => { reply.writeHead(503, { 'Content-Type': 'application/json' }); reply.end('{"error":"Down for maintenance"}'); });
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation.id, 'x']), /127\.0\.0\.1/);
});
