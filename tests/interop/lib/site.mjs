// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What all stand-ins for sites share: an HTTP server that reads JSON and forms, notes every request, and can be told
// to fail in any way.

import http from 'node:http';
import querystring from 'node:querystring';

export class Site {
  async listen() {
    this.requests = [];
    /** What the next requests to a path do instead: (request, reply) => void, by path prefix. */
    this.instead = new Map();
    this.server = http.createServer((request, reply) => this.take(request, reply));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  stop() { this.server.closeAllConnections?.(); return new Promise((resolve) => this.server.close(resolve)); }

  take(request, reply) {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', async () => {
      const type = request.headers['content-type'] ?? '';
      let body = {};
      try {
        if (text) body = type.startsWith('application/x-www-form-urlencoded') ? { ...querystring.parse(text) } : JSON.parse(text);
      } catch { /* stays empty */ }
      const address = new URL(request.url, this.url);
      const asked = {
        method: request.method, path: address.pathname, query: Object.fromEntries(address.searchParams), type, body,
        headers: request.headers, cookies: Object.fromEntries((request.headers.cookie ?? '').split('; ').filter(Boolean).map((pair) => {
          const [name, ...value] = pair.split('=');
          return [name, value.join('=')];
        })),
      };
      this.requests.push(asked);
      for (const [prefix, act] of this.instead) {
        if (asked.path.startsWith(prefix)) { act(request, reply); return; }
      }
      const json = (status, value, headers = {}) => {
        reply.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        reply.end(value === undefined ? '' : JSON.stringify(value));
      };
      const html = (status, value, headers = {}) => {
        reply.writeHead(status, { 'Content-Type': 'text/html; charset=UTF-8', ...headers });
        reply.end(value);
      };
      try { await this.answer(asked, json, html); } catch (error) { json(500, { message: `Server Error: ${error.message}` }); }
    });
  }

  asked(method, path) {
    return this.requests.filter((one) => one.method === method && (path instanceof RegExp ? path.test(one.path) : one.path === path));
  }
}
