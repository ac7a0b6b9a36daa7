// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What becomes of a client when things go wrong: this one and pusher-js, each with a server of its own that does the same.
// Each scenario answers with figures by name. Those of one client, which mostly wait, do so side by side.

import path from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../../interop/lib/await.mjs';
import { start, stop } from '../../interop/lib/process.mjs';
import { now } from '../../interop/lib/relay.mjs';
import { pinned } from '../place.mjs';
import { quantile } from '../table.mjs';
import { hostileFrames } from './hostile-frames.mjs';
import { Browser } from './participants.mjs';
import { ScenarioServer } from './scenario-server.mjs';

const outageClients = 20;
const patience = 120; // s, for a first connection
const signing = [20, 45, 10, 30, 15, 60, 25]; // ms, in turn: no two replies of a site take the same time
const nacl = createRequire(new URL('../../interop/package.json', import.meta.url))('tweetnacl');
const seconds = (from, to) => (to - from) / 1000;

/** A process with clients of one kind. */
class Actor {
  constructor(argv, server, { clients, channel }) {
    const where = ['--port', String(server.port), '--auth', server.auth, '--clients', String(clients), '--channel', channel];
    this.child = start('actor', pinned('client', [...argv, ...where]), { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  lines(what) {
    const complete = this.child.output.slice(0, this.child.output.lastIndexOf('\n') + 1);
    return complete.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).filter((line) => line.what === what);
  }

  subscribe() { this.child.stdin.write('subscribe\n'); }
  hasEnded() { return this.child.exitCode !== null; }
  stop() { return stop(this.child); }
}

/** A page with them. */
class PageActor {
  constructor(server, { clients, channel }) {
    this.server = server;
    this.browser = new Browser(`${server.url}/actor?${new URLSearchParams({ clients, channel })}`);
  }

  lines(what) { return this.server.reports.filter((line) => line.what === what); }
  subscribe() { this.server.order('subscribe'); }
  hasEnded() { return this.browser.child.exitCode !== null; }
  stop() { return this.browser.stop(); }
}

const enter = (who, server, { clients = 1, channel = 'stage' } = {}) => (
  who.argv ? new Actor(who.argv, server, { clients, channel }) : new PageActor(server, { clients, channel }));

/** The server is down for a while: how long until half, and all, of the clients stand again. */
async function outage(who, { long }) {
  const { clients } = who;
  const server = await ScenarioServer.start();
  const actor = enter(who, server, { clients });
  await until('all', () => server.subscribes.length === clients, patience);
  await server.down();
  await pause(long * 1000);
  await server.up();
  const back = now();
  await until('all again', () => server.subscribes.length >= 2 * clients, 150);
  const waits = server.subscribes.slice(clients, 2 * clients).map(({ at }) => seconds(back, at));
  await actor.stop();
  await server.down();
  return { median: quantile(waits, 0.5), worst: Math.max(...waits) };
}

/** The first two connections are accepted, and nothing is ever said on them. */
async function silence(who) {
  const server = await ScenarioServer.start({ onLink: (link) => { if (server.links.length > 2) link.greet(); } });
  const actor = enter(who, server);
  await until('a third try', () => server.subscribes.length === 1, 150);
  const [first, second, third] = server.links;
  await actor.stop();
  await server.down();
  return { second: seconds(first.at, second.at), third: seconds(first.at, third.at) };
}

/** The server refuses the first subscription for a reason that passes; the program asks again two seconds later. */
async function refusal(who) {
  const refuse = (link, { channel }) => {
    if (server.subscribes.length > 1) link.accept(channel);
    else link.tell('pusher:subscription_error', { type: 'ServerError', error: 'Try again later', status: 503 }, channel);
  };
  const server = await ScenarioServer.start({ onSubscribe: refuse });
  const actor = enter(who, server, { channel: 'private-stage' });
  await until('the subscription', () => server.subscribes.length === 1, patience);
  const began = now();
  await pause(2000);
  actor.subscribe();
  await until('it again', () => server.subscribes.length > 1, 60).catch(() => {});
  const again = server.subscribes[1]?.at;
  await actor.stop();
  await server.down();
  return { seconds: again ? seconds(began, again) : Infinity };
}

/** The site signs slowly: its first reply comes when the socket that it is for is gone, and another stands. */
async function lateReply(who) {
  const held = [];
  const server = await ScenarioServer.start({ onAuth: (query, answer) => held.push(answer) });
  const actor = enter(who, server, { channel: 'private-stage' });
  await until('the first request', () => held.length === 1, patience);
  server.close(4200);
  await until('the second request', () => held.length === 2);
  held[0]();
  await pause(500);
  held[1]();
  const isRight = ({ auth, link }) => auth === `key:${link.socketId}`;
  await until('a right signature', () => server.subscribes.some(isRight));
  await pause(500);
  const wrong = server.subscribes.filter((subscribe) => !isRight(subscribe)).length;
  const more = server.subscribes.length - wrong - 1;
  await actor.stop();
  await server.down();
  return { wrong, more };
}

/** The server is over its capacity, and says so to 200 clients at once. */
async function herd(who) {
  if (!who.argv) return {}; // nobody has 200 of them in one page
  const clients = 200;
  const server = await ScenarioServer.start();
  const actor = enter(who, server, { clients });
  await until('all', () => server.subscribes.length === clients, patience);
  server.close(4100);
  await until('all again', () => server.subscribes.length === 2 * clients, 60);
  const at = server.links.slice(clients).map((link) => link.at).sort((a, b) => a - b);
  await actor.stop();
  await server.down();
  let most = 0; // within any 100 ms
  for (let first = 0, last = 0; last < at.length; last += 1) {
    while (at[last] - at[first] > 100) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return { spread: at.at(-1) - at[0], most };
}

function encrypt(key, channel, number) {
  const nonce = nacl.randomBytes(24);
  const ciphertext = nacl.secretbox(Buffer.from(JSON.stringify({ number })), nonce, key);
  const base64 = (bytes) => Buffer.from(bytes).toString('base64');
  return JSON.stringify({ event: 'note', channel, data: JSON.stringify({ nonce: base64(nonce), ciphertext: base64(ciphertext) }) });
}

/** An encrypted channel's key is another from one event to the next; five events come with it. Signing takes its time. */
async function rotation(who) {
  const channel = 'private-encrypted-stage';
  const keys = [nacl.randomBytes(32), nacl.randomBytes(32)];
  let current = 0;
  const sign = async (query, answer) => {
    const shared_secret = Buffer.from(keys[current]).toString('base64');
    await pause(signing[server.auths.length % signing.length]);
    answer({ shared_secret });
  };
  const server = await ScenarioServer.start({ onAuth: sign });
  const actor = enter(who, server, { channel });
  const numbers = () => actor.lines('event').map(({ number }) => number);
  await until('the subscription', () => server.subscribes.length === 1, patience);
  await until('it at the client', () => actor.lines('subscribed').length === 1);
  server.broadcast(encrypt(keys[0], channel, 0));
  await until('the first event', () => numbers().length === 1);
  const before = server.auths.length;
  current = 1;
  for (let number = 1; number <= 5; number += 1) server.broadcast(encrypt(keys[1], channel, number));
  await until('all five', () => numbers().length === 6, 20).catch(() => {});
  await pause(300);
  const order = numbers().slice(1);
  const swapped = order.reduce((sum, number, at) => sum + order.slice(at + 1).filter((later) => later < number).length, 0);
  const asked = server.auths.length - before;
  await actor.stop();
  await server.down();
  return { asked, swapped, missing: 5 - order.length, order: order.join(',') };
}

/** Frames that no server should send, one by one, each followed by an event that must arrive. */
async function hostility(who) {
  const server = await ScenarioServer.start();
  const actor = enter(who, server);
  await until('the subscription', () => actor.lines('subscribed').length === 1, patience);
  for (const [number, frame] of hostileFrames('stage').entries()) {
    server.broadcast(frame);
    server.broadcast(JSON.stringify({ event: 'note', channel: 'stage', data: JSON.stringify({ number }) }));
    await pause(50); // one after the other: what is thrown takes nothing else with it
  }
  await pause(1000);
  const uncaught = actor.lines('uncaught').length + (actor.hasEnded() ? 1 : 0);
  const numbers = new Set(actor.lines('event').map(({ number }) => number));
  const sockets = server.links.length;
  await actor.stop();
  await server.down();
  return { uncaught, lost: hostileFrames('stage').filter((_, number) => !numbers.has(number)).length, reconnects: sockets - 1 };
}

/** {scenario: {ours, node, tab}}; what could not be done is said, and has no figures. */
export async function playScenarios(build, { quick }) {
  const actors = {
    ours: { argv: [path.join(build, 'tests/bench/bench-channels-actor')], clients: outageClients },
    node: { argv: [process.execPath, new URL('actor-pusher-js.mjs', import.meta.url).pathname], clients: outageClients },
  };
  // a browser holds a page's sockets back if many of them fail: one is what people have
  if (Browser.isHere() && !quick) actors.tab = { clients: 1 };
  const results = {};
  for (const [kind, who] of Object.entries(actors)) {
    const play = async (name, scenario, options) => {
      const figures = await scenario(who, options).catch((error) => { console.error(`${name}, ${kind}: ${error.message}`); return {}; });
      results[name] = { ...results[name], [kind]: figures };
    };
    await play('herd', herd);
    await Promise.all([
      ...(quick ? [0.5, 3] : [0.5, 3, 20, 50]).map((long) => play(`outage-${long}`, outage, { long })),
      play('silence', silence), play('refusal', refusal), play('late-reply', lateReply), play('rotation', rotation), play('hostility', hostility),
    ]);
  }
  return results;
}

export function writeScenarios(ledger, results) {
  const add = (group, name, unit, scenario, figure, options) => {
    const values = Object.fromEntries(Object.entries(results[scenario] ?? {}).map(([who, figures]) => [who, figures[figure]]));
    ledger.add(group, name, unit, values, options);
  };
  const back = `Back after the server was away (${outageClients} clients; one page)`;
  for (const scenario of Object.keys(results).filter((name) => name.startsWith('outage-')).sort((a, b) => a.slice(7) - b.slice(7))) {
    const away = scenario.slice(7);
    add(back, `away ${away} s: median`, 's', scenario, 'median', { title: `Back after the server was away ${away} s` });
    add(back, `away ${away} s: the last of them`, 's', scenario, 'worst', { note: away < 1 ? 'who comes back all at once comes back sooner' : '' });
  }
  const wrong = 'When things go wrong';
  add(wrong, 'a server that accepts and says nothing: second try', 's', 'silence', 'second');
  add(wrong, 'third try', 's', 'silence', 'third', { title: 'A silent server: third try after' });
  add(wrong, 'subscription refused for a while, asked again after 2 s: subscribed', 's', 'refusal', 'seconds');
  add(wrong, 'late reply of the site: signatures used for another socket', '', 'late-reply', 'wrong');
  add(wrong, '200 clients told "over capacity": back over', 'ms', 'herd', 'spread', { more: true });
  add(wrong, 'most of them within 100 ms', '', 'herd', 'most', { title: '200 clients sent away: most of them back within 100 ms' });
  add(wrong, 'encrypted channel, new key, five events: the site is asked', '', 'rotation', 'asked', { note: order(results.rotation), title: 'New key, five events: requests for it' });
  add(wrong, 'pairs of them in the wrong order', '', 'rotation', 'swapped');
  add(wrong, 'of them lost', '', 'rotation', 'missing');
  add(wrong, `${hostileFrames('').length} hostile frames: exceptions that nobody caught`, '', 'hostility', 'uncaught', { title: 'Uncaught exceptions from hostile frames' });
  add(wrong, 'good events lost after one', '', 'hostility', 'lost');
}

function order(rotation) {
  return Object.entries(rotation ?? {}).filter(([, figures]) => figures.order).map(([who, figures]) => `${who}: ${figures.order}`).join('; ');
}
