// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The invoice site, both revisions: a payment on both of its channels is one toast.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

const token = 'pasted-token';
let soketi, session, ringdown, site, url;
const forms = [];

before(async () => {
  soketi = await Soketi.start();
  site = http.createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', () => {
      const send = (status, value) => { reply.writeHead(status, { 'Content-Type': 'application/json' }); reply.end(JSON.stringify(value)); };
      if (request.headers.authorization !== `Bearer ${token}`) return send(401, { success: false, message: 'Unauthenticated' });
      if (request.url.startsWith('/api/pusher/auth')) {
        forms.push(request.headers['content-type']);
        const { socket_id, channel_name } = JSON.parse(text);
        return send(200, { success: true, data: soketi.sdk.authorizeChannel(socket_id, channel_name) });
      }
      if (request.url.startsWith('/api/v1/invoices')) return send(200, { success: true, data: { items: [{ id: 7, invoiceNumber: 'INV-7', status: 'pending', amount: '240.00' }], pagination: {} } });
      return send(404, { success: false, message: 'Not found' });
    });
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${site.address().port}`;
  session = await Session.start();
  ringdown = await Ringdown.start(session);
  await ringdown.addAccount(soketi, url, { profile: 'invoices', token });
  await ringdown.addAccount(soketi, url, { profile: 'invoices-seed', extra: ['--var', 'invoice.id=7', '--name', 'Seed era'] });
  await ringdown.online();
});
after(async () => { await ringdown?.stop(); await session?.end(); site?.closeAllConnections?.(); site?.close(); await stopAll(); });

const payment = (words) => ({ title: 'Payment Received', type: 'invoice_completed', sentAt: new Date().toISOString(), status: 'paid', ...words });
const toasts = (text) => session.notifications().filter(({ summary, body }) => `${summary} ${body}`.includes(text));

test('the channels are authorised as JSON', () => {
  assert.ok(forms.length > 0);
  assert.ok(forms.every((type) => type.startsWith('application/json')));
});

for (const [era, channels, text] of [
  ['later revision', ['private-invoice.7', 'private-user.7.notifications'], { message: 'Invoice 7 has been paid (later)', invoiceId: 7 }],
  ['seed era', ['invoice.7', 'user.7.invoices'], { body: 'Invoice 7 has been paid (seed)', invoiceId: '7' }],
]) {
  test(`${era}: payment.received on both channels gives one toast`, async () => {
    const data = payment(text);
    const words = text.message ?? text.body;
    for (const channel of channels) await soketi.sdk.trigger(channel, 'payment.received', data);
    await until('the toast', () => toasts(words).length > 0);
    await never('a second toast', () => toasts(words).length > 1);
    assert.notEqual(toasts(words)[0].urgency, 2);
  });
}

test('markup in a payment is text', async () => {
  await soketi.sdk.trigger('private-invoice.7', 'payment.received', payment({ message: 'x <b>bold</b> & <img src="/etc/passwd"/>', invoiceId: 8 }));
  await until('the toast', () => toasts('bold').length > 0);
  assert.equal(/<b>|<img/.test(toasts('bold')[0].body), false);
  await session.screenshot('03-payment');
});
