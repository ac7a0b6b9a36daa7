// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A thousand clients of a soketi cluster (two nodes, a real Redis, a load balancer before them): how long an event takes from
// one node to the clients of both, and, when one node is killed, how soon and how evenly its clients are back by the other.

import { until } from '../interop/lib/await.mjs';
import { Cluster, Crowd, redis } from '../interop/lib/cluster.mjs';
import { figure, print, quantile } from './table.mjs';

const TENTH = 100; // ms
const now = () => performance.timeOrigin + performance.now();
const ms = (value) => figure(value, 'ms');

/** Most of these moments (ms) that lie within a tenth of a second. */
function mostAtOnce(moments) {
  const sorted = [...moments].sort((a, b) => a - b);
  let most = 0;
  for (let i = 0, j = 0; i < sorted.length; i += 1) {
    while (sorted[i] - sorted[j] > TENTH) j += 1;
    most = Math.max(most, i - j + 1);
  }
  return most;
}

class Story {
  constructor(cluster, crowd, clients) { Object.assign(this, { cluster, crowd, clients, id: 0, told: [] }); }

  /** Triggers an event at `node`, and says how long it took to each client, ms. */
  async ring(node) {
    const id = (this.id += 1);
    const since = this.crowd.told.length;
    const began = now();
    await node.sdk.trigger('calls', 'ring', { id });
    await until('everybody to hear of it', () => this.crowd.heard('event', { id }, since).length >= this.clients, 60);
    this.told.push(id);
    return this.crowd.heard('event', { id }, since).map(({ at }) => at / 1000 - began);
  }

  async kill(node) {
    const since = this.crowd.told.length;
    const began = now();
    const connections = this.cluster.balancer.accepted.length;
    const lost = this.cluster.balancer.count(node.port);
    await node.kill();
    await until('them to notice', () => Crowd.who(this.crowd.heard('waiting', {}, since)).length >= lost, 60);
    await until('them to be back', () => Crowd.who(this.crowd.heard('subscribed', {}, since)).length >= lost, 60);
    return {
      lost,
      back: this.crowd.heard('subscribed', {}, since).map(({ at }) => at / 1000 - began),
      gaps: this.crowd.heard('gap', {}, since).length,
      attempts: this.cluster.balancer.accepted.slice(connections),
    };
  }

  /** Reports of one event by one client, beyond the first. */
  get doubles() {
    return this.told.reduce((sum, id) => sum + this.crowd.heard('event', { id }).length - Crowd.who(this.crowd.heard('event', { id })).length, 0);
  }
}

const delays = (name, values) => [name, ms(quantile(values, 0.5)), ms(quantile(values, 0.99)), ms(Math.max(...values))];

async function play(cluster, clients) {
  const began = now();
  const crowd = new Crowd(cluster.balancer.port, 'calls', clients);
  await until('everybody to be there', () => crowd.heard('subscribed').length === clients, 120);
  const story = new Story(cluster, crowd, clients);
  const joined = crowd.heard('subscribed').map(({ at }) => at / 1000 - began);
  const rows = [delays('all start at once, until subscribed', joined)];
  rows.push(delays('event at one node → clients of both', await story.ring(cluster.a)));
  const { lost, back, gaps, attempts } = await story.kill(cluster.a);
  rows.push(delays(`a node is killed → its ${lost} clients are back`, back));
  rows.push(delays('event at the other → all clients', await story.ring(cluster.b)));
  print(`${clients} clients of a cluster of two nodes`, ['', 'median', 'p99', 'last'], rows);
  console.log(`New connections after the kill: ${attempts.length}, at most ${mostAtOnce(attempts)} within ${TENTH} ms; gaps told: ${gaps}; heard twice: ${story.doubles}`);
  await crowd.stop();
}

export async function cluster({ quick }) {
  if (!redis) { console.log('\ncluster: there is no redis-server'); return; }
  const nodes = await Cluster.start();
  await play(nodes, quick ? 200 : 1000);
  await nodes.stop();
}
