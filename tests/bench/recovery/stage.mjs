// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A network that fails, in namespaces of this process's own: `unshare --user --map-root-user --net --mount node stage.mjs
// ACTOR [--quick]`. The servers are here, the clients in a second namespace at the other end of a wire. Prints one JSON
// array of rows: {name, ours, node, hold}, in seconds; -1: never.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../../interop/lib/await.mjs';
import { start, stop, stopAll } from '../../interop/lib/process.mjs';
import { now } from '../../interop/lib/relay.mjs';
import { ScenarioServer } from '../channels/scenario-server.mjs';

const [program, ...flags] = process.argv.slice(2);
const quick = flags.includes('--quick');
const actors = { ours: [program], node: [process.execPath, new URL('../channels/actor-pusher-js.mjs', import.meta.url).pathname] };
const name = 'channels.bench';
const near = '192.0.2.1'; // the servers'; the clients have .2
const far = ['nsenter', '--net=/run/netns/far'];
const patience = 180;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ringdown-recovery-'));
const rows = [];

const sh = (line) => execFileSync('/bin/sh', ['-c', line], { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }, stdio: ['ignore', 'ignore', 'inherit'] });

/** What the name means: addresses, none for a name that is not known. No name server answers. */
const hosts = path.join(folder, 'hosts');
const setName = (...addresses) => fs.writeFileSync(hosts, ['127.0.0.1 localhost', ...addresses.map((address) => `${address} ${name}`), ''].join('\n'));

/** Packets from the clients vanish at this end of the wire, and the kernel there does not know; or the wire is out. */
const network = {
  drop: (yes) => sh(`ip rule ${yes ? 'add' : 'del'} pref 1 iif near0 blackhole`),
  plug: (yes) => sh(`${far.join(' ')} ip link set far0 ${yes ? 'up' : 'down'}`),
};

function prepare() {
  setName(near);
  const nobody = path.join(folder, 'resolv.conf');
  fs.writeFileSync(nobody, 'nameserver 127.0.0.1\n');
  sh(`mount --bind ${hosts} /etc/hosts && mount --bind ${nobody} /etc/resolv.conf && mount -t tmpfs none /run && ip link set lo up`);
  sh('ip netns add far && ip link add near0 type veth peer name far0 netns far && ip link set near0 up');
  for (const last of [1, 3, 4]) sh(`ip address add 192.0.2.${last}/24 dev near0`);
  sh(`${far.join(' ')} sh -c 'ip link set lo up && ip address add 192.0.2.2/24 dev far0 && ip link set far0 up'`);
  // a rule of one's own can only stand before that of local addresses if that is not the first
  sh('ip rule add pref 5 lookup local && ip rule del pref 0');
}

/** One client of one kind with a server of its own, in the network that all have. */
class Pair {
  static async start(argv, address = near) {
    const self = new Pair();
    self.server = await ScenarioServer.start({}, address);
    self.began = now();
    self.child = start('actor', [...far, ...argv, '--host', name, '--port', String(self.server.port), '--channel', 'stage'], { stdio: ['pipe', 'pipe', 'pipe'] });
    return self;
  }

  lines(what) {
    const complete = this.child.output.slice(0, this.child.output.lastIndexOf('\n') + 1);
    return complete.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).filter((line) => line.what === what);
  }

  async subscribed(count = 1) { await until('the subscription', () => this.server.subscribes.length >= count, patience); }
  get state() { return this.lines('state').at(-1)?.message; }

  /** Seconds from `since` until an event arrives that was sent after it; -1: it never does. */
  async hears(since) {
    const first = Math.round(since);
    const timer = setInterval(() => this.server.broadcast(JSON.stringify({ event: 'note', channel: 'stage', data: JSON.stringify({ number: Math.round(now()) }) })), 50);
    try {
      await until('an event', () => this.lines('event').some(({ number }) => number >= first), patience);
      return (now() - since) / 1000;
    } catch {
      return -1;
    } finally {
      clearInterval(timer);
    }
  }

  async end() {
    await stop(this.child, 'SIGKILL');
    await this.server.down();
  }
}

/** Plays `story(pairs)` with one of each, from the subscription on; its figures are a row. */
async function play(title, hold, story, { address } = {}) {
  const pairs = {};
  for (const [who, argv] of Object.entries(actors)) pairs[who] = await Pair.start(argv, address);
  await Promise.all(Object.values(pairs).map((pair) => pair.subscribed()));
  await pause(500);
  const each = async (act) => Object.fromEntries(await Promise.all(Object.entries(pairs).map(async ([who, pair]) => [who, await act(pair)])));
  try {
    await story(each, (figures, words = '', held = hold) => rows.push({ name: `${title}${words}`, ...figures, hold: held }));
  } catch (error) {
    console.error(`${title}: ${error.message}`);
  }
  await each((pair) => pair.end());
}

async function halfOpen() {
  await play('packets vanish, nobody says so', '≤ 45 s', async (each, note) => {
    const began = now();
    network.drop(true);
    note(await each((pair) => until('it to be noticed', () => pair.state !== 'connected', patience).then(() => (now() - began) / 1000, () => -1)), ': noticed after');
    await pause(5000);
    network.drop(false);
    const back = now();
    note(await each((pair) => pair.hears(back)), ', and no longer: the next event after', '≤ 5 s');
  });
}

async function lapse(seconds, hold) {
  await play(`packets vanish for ${seconds} s: the next event after`, hold, async (each, note) => {
    network.drop(true);
    await pause(seconds * 1000);
    network.drop(false);
    const back = now();
    note(await each((pair) => pair.hears(back)));
  });
}

async function unplugged(seconds) {
  await play(`no way to anywhere for ${seconds} s, the server restarts meanwhile: the next event after`, '≤ 45 s', async (each, note) => {
    network.plug(false);
    await each((pair) => pair.server.down());
    await pause(seconds * 1000);
    network.plug(true);
    await each((pair) => pair.server.up());
    const back = now();
    note(await each((pair) => pair.hears(back)));
  });
}

/** Somebody else answers in the server's place. */
function portal(port) {
  const page = '<html>Buy a ticket.</html>';
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`;
  const server = http.createServer((request, reply) => reply.end(page));
  server.on('upgrade', (request, socket) => socket.end(answer));
  return new Promise((resolve) => { server.listen(port, near, () => resolve(server)); });
}

async function captive(seconds) {
  await play(`a captive portal for ${seconds} s: the next event after`, '≤ 2 s', async (each, note) => {
    const portals = Object.values(await each(async (pair) => { await pair.server.down(); return portal(pair.server.port); }));
    await pause(seconds * 1000);
    for (const server of portals) { server.closeAllConnections(); await new Promise((resolve) => server.close(resolve)); }
    await each((pair) => pair.server.up());
    const back = now();
    note(await each((pair) => pair.hears(back)));
  });
}

async function nameLost(seconds) {
  await play(`the name is not known for ${seconds} s: the next event after`, '≤ 2 s', async (each, note) => {
    setName();
    await each(async (pair) => { await pair.server.down(); await pair.server.up(); });
    await pause(seconds * 1000);
    setName(near);
    const back = now();
    note(await each((pair) => pair.hears(back)));
  });
}

async function nameMoved() {
  setName('192.0.2.3');
  await play('the server moves to another address: the next event after', '≤ 2 s', async (each, note) => {
    await each((pair) => pair.server.down());
    setName('192.0.2.4');
    await each(async (pair) => { pair.server.host = '192.0.2.4'; await pair.server.up(); });
    const back = now();
    note(await each((pair) => pair.hears(back)));
  }, { address: '192.0.2.3' });
  setName(near);
}

/** From the program's start. On the wire, IPv6 has no neighbours. */
async function brokenIpv6() {
  sh(`${far.join(' ')} ip -6 address add 2001:db8::2/64 dev far0 nodad`);
  const figures = async () => Object.fromEntries(await Promise.all(Object.entries(actors).map(async ([who, argv]) => {
    const pair = await Pair.start(argv);
    await pair.subscribed();
    const took = (pair.server.subscribes[0].at - pair.began) / 1000;
    await pair.end();
    return [who, took];
  })));
  rows.push({ name: 'from the start to a subscription', ...await figures() });
  setName('2001:db8::1', near);
  rows.push({ name: 'the same, while IPv6 leads nowhere', ...await figures(), hold: '≤ 1 s' });
  setName(near);
}

prepare();
try {
  await brokenIpv6();
  await nameMoved();
  await nameLost(10);
  await captive(10);
  await unplugged(10);
  await lapse(5, '≤ 5 s');
  if (!quick) {
    await lapse(20, '≤ 5 s');
    await halfOpen();
  }
} finally {
  await stopAll();
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(rows));
process.exit(0);
