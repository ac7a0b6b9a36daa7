// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sixth site: somebody's help desk, with the profile that PROFILES.md shows and nothing else made for it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { run, stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { HelpDesk } from './lib/sixth.mjs';
import { Soketi } from './lib/soketi.mjs';

let soketi, desk, session, ringdown, path;

before(async () => {
  soketi = await Soketi.start();
  desk = await HelpDesk.start(soketi);
  session = await Session.start();
  const data = join(session.dir, 'own-data');
  fs.mkdirSync(join(data, 'profiles'), { recursive: true });
  fs.copyFileSync(HelpDesk.profile, join(data, 'profiles', 'help-desk.json'));
  ringdown = await Ringdown.start(session, { extra: ['--data-dir', data] });
});
after(async () => { await ringdown?.stop(); await session?.end(); await desk?.stop(); await stopAll(); });

const conversations = async () => (await ringdown.call(path, 'Messages1', 'ListConversations', 'suu', ['', 0, 50]))[0];
const messages = async (conversation) => (await ringdown.call(path, 'Messages1', 'ListMessages', 'ssu', [conversation, '', 50]))[0];
const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));
const unread = async () => (await ringdown.get(path, 'Messages1')).Unread;

test('a wrong password: the site\'s own words, and no account', async () => {
  await assert.rejects(ringdown.signIn(soketi, desk, { profile: 'help-desk', password: 'wrong' }), /Nobody here has this address and secret/);
  assert.deepEqual((await ringdown.status()).accounts, []);
});

test('the command adds it: signed in, connected, its channel joined', async () => {
  await ringdown.signIn(soketi, desk, { profile: 'help-desk' });
  await ringdown.online();
  const [account] = (await ringdown.status()).accounts;
  path = Ringdown.path(account.id);
  assert.equal(account.user_id, '7');
  assert.equal(account.delivery, 'push');
  assert.deepEqual(account.channels.map(({ name }) => name), ['private-agent-7']);
});

test('what the command watched, its check reads as the agent does', async () => {
  const program = join(process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname, 'src/bin/ringdown');
  const headers = join(session.dir, 'headers');
  fs.writeFileSync(headers, `X-Desk-Key: ${[...desk.keys].at(-1)}\n`, { mode: 0o600 });
  const watching = run([program, 'watch', '--key', Soketi.app.key, '--host', '127.0.0.1', '--port', String(soketi.port), '--no-tls', '--channel', 'private-agent-7',
    '--auth-endpoint', `${desk.url}/realtime/sign`, '--header-file', headers, '--json', '--count', '1'], { env: session.env });
  await until('both on the channel', async () => (await soketi.sockets('private-agent-7')) === 2);
  const call = await desk.ring('audio');
  const frame = (await watching).stdout;
  await desk.move(call, { stage: 'over', closed: new Date().toISOString() });
  await ringdown.ended(call.no);
  await ringdown.quiet();
  const { code, stdout } = await run([program, 'profile', 'check', HelpDesk.profile, '--data', '-', '--json'], { input: frame, env: session.env });
  assert.equal(code, 0);
  const { event } = JSON.parse(stdout);
  assert.equal(event.kind, 'call.initiated');
  assert.equal(event.channel, 'private-agent-7');
  assert.deepEqual(event.missing, []);
  assert.equal(stdout.includes(call.room.pass), false);
});

test('it rings; answered, the room opens; hung up there, it is over', async () => {
  const opened = session.opened().length;
  const call = await desk.ring();
  const live = await ringdown.state('ringing-in');
  assert.equal(live.id, String(call.no));
  assert.equal(live.peer_name, 'Mira Vance');
  await until('the notification', () => toasts('Mira Vance').length > 0);
  await ringdown.do('answer');
  assert.equal(desk.asked('POST', `/api/calls/${call.no}/take`).length, 1);
  await until('the room', () => session.opened().length === opened + 1);
  assert.ok(session.opened().at(-1).url.startsWith(`https://rooms.example.org/${call.no}?jwt=`));
  await desk.move(call, { stage: 'over', closed: new Date().toISOString() });
  assert.equal((await ringdown.ended(call.no)).state, 'ended');
});

test('given up before anybody answered: missed; declined here: the site knows', async () => {
  const missed = await desk.ring('audio');
  assert.equal((await ringdown.state('ringing-in')).audio, true);
  await desk.move(missed, { stage: 'given-up', closed: new Date().toISOString() });
  assert.equal((await ringdown.ended(missed.no)).state, 'missed');
  for (const why of ['', 'In a meeting']) {
    const declined = await desk.ring();
    await ringdown.state('ringing-in');
    await ringdown.do('decline', ...(why ? ['--message', why] : []));
    assert.equal((await ringdown.ended(declined.no)).state, 'declined');
    assert.deepEqual(desk.asked('POST', `/api/calls/${declined.no}/refuse`).map(({ body }) => body.why), [why]);
  }
});

test('an outgoing call: its number is a number; answered there, hung up here', async () => {
  await ringdown.do('call', '42');
  const live = await ringdown.state('ringing-out');
  assert.deepEqual(desk.asked('POST', '/api/calls').at(-1).body, { to: 42, kind: 'video' });
  await desk.move(desk.calls.get(Number(live.id)), { stage: 'talking', taken: new Date().toISOString() });
  await ringdown.state('active');
  await ringdown.do('hangup');
  assert.equal((await ringdown.ended(live.id)).state, 'ended');
  assert.equal(desk.asked('DELETE', `/api/calls/${live.id}`).length, 1);
});

test('a reply: one toast, the conversation, its history; answered and read', async () => {
  await desk.reply(88, 42, 'Use <b>water</b>?');
  await until('the toast', () => toasts('water').length > 0);
  await never('a second toast', () => toasts('water').length > 1);
  await until('the count', async () => (await unread()) === 1);
  const [conversation] = await until('the ticket', async () => { const all = await conversations(); return all.length === 1 && all; });
  assert.match(conversation.name, /Mira Vance/);
  assert.equal(conversation.unread, 1);
  assert.equal((await messages(conversation.id)).at(-1).text, 'Use <b>water</b>?');
  await ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation.id, 'Use foam.']);
  const sent = desk.asked('POST', '/api/tickets/88/replies').at(-1);
  assert.deepEqual(sent.body, { words: 'Use foam.', visible: true });
  assert.equal(sent.headers['x-client'], 'ringdown');
  await never('a double of ours', async () => (await messages(conversation.id)).filter(({ text }) => text === 'Use foam.').length !== 1);
  assert.equal(toasts('Use foam.').length, 0);
  await ringdown.call(path, 'Messages1', 'MarkRead', 's', [conversation.id]);
  assert.equal(desk.tickets.get(88).unseen, 0);
  await until('nothing unread', async () => (await unread()) === 0);
});

test('what the site refuses is said in its words', async () => {
  const [conversation] = await conversations();
  desk.closed.add(88);
  await assert.rejects(ringdown.call(path, 'Messages1', 'Send', 'ss', [conversation.id, 'Hello?']), /This ticket is closed/);
  desk.closed.clear();
});

test('a new ticket is a notice, and Ada is on the phone', async () => {
  await desk.trigger('ticket-opened', { ticket: { no: 89, subject: 'No paper', opened: new Date().toISOString(), customer: { display: 'Mira Vance' } } });
  await until('the toast', () => toasts('89 No paper').length === 1);
  const [list] = await ringdown.call(path, 'People1', 'ListPeople', 'suu', ['', 0, 50]);
  assert.ok(list.some(({ name, status }) => name === 'Ada Lovelace' && status === 'busy'));
});

test('a key that is void is renewed, and nobody is asked', async () => {
  desk.expire();
  const call = await desk.ring();
  await ringdown.state('ringing-in');
  await ringdown.do('answer');
  assert.ok(desk.asked('PUT', '/api/session').length > 0);
  await ringdown.state('active');
  await desk.move(call, { stage: 'over', closed: new Date().toISOString() });
  await ringdown.ended(call.no);
  assert.equal((await ringdown.status()).accounts[0].site_problem, null);
});

test('an outage: what was missed is told once, and nothing rings late', async () => {
  await soketi.kill();
  await until('the line down', async () => (await ringdown.status()).accounts[0].state !== 'connected');
  await desk.reply(88, 42, 'Still burning', { push: false });
  const call = desk.place(42, 7);
  Object.assign(call, { stage: 'given-up', closed: new Date().toISOString() });
  await soketi.up();
  await ringdown.online(40);
  await until('the message', () => toasts('Still burning').length > 0);
  assert.equal((await ringdown.ended(call.no)).state, 'missed');
  await never('it again', () => toasts('Still burning').length > 1);
  assert.equal((await ringdown.status()).agent.ring, 'silent');
});

test('by its address alone: the site says the rest of itself, its profile too', async () => {
  await ringdown.do('quit');
  await ringdown.agent.ended;
  ringdown = await Ringdown.start(session);
  await ringdown.do('account', 'add', '--site', desk.url, '--login', 'you@example.org', '--password-file', ringdown.secretFile(desk.password), '--yes');
  await ringdown.online();
  const [account] = (await ringdown.status()).accounts;
  assert.equal(account.profile, 'help-desk');
  const call = await desk.ring();
  assert.equal((await ringdown.state('ringing-in')).id, String(call.no));
  await desk.move(call, { stage: 'given-up', closed: new Date().toISOString() });
  await ringdown.ended(call.no);
});

test('what the tutorial has written by its sixth step rings', async () => {
  await ringdown.do('quit');
  await ringdown.agent.ended;
  const page = fs.readFileSync(new URL('../../PROFILES.md', import.meta.url), 'utf8');
  const pieces = [...page.matchAll(/^```json sixth\n([^]*?)^```$/gm)].map((match) => JSON.parse(match[1]));
  const data = join(session.dir, 'tutorial-data');
  fs.mkdirSync(join(data, 'profiles'), { recursive: true });
  fs.writeFileSync(join(data, 'profiles', 'help-desk.json'), JSON.stringify(Object.assign({}, ...pieces)));
  ringdown = await Ringdown.start(session, { extra: ['--data-dir', data] });
  await ringdown.addAccount(soketi, desk.url, { profile: 'help-desk', token: desk.credentials().key });
  await ringdown.online();
  const opened = session.opened().length;
  const call = await desk.ring();
  await ringdown.state('ringing-in');
  await ringdown.do('answer');
  await until('the room', () => session.opened().length === opened + 1);
  await ringdown.do('hangup');
  await ringdown.ended(call.no);
  assert.equal(call.stage, 'over');
});

test('no key and no pass stands in the log', () => {
  const { output } = ringdown.agent;
  assert.ok(output.length > 0);
  for (const secret of [...desk.keys, ...desk.agains, desk.password]) assert.equal(output.includes(secret), false);
  for (const { room } of desk.calls.values()) assert.equal(output.includes(room.pass), false);
});
