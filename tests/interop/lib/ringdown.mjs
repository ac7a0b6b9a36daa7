// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ringdown's own programs, used as people use them: the agent in the session, the command to ask and to act.

import fs from 'node:fs';
import path from 'node:path';

import { until } from './await.mjs';
import { run, start, stop } from './process.mjs';
import { Soketi } from './soketi.mjs';

const build = process.env.RINGDOWN_BUILD ?? new URL('../../../build', import.meta.url).pathname;
const bus = new URL('bus.py', import.meta.url).pathname;
const bin = path.join(build, 'src', 'bin');

export class Ringdown {
  static async start(session, { sink = 'fakesink sync=true', window = false, settings = '', extra = [], env = {}, verbose = true } = {}) {
    const self = new Ringdown();
    self.session = session;
    self.env = { ...session.env, ...env };
    const dir = fs.mkdtempSync(path.join(session.dir, 'ringdown-'));
    const configDir = path.join(dir, 'config');
    const dataDir = path.join(dir, 'data');
    self.settings = path.join(configDir, 'settings.ini');
    if (settings) self.set(settings);
    self.argv = [path.join(bin, 'ringdown-agent'), ...(verbose ? ['--verbose'] : []), ...(window ? [] : ['--no-window']), '--secrets', 'memory', '--config-dir', configDir,
      '--data-dir', dataDir, '--sink', sink, ...extra];
    await self.up();
    return self;
  }

  async up() {
    this.agent = start('agent', this.argv, { env: this.env });
    await until('the agent on the bus', async () => (await this.command('status', '--json')).code === 0);
  }

  /** Settings by their keys, as lines; all others have their defaults. A running agent follows. */
  set(settings) {
    fs.mkdirSync(path.dirname(this.settings), { recursive: true, mode: 0o700 });
    fs.writeFileSync(`${this.settings}.new`, `[Ringdown]\n${settings}\n`);
    fs.renameSync(`${this.settings}.new`, this.settings);
  }

  stop(signal) { return stop(this.agent, signal); }

  command(...args) { return run([path.join(bin, 'ringdown'), ...args], { env: this.env }); }

  async do(...args) {
    const { code, stdout, stderr } = await this.command(...args);
    if (code !== 0) throw new Error(`ringdown ${args.join(' ')}: ${code}: ${stderr}`);
    return stdout;
  }

  async status() { return JSON.parse(await this.do('status', '--json')); }
  async calls() { return JSON.parse(await this.do('calls', '--json')).calls; }

  secretFile(text) {
    const file = path.join(this.session.dir, `token-${fs.readdirSync(this.session.dir).length}`);
    fs.writeFileSync(file, `${text}\n`, { mode: 0o600 });
    return file;
  }

  addAccount(soketi, url, { profile = 'crm', token, extra = [] } = {}) {
    return this.do('account', 'add', '--profile', profile, '--site', url, '--user-id', '7', '--key', Soketi.app.key,
      '--host', '127.0.0.1', '--port', String(soketi.port), '--no-tls', ...(token ? ['--token-file', this.secretFile(token)] : []), ...extra);
  }

  /** An account whose user types a login and a password. */
  signIn(soketi, site, { profile, login = 'you@example.org', password = site.password, extra = [] }) {
    return this.do('account', 'add', '--profile', profile, '--site', site.url, '--key', Soketi.app.key, '--host', '127.0.0.1',
      '--port', String(soketi.port), '--no-tls', '--login', login, '--password-file', this.secretFile(password), ...extra);
  }

  /** One of the agent's D-Bus methods; @args as the signature says. Throws with the agent's sentence. */
  async call(path, name, method, signature = '', args = []) {
    const { code, stdout, stderr } = await run(['/usr/bin/python3', bus, 'call', path, name, method, signature, JSON.stringify(args)], { env: this.env });
    if (code !== 0) throw new Error(stderr.trim());
    return JSON.parse(stdout);
  }

  async get(path, name) {
    const { code, stdout, stderr } = await run(['/usr/bin/python3', bus, 'get', path, name], { env: this.env });
    if (code !== 0) throw new Error(stderr.trim());
    return JSON.parse(stdout);
  }

  /** The D-Bus path of an account. */
  static path(account) { return `/accounts/${account.replaceAll('-', '_')}`; }
  async account(id) { return (await this.status()).accounts.find((one) => one.id === id); }

  /** Connected, with every channel subscribed. */
  online(seconds) {
    return until('the line', async () => {
      const { accounts } = await this.status();
      return accounts.length > 0 && accounts.every(({ state, channels }) =>
        state === 'connected' && channels.length > 0 && channels.every((channel) => channel.state === 'subscribed'));
    }, seconds);
  }

  async live() { return (await this.status()).calls; }
  state(wanted) { return until(`a call that is ${wanted}`, async () => (await this.live()).find(({ state }) => state === wanted)); }
  quiet() { return until('silence and no live call', async () => { const all = await this.status(); return all.calls.length === 0 && all.agent.ring === 'silent'; }); }
  ended(id) { return until(`the end of call ${id}`, async () => (await this.calls()).find((call) => call.id === String(id) && !['ringing-in', 'ringing-out', 'active'].includes(call.state))); }
}
