// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The invoice site's seed era: public channels that need no sign-in, and a pasted token for all that is asked.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Invoices } from './lib/invoices.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

let soketi, site, session, ringdown, id, path;

before(async () => {
  soketi = await Soketi.start();
  site = await Invoices.start(soketi, { count: 12, seed: true });
  session = await Session.start();
  ringdown = await Ringdown.start(session);
});
after(async () => { await ringdown?.stop(); await session?.end(); await site?.stop(); await stopAll(); });
afterEach(() => { site.instead.clear(); });

const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));
const account = () => ringdown.get(path, 'Account1');

test('without a token: the line stands, what comes in is shown, nothing is asked', async () => {
  await ringdown.addAccount(soketi, site.url, { profile: 'invoices-seed', extra: ['--var', 'invoice.id=3'] });
  await ringdown.online();
  [{ id }] = (await ringdown.status()).accounts;
  path = Ringdown.path(id);
  assert.deepEqual((await ringdown.account(id)).channels.map(({ name }) => name).sort(), ['invoice.3', 'user.7.invoices']);
  await site.pay(3);
  await until('the toast', () => toasts('Invoice 3 has been paid').length === 1);
  await never('a second toast', () => toasts('Invoice 3 has been paid').length > 1);
  assert.equal((await account()).Abilities.includes('list-invoices'), false);
  assert.deepEqual(site.requests, []);
});

test('its four events, and a type that only says the status', async () => {
  const tell = (event, words) => soketi.sdk.trigger('user.7.invoices', event, { invoiceId: '4', sentAt: new Date().toISOString(), ...words });
  await tell('invoice.created', { title: 'New Invoice', body: 'Invoice 4 was created', type: 'invoice_created' });
  await until('the new one', () => toasts('Invoice 4 was created').length === 1);
  await tell('invoice.status.changed', { title: 'Status Changed', body: 'Invoice 4 has expired', type: 'invoice_expired', status: 'expired' });
  await until('its status', () => toasts('Invoice 4 has expired').length === 1);
  await tell('invoice.status.changed', { title: 'Invoice Paid', body: 'Invoice 4 is complete', type: 'invoice_completed' });
  await until('paid by its type alone', () => toasts('Invoice 4 is complete').some(({ summary }) => /paid/i.test(summary)));
});

test('a pasted token: the list, and every open invoice has its channel', async () => {
  await ringdown.do('account', 'token', id, '--token-file', ringdown.secretFile(site.token));
  await until('the list', async () => (await account()).Abilities.includes('list-invoices'));
  const [list] = await ringdown.call(path, 'Invoices1', 'ListInvoices', 'a{sv}uu', [{}, 0, 50]);
  assert.equal(list.length, 12);
});

test('an outage: what was paid meanwhile is told once', async () => {
  await soketi.kill();
  await until('the outage to be said', async () => (await ringdown.account(id)).state !== 'connected');
  await site.pay(7, { tell: false });
  await soketi.up();
  await ringdown.online(10);
  await until('the toast', () => toasts('Work package 7').length === 1);
  await never('a second toast', () => toasts('Work package 7').length > 1);
});

test('the token is refused: the list says so plainly, the public line stays', async () => {
  site.token = 'another';
  await assert.rejects(ringdown.call(path, 'Invoices1', 'ListInvoices', 'a{sv}uu', [{ search: ['s', 'package'] }, 0, 50]), /127\.0\.0\.1/);
  await site.pay(9);
  await until('the toast', () => toasts('Invoice 9 has been paid').length === 1);
});
