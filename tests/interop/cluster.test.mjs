// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A cluster: two soketi nodes with a real Redis between them, a load balancer before them, and clients on both. One node
// dies, and comes back. tools/bench has the same with a thousand clients, and the clock at hand.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { Cluster, Crowd, redis } from './lib/cluster.mjs';
import { stopAll } from './lib/process.mjs';

const CLIENTS = 30;
const everybody = Array.from({ length: CLIENTS }, (_, client) => client);
const options = { skip: redis ? false : 'there is no redis-server' };
let cluster, crowd, lost;

const ring = (node, id) => node.sdk.trigger('calls', 'ring', { id });

/** Who has heard of it; whoever did twice is in here twice. */
const heard = (id) => crowd.heard('event', { id }).map(({ client }) => client).sort((a, b) => a - b);

async function heardByAll(id) {
  await until(`everybody to hear of ${id}`, () => Crowd.who(crowd.heard('event', { id })).length === CLIENTS);
  assert.deepEqual(heard(id), everybody);
}

before(async () => {
  if (!redis) return;
  cluster = await Cluster.start();
  crowd = new Crowd(cluster.balancer.port, 'calls', CLIENTS);
  await until('everybody to be there', () => crowd.heard('subscribed').length === CLIENTS);
});
after(async () => {
  await crowd?.stop();
  await cluster?.stop();
  await stopAll();
});

test('what one node is told arrives at the clients of both', options, async () => {
  assert.equal(await cluster.a.sockets('calls'), CLIENTS);
  assert.equal(await cluster.b.sockets('calls'), CLIENTS);
  await ring(cluster.a, 1);
  await heardByAll(1);
  await ring(cluster.b, 2);
  await heardByAll(2);
});

test('the clients of a node that dies come back by the other, not all at once', options, async () => {
  const since = crowd.told.length;
  await cluster.a.kill();
  await until('its clients to notice', () => crowd.heard('waiting', {}, since).length >= CLIENTS / 2);
  lost = Crowd.who(crowd.heard('waiting', {}, since));
  const waits = crowd.heard('waiting', {}, since).map(({ ms }) => ms);
  assert.equal(lost.length, CLIENTS / 2);
  await ring(cluster.b, 3);
  assert.ok(Math.max(...waits) - Math.min(...waits) > 300, `they mean to come back after ${waits} ms`);
  await until('them to be back', () => Crowd.who(crowd.heard('subscribed', {}, since)).length === lost.length);
  assert.deepEqual(Crowd.who(crowd.heard('subscribed', {}, since)), lost);
  assert.deepEqual(crowd.heard('gap', {}, since).map(({ client }) => client).sort((a, b) => a - b), lost);
});

test('nothing is heard twice, and everybody hears what comes now', options, async () => {
  await ring(cluster.b, 4);
  await heardByAll(4);
  for (const id of [1, 2]) assert.deepEqual(heard(id), everybody);
  // What was said meanwhile, those on the other node have heard; whoever was away knows of the gap.
  assert.deepEqual(heard(3), [...new Set(heard(3))]);
  assert.deepEqual(everybody.filter((client) => !lost.includes(client) && !heard(3).includes(client)), []);
});

test('a node that is back is one of the cluster again', options, async () => {
  const since = crowd.told.length;
  await cluster.a.up();
  await ring(cluster.a, 5);
  await heardByAll(5);
  assert.deepEqual(crowd.heard('waiting', {}, since), []);
});
