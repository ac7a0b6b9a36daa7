// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The invoice site's later revision whole: sign-in, list, detail, income, bursts, switches, catch-up, its own errors.

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
  site = await Invoices.start(soketi, { count: 60 });
  session = await Session.start();
  ringdown = await Ringdown.start(session);
});
after(async () => { await ringdown?.stop(); await session?.end(); await site?.stop(); await stopAll(); });
afterEach(() => { site.instead.clear(); });

const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));
const list = async (filter = {}, offset = 0, limit = 50) => ringdown.call(path, 'Invoices1', 'ListInvoices', 'a{sv}uu', [filter, offset, limit]);
const settled = () => until('a quiet moment', async () => { const before = session.notifications().length; await new Promise((resolve) => { setTimeout(resolve, 4000); }); return session.notifications().length === before; }, 30);

test('a 200 that says it failed is a failure: the site\'s words', async () => {
  await assert.rejects(ringdown.signIn(soketi, site, { profile: 'invoices', password: 'wrong' }), /Invalid email or password/);
});

test('sign-in by e-mail address and password', async () => {
  await ringdown.signIn(soketi, site, { profile: 'invoices' });
  await ringdown.online();
  [{ id }] = (await ringdown.status()).accounts;
  path = Ringdown.path(id);
  assert.equal((await ringdown.get(path, 'Account1')).UserId, '7');
});

test('the list by pages, searched, filtered; the detail', async () => {
  const [first, more] = await list();
  assert.equal(first.length, 50);
  assert.equal(more, true);
  assert.equal(first[0].number, 'INV-0060');
  assert.equal(first[0].amount, '600.00');
  assert.equal(first[0].status, 'pending');
  const [rest, another] = await list({}, 50);
  assert.equal(rest.length, 10);
  assert.equal(another, false);
  const [found] = await list({ search: ['s', 'package 17'] });
  assert.deepEqual(found.map(({ number }) => number), ['INV-0017']);
  const detail = await ringdown.call(path, 'Invoices1', 'GetInvoice', 's', ['17']);
  assert.equal([detail].flat()[0].amount, '170.00');
  await assert.rejects(ringdown.call(path, 'Invoices1', 'GetInvoice', 's', ['999']), /Invoice not found/);
});

test('a payment on both channels: one toast; the list and the income know it', async () => {
  await site.pay(60);
  await until('the toast', () => toasts('Invoice 60 has been paid').length === 1);
  await until('the list', async () => (await list())[0].find(({ id: one }) => one === '60').status === 'paid');
  const [income] = await until('the income', async () => {
    const all = await ringdown.call(path, 'Invoices1', 'ListIncome', 'su', ['day', 7]);
    return all[0].some(([, , sum]) => Number(sum) === 600) && all;
  });
  assert.equal(income.filter(([, , sum]) => Number(sum) > 0).length, 1);
  await settled();
});

test('five payments in a burst: the first at once, then one toast for all, with the sum', async () => {
  const before = session.notifications().length;
  for (const one of [11, 12, 13, 14, 15]) await site.pay(one);
  const total = /€650|650(\.00)? ?(€|EUR)|EUR ?650/;
  await until('the sum', () => session.notifications().slice(before).some(({ summary, body }) => total.test(`${summary} ${body}`) && /5/.test(summary)));
  assert.ok(session.notifications().length - before <= 4, 'few Notify calls');
  await until('one notification on the screen for the burst', async () => (await session.shown()) <= 3);
  await settled();
});

test('switched off, and below the threshold: listed, no toast', async () => {
  await ringdown.do('account', 'set', id, '--threshold', '400');
  await site.pay(20);
  await until('the list', async () => (await list({ status: ['s', 'paid'] }))[0].some(({ id: one }) => one === '20'));
  await site.pay(50);
  await until('the toast above', () => toasts('Invoice 50 has been paid').length === 1);
  assert.equal(toasts('Invoice 20 has been paid').length, 0);
  await ringdown.do('account', 'set', id, '--threshold', '', '--toast', 'payment=off');
  await site.pay(51);
  await until('the list', async () => (await list({ status: ['s', 'paid'] }))[0].some(({ id: one }) => one === '51'));
  await never('a toast', () => toasts('Invoice 51 has been paid').length > 0);
  await ringdown.do('account', 'set', id, '--toast', 'payment=on');
});

test('an outage: what was paid meanwhile is told once', async () => {
  await soketi.kill();
  await until('the outage to be said', async () => (await ringdown.account(id)).state !== 'connected');
  await site.pay(40, { tell: false });
  await soketi.up();
  await ringdown.online(10);
  const about = () => session.notifications().filter(({ summary, body }) => /INV-0040|Invoice 40|400/.test(`${summary} ${body}`));
  await until('the toast', () => about().length > 0);
  await never('a second toast', () => about().length > 1, 2);
});

test('the other events of the later revision', async () => {
  await soketi.sdk.trigger('private-user.7.notifications', 'withdrawal_rejected', { title: 'Withdrawal rejected', message: 'Ask support', metadata: { referenceId: 'w1', rejectionReason: 'limit' } });
  await until('the toast', () => toasts('Withdrawal rejected').length === 1);
});

test('the token is refused: said plainly; a new one goes on', async () => {
  const { token } = site;
  site.token = 'another';
  await assert.rejects(ringdown.call(path, 'Invoices1', 'GetInvoice', 's', ['17']), /127\.0\.0\.1/);
  await until('signed out', async () => (await ringdown.account(id)).state === 'signed-out');
  site.token = token;
  await ringdown.do('account', 'token', id, '--token-file', ringdown.secretFile(token));
  await ringdown.online();
  await list();
});

test('strange invoices: a clean rendering', async () => {
  Object.assign(site.invoices[59], { amount: '-12.5', createdAt: '+040000-01-01T00:00:00Z', description: `‮<b>${'x'.repeat(300)}` });
  Object.assign(site.invoices[58], { amount: { huge: 1 }, status: ['?'], id: '59' });
  await ringdown.do('account', 'pause', id);
  await ringdown.do('account', 'resume', id);
  await ringdown.online();
  const [first] = await until('the list', async () => { const all = await list(); return all[0].length === 50 && all; });
  assert.equal(first.some(({ title }) => (title ?? '').includes('‮')), false);
  const strange = await ringdown.call(path, 'Invoices1', 'ListIncome', 'su', ['week', 4]);
  assert.ok(strange[0].every(([start, , sum]) => start > 0 && !sum.startsWith('-')));
});
