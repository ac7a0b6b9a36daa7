// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// All five sites in one agent: none hears of another's trouble, and nothing is mixed up.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { Invoices } from './lib/invoices.mjs';
import { stopAll } from './lib/process.mjs';
import { Relay } from './lib/relay.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Sms } from './lib/sms.mjs';
import { Soketi } from './lib/soketi.mjs';
import { Team } from './lib/team.mjs';

let soketi, relay, crm, team, sms, invoices, seed, session, ringdown;

before(async () => {
  soketi = await Soketi.start();
  relay = await Relay.start(soketi.port);
  [crm, team, sms, invoices, seed] = [await Crm.start(soketi), await Team.start(soketi), await Sms.start(soketi),
    await Invoices.start(soketi), await Invoices.start(soketi, { seed: true })];
  session = await Session.start();
  ringdown = await Ringdown.start(session);
});
after(async () => {
  await ringdown?.stop();
  await session?.end();
  for (const site of [crm, team, sms, invoices, seed]) await site?.stop();
  await relay?.down();
  await stopAll();
});

const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));
const named = async (name) => (await ringdown.status()).accounts.find((one) => one.name === name);
const path = async (name) => Ringdown.path((await named(name)).id);
const connected = async () => (await ringdown.status()).accounts.filter(({ state }) => state === 'connected').map(({ name }) => name).sort();
const all = ['crm', 'invoices', 'seed', 'sms', 'team'];

/** What each site sends, and what of it is to be seen. */
const news = {
  crm: (text) => crm.chat.post(9, 7, text),
  team: (text) => team.say('u9', text),
  sms: (text) => sms.receive(sms.conversations[0], text),
  invoices: (text) => soketi.sdk.trigger('private-user.7.notifications', 'withdrawal_approved', { title: text, message: text }),
  seed: (text) => soketi.sdk.trigger('user.7.invoices', 'invoice.created', { title: text, body: text, invoiceId: text, type: 'invoice_created' }),
};

test('five accounts, each signed in as its site does it', async () => {
  const named = (name, ...extra) => ({ extra: ['--name', name, ...extra] });
  // the CRM's line goes through a relay that can be cut without the others
  await ringdown.signIn({ port: relay.port }, crm, { profile: 'crm', login: 'you', ...named('crm') });
  await ringdown.signIn(soketi, team, { profile: 'team', ...named('team', '--var', `workspace.id=${Team.workspace}`) });
  await ringdown.signIn(soketi, sms, { profile: 'sms', ...named('sms', '--var', `phone-number.id=${Sms.phone}`) });
  await ringdown.signIn(soketi, invoices, { profile: 'invoices', ...named('invoices') });
  await ringdown.addAccount(soketi, seed.url, { profile: 'invoices-seed', token: seed.token, ...named('seed') });
  await ringdown.online();
  assert.deepEqual(await connected(), all);
});

test('each one\'s news is shown once, and as its own', async () => {
  for (const name of all) await news[name](`first of ${name}`);
  for (const name of all) await until(`the news of ${name}`, () => toasts(`first of ${name}`).length > 0);
  await never('a double', () => all.some((name) => toasts(`first of ${name}`).length > 1));
});

test('one site\'s line is cut: the others stand and ring on', async () => {
  await relay.down();
  await until('the outage to be said', async () => (await named('crm')).state !== 'connected');
  assert.deepEqual(await connected(), all.filter((name) => name !== 'crm'));
  await news.team('during the outage');
  await until('the news of team', () => toasts('during the outage').length === 1);
  await relay.up();
  await ringdown.online(15);
});

test('one site\'s credentials run out: it says so, the others stand', async () => {
  team.expire();
  const [[conversation]] = await ringdown.call(await path('team'), 'Messages1', 'ListConversations', 'suu', ['', 0, 1]);
  await assert.rejects(ringdown.call(await path('team'), 'Messages1', 'Send', 'ss', [conversation.id, 'x']), /127\.0\.0\.1/);
  const others = (await connected()).filter((name) => name !== 'team');
  assert.deepEqual(others, all.filter((name) => name !== 'team'));
  await ringdown.do('account', 'sign-in', (await named('team')).id, '--login', 'you@example.org', '--password-file', ringdown.secretFile(team.password));
  await ringdown.online();
});

test('one account is paused: nothing of it, until it goes on; then what it missed, once', async () => {
  const { id } = await named('sms');
  await ringdown.do('account', 'pause', id);
  await until('the pause', async () => (await named('sms')).state !== 'connected');
  await sms.receive(sms.conversations[0], 'while paused');
  await never('news of a paused account', () => toasts('while paused').length > 0);
  await news.crm('another one rings on');
  await until('the news of crm', () => toasts('another one rings on').length === 1);
  await ringdown.do('account', 'resume', id);
  await ringdown.online();
  await until('what was missed', () => toasts('while paused').length === 1);
  await never('a double', () => toasts('while paused').length > 1);
});

test('one account goes, and nothing of it stays', async () => {
  const { id } = await named('seed');
  await ringdown.do('account', 'remove', id);
  assert.equal(await named('seed'), undefined);
  await news.seed('after the end');
  await never('news of a removed account', () => toasts('after the end').length > 0);
  assert.deepEqual(await connected(), all.filter((name) => name !== 'seed'));
});
