// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one server of the Channels benchmark, in a process of its own. It lets everybody subscribe to everything, and sends
// what it is asked for:
//   node load-server.mjs [PORT]      prints {"port":N} once it listens on loopback
//   GET /send?channel=C&events=N&bytes=B[&rate=R]
//     N frames of B bytes to each socket that is subscribed to C: R a second, each in a packet of its own, or as fast as
//     they are taken. Their data is a document in a string; its "sent_us" is the time right before the write, µs since
//     the epoch. Answers when the last one went out. &name=E: another event's name.
//   GET /tab?channel=C&events=N      a page with pusher-js, which POSTs what it measures to /report: a line of our stdout
//   WebSocket /clock                 answers anything with {"at":µs}: by it a page learns what our clock says
//
// What a client prints that is measured here, as lines of JSON on its stdout, until it is sent SIGTERM:
//   {"subscribed":true,"connect_us":N}   once; from its first step towards the server until the subscription is confirmed
//   {"events":N,"cpu_us":N,"seconds":S,"latency_us":{"p50":N,"p99":N,"max":N}}
//     after each N events (its --events): the processor time and the time from the first to the last of them, and what
//     passed between "sent_us" and the handler (if asked for).

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

import { makeEvent, makeFrame } from './load-event.mjs';

const { WebSocketServer } = createRequire(new URL('../../interop/package.json', import.meta.url))('ws');
const library = new URL('../../interop/node_modules/pusher-js/dist/web/pusher.min.js', import.meta.url);
const tab = new URL('tab.html', import.meta.url);
const subscribers = new Map(); // channel → sockets
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
let lastId = 0;

const now = () => Math.floor((performance.timeOrigin + performance.now()) * 1000);

/** Many different events in one buffer: what is sent at full speed is made beforehand. */
function makeBatch(channel, name, bytes) {
  const frames = [];
  for (let id = 0; id * bytes < 64 * 1024 || id < 16; id += 1) frames.push(makeFrame(makeEvent(channel, name, bytes, id).join(now())));
  return frames;
}

const taken = (socket) => new Promise((resolve) => {
  const done = () => { socket.off('drain', done).off('close', done); resolve(); };
  socket.on('drain', done).on('close', done);
});

async function flood(socket, { channel, name, events, bytes }) {
  const batch = makeBatch(channel, name, bytes);
  const whole = Buffer.concat(batch);
  for (let left = events; left > 0 && !socket.destroyed; left -= batch.length) {
    const chunk = left >= batch.length ? whole : Buffer.concat(batch.slice(0, left));
    if (!socket.write(chunk)) await taken(socket);
  }
}

async function drip(socket, { channel, name, events, bytes, rate }) {
  const [head, tail] = makeEvent(channel, name, bytes, 1);
  const began = now();
  for (let sent = 0; sent < events && !socket.destroyed;) {
    const due = Math.min(events, Math.floor((now() - began) * rate / 1e6) + 1);
    for (; sent < due; sent += 1) socket.write(makeFrame(head + now() + tail));
    await pause(Math.max(0, (began + sent * 1e6 / rate - now()) / 1000));
  }
}

async function send(query) {
  const [events, bytes, rate] = ['events', 'bytes', 'rate'].map((number) => Number(query.get(number) ?? 0));
  const load = { channel: query.get('channel'), name: query.get('name') ?? 'order-updated', events, bytes, rate };
  const to = [...subscribers.get(load.channel) ?? []];
  await Promise.all(to.map((socket) => (rate > 0 ? drip(socket, load) : flood(socket, load))));
  return JSON.stringify({ sockets: to.length });
}

/** Two headers that let a page see its clock as finely as the browser can. */
function give(reply, type, body) {
  reply.writeHead(200, { 'Content-Type': type, 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' });
  reply.end(body);
}

async function report(request, reply) {
  let text = '';
  for await (const chunk of request) text += chunk;
  process.stdout.write(`${text}\n`);
  reply.end();
}

const server = http.createServer(async (request, reply) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/send') give(reply, 'application/json', await send(searchParams));
  else if (pathname === '/tab') give(reply, 'text/html', fs.readFileSync(tab));
  else if (pathname === '/pusher.js') give(reply, 'text/javascript', fs.readFileSync(library));
  else if (pathname === '/report') await report(request, reply);
  else reply.writeHead(404).end();
});

function serveChannels(ws, socket) {
  const tell = (event, channel, data) => ws.send(JSON.stringify({ event, channel, data: JSON.stringify(data) }));
  const mine = new Set();
  ws.on('message', (text) => {
    const { event, data } = JSON.parse(text);
    if (event === 'pusher:ping') tell('pusher:pong', undefined, {});
    if (event !== 'pusher:subscribe') return;
    if (!subscribers.has(data.channel)) subscribers.set(data.channel, new Set());
    subscribers.get(data.channel).add(socket);
    mine.add(data.channel);
    tell('pusher_internal:subscription_succeeded', data.channel, {});
  });
  ws.on('close', () => { for (const channel of mine) subscribers.get(channel).delete(socket); });
  lastId += 1;
  tell('pusher:connection_established', undefined, { socket_id: `1.${lastId}`, activity_timeout: 30 });
}

server.on('upgrade', (request, socket, head) => {
  socket.setNoDelay(true);
  sockets.handleUpgrade(request, socket, head, (ws) => {
    ws.on('error', () => {});
    if (request.url === '/clock') ws.on('message', () => ws.send(JSON.stringify({ at: now() })));
    else serveChannels(ws, socket);
  });
});
process.on('SIGTERM', () => process.exit(0));
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
