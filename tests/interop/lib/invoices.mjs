// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A stand-in for the invoice site's later revision: JSON authorisation, `{success, data}` around everything, errors with
// HTTP 200, a payment on two channels. The seed era's has public channels and no authorisation.

import crypto from 'node:crypto';

import { Site } from './site.mjs';

export class Invoices extends Site {
  static async start(soketi, { count = 12, seed = false } = {}) {
    const self = new Invoices();
    Object.assign(self, { soketi, seed, password: crypto.randomUUID(), token: crypto.randomUUID(), read: [], notifications: [] });
    self.invoices = Array.from({ length: count }, (_, index) => self.make(index + 1));
    return self.listen();
  }

  make(id) {
    const created = new Date(Date.now() - (40 - id) * 3600_000).toISOString();
    return {
      id, invoiceNumber: `INV-${String(id).padStart(4, '0')}`, publicCode: `pc${id}`, status: 'pending', amount: (id * 10).toFixed(2), paidAmount: '0.00', currency: 'EUR',
      createdAt: created, expiresAt: new Date(Date.now() + 86400_000).toISOString(), description: `Work package ${id}`, memo: null, coinNetwork: 'TRON',
    };
  }

  async answer({ method, path, query, type, body, headers }, json) {
    const here = `${method} ${path}`;
    if (here === 'POST /api/v1/auth/login') {
      if (body.password !== this.password || body.email !== 'you@example.org') return json(200, { success: false, message: 'Invalid email or password' });
      return json(200, { success: true, data: { accessToken: this.token, user: { id: 7, name: 'You Yourself', email: body.email } } });
    }
    if (headers.authorization !== `Bearer ${this.token}`) return json(401, { success: false, message: 'Unauthenticated' });
    if (here === 'POST /api/pusher/auth' && !this.seed) {
      if (!type.startsWith('application/json')) return json(400, { success: false, message: 'JSON only' });
      return json(200, { success: true, data: this.soketi.sdk.authorizeChannel(body.socket_id, body.channel_name) });
    }
    if (here === 'GET /api/v1/invoices') {
      const [page, limit] = [Number(query.page ?? 1), Number(query.limit ?? 20)];
      const list = [...this.invoices].reverse().filter((one) => (!query.status || one.status === query.status)
        && (!query.q || `${one.invoiceNumber} ${one.description}`.toLowerCase().includes(query.q.toLowerCase()))
        && (!query.dateFrom || one.createdAt >= query.dateFrom));
      return json(200, { success: true, data: { items: list.slice((page - 1) * limit, page * limit), pagination: { page, limit, total: list.length, totalPages: Math.ceil(list.length / limit) } } });
    }
    const one = path.match(/^\/api\/v1\/invoices\/(\d+)$/);
    if (method === 'GET' && one) {
      const invoice = this.invoices.find(({ id }) => id === Number(one[1]));
      return invoice ? json(200, { success: true, data: { invoice } }) : json(200, { success: false, message: 'Invoice not found' });
    }
    if (here === 'GET /api/v1/user/notifications') return json(200, { success: true, data: { items: this.notifications.slice(0, Number(query.limit ?? 20)), pagination: {} } });
    if (here === 'GET /api/v1/user/notifications/unread-count') return json(200, { success: true, data: { count: this.notifications.length } });
    if (here === 'PATCH /api/v1/user/notifications/mark-as-read') { this.read.push(...body.notificationIds); return json(200, { success: true }); }
    return json(404, { success: false, message: 'Not found' });
  }

  payment(id) {
    return {
      title: 'Payment Received! 🎉', [this.seed ? 'body' : 'message']: `Invoice ${id} has been paid`, type: 'invoice_completed', invoiceId: id % 2 ? id : String(id),
      sentAt: new Date().toISOString(), status: 'paid',
    };
  }

  /** Paid: on the invoice's and on the user's channel. */
  async pay(id, { tell = true } = {}) {
    const invoice = this.invoices.find((one) => one.id === id);
    Object.assign(invoice, { status: 'paid', paidAmount: invoice.amount, paidAt: new Date().toISOString() });
    if (!tell) return;
    const data = this.payment(id);
    const channels = this.seed ? [`invoice.${id}`, 'user.7.invoices'] : [`private-invoice.${id}`, 'private-user.7.notifications'];
    for (const channel of channels) await this.soketi.sdk.trigger(channel, 'payment.received', data);
  }
}
