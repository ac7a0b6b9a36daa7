// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of uWebSockets.js 20 that soketi calls, over node:http(s) and ws: the real one is a
// native module that no registry has. Behaviour follows what soketi relies on, no more.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { WebSocketServer } = require('ws');

const bytes = (text) => new Uint8Array(Buffer.from(text)).buffer;

class Request {
  constructor(message, parameters) {
    const [path, query = ''] = message.url.split(/\?(.*)/s);
    Object.assign(this, { message, parameters, path, query });
  }
  getParameter(index) { return this.parameters[index]; }
  getQuery() { return this.query; }
  getMethod() { return this.message.method.toLowerCase(); }
  getUrl() { return this.path; }
  getHeader(name) { return this.message.headers[name.toLowerCase()] ?? ''; }
  forEach(visit) { for (const [name, value] of Object.entries(this.message.headers)) visit(name, value); }
}

class Response {
  constructor(message, reply) { Object.assign(this, { message, reply, status: 200, reason: 'OK', headers: [] }); }
  cork(write) { write(); return this; }
  writeStatus(line) {
    const [status, ...reason] = line.split(' ');
    Object.assign(this, { status: Number(status), reason: reason.join(' ') });
    return this;
  }
  writeHeader(name, value) { this.headers.push([name, String(value)]); return this; }
  end(body = '') {
    const headers = {};
    for (const [name, value] of this.headers) headers[name] = value;
    this.reply.writeHead(this.status, this.reason, headers);
    this.reply.end(typeof body === 'string' ? body : Buffer.from(body));
    return this;
  }
  onData(take) {
    // One chunk late, so that the last one can be called the last.
    let held = Buffer.alloc(0);
    this.message.on('data', (chunk) => { if (held.length) take(bytes(held), false); held = chunk; });
    this.message.on('end', () => take(bytes(held), true));
    return this;
  }
  onAborted(tell) { this.message.on('aborted', () => tell()); return this; }
  getRemoteAddressAsText() { return bytes(this.message.socket.remoteAddress ?? ''); }
  getProxiedRemoteAddressAsText() { return bytes(''); }
}

class UpgradeResponse extends Response {
  constructor(message, socket, upgrade) { super(message, null); Object.assign(this, { socket, upgradeNow: upgrade }); }
  upgrade(userData) { this.upgradeNow(userData); }
  end(body = '') {
    this.socket.end(`HTTP/1.1 ${this.status} ${this.reason}\r\nConnection: close\r\n\r\n${body}`);
    return this;
  }
}

// What the handlers get: soketi hangs its own members on it.
function wrap(socket, userData) {
  const ws = Object.assign({}, userData);
  ws.send = (data, isBinary = false) => { socket.send(data, { binary: isBinary }); return 1; };
  ws.end = (code = 1000, reason = '') => socket.close(code, reason);
  ws.close = () => socket.terminate();
  ws.getRemoteAddressAsText = () => bytes(socket.remoteAddress ?? '');
  return ws;
}

function compile(pattern) {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)').replace(/\*/g, '.*');
  return new RegExp(`^${source}$`);
}

class Application {
  constructor(server) {
    this.server = server;
    this.routes = [];
    this.sockets = [];
    server.on('request', (message, reply) => this.onRequest(message, reply));
    server.on('upgrade', (message, socket, head) => this.onUpgrade(message, socket, head));
  }

  add(method, pattern, handler) { this.routes.push({ method, match: compile(pattern), handler }); return this; }
  get(pattern, handler) { return this.add('GET', pattern, handler); }
  post(pattern, handler) { return this.add('POST', pattern, handler); }
  any(pattern, handler) { return this.add(null, pattern, handler); }

  ws(pattern, behaviour) {
    const server = new WebSocketServer({ noServer: true, maxPayload: behaviour.maxPayloadLength, perMessageDeflate: false });
    this.sockets.push({ match: compile(pattern), behaviour, server });
    return this;
  }

  onRequest(message, reply) {
    const path = message.url.split('?')[0];
    for (const { method, match, handler } of this.routes) {
      const found = path.match(match);
      if (found && (method === null || method === message.method))
        return handler(new Response(message, reply), new Request(message, found.slice(1).map(decodeURIComponent)));
    }
    reply.writeHead(404).end();
  }

  onUpgrade(message, socket, head) {
    const path = message.url.split('?')[0];
    socket.on('error', () => socket.destroy());
    for (const { match, behaviour, server } of this.sockets) {
      const found = path.match(match);
      if (!found) continue;
      const open = (userData) => server.handleUpgrade(message, socket, head, (peer) => {
        const ws = wrap(peer, userData);
        peer.remoteAddress = message.socket.remoteAddress;
        peer.on('message', (data, isBinary) => behaviour.message?.(ws, bytes(data), isBinary));
        peer.on('close', (code, reason) => behaviour.close?.(ws, code, bytes(reason)));
        peer.on('error', () => peer.terminate());
        behaviour.open?.(ws);
      });
      const request = new Request(message, found.slice(1).map(decodeURIComponent));
      return behaviour.upgrade(new UpgradeResponse(message, socket, open), request, null);
    }
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  }

  listen(...args) {
    const done = args.pop();
    const [host, port] = args.length > 1 ? args : ['0.0.0.0', args[0]];
    this.server.once('error', () => done(false));
    this.server.listen(port, host, () => done(this.server));
    return this;
  }
}

exports.App = () => new Application(http.createServer());
exports.SSLApp = (options) => new Application(https.createServer({
  key: fs.readFileSync(options.key_file_name),
  cert: fs.readFileSync(options.cert_file_name),
  passphrase: options.passphrase,
}));
exports.us_listen_socket_close = (server) => { server.close(); server.closeAllConnections?.(); };
