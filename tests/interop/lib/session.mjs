// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A desktop session of our own: Xvfb, a session bus, dunst as the notification server, and a default
// browser that writes down what it was asked to open.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { until } from './await.mjs';
import { install } from './installed.mjs';
import { run, start, stop } from './process.mjs';

const build = process.env.RINGDOWN_BUILD ?? new URL('../../../build', import.meta.url).pathname;

export class Session {
  /** @installed: Ringdown as `meson install` leaves it, for D-Bus to start, with settings that last and a screen reader's ways. */
  static async start({ notifications = 'dunst', framebuffer = false, installed = false } = {}) {
    const self = new Session();
    self.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ringdown-interop-'));
    if (framebuffer) self.framebuffer = self.dir;
    await self.startDisplay();
    if (installed) {
      Object.assign(self.env, { GSETTINGS_BACKEND: 'keyfile', NO_AT_BRIDGE: '0', GTK_A11Y: 'atspi' });
      self.installed = await install(self.dir, self.env);
    }
    await self.startBus();
    self.installBrowser();
    if (notifications === 'dunst') await self.startDunst();
    if (notifications === 'xfce4-notifyd') await self.startNotifyd();
    self.monitor = start('dbus-monitor', ['dbus-monitor', '--session',
      "interface='org.freedesktop.Notifications'", "destination='org.freedesktop.Notifications'"], { env: self.env });
    await until('dbus-monitor', () => self.monitor.output.includes('NameAcquired') || self.monitor.output.length > 0);
    return self;
  }

  async startDisplay() {
    this.xvfb = start('Xvfb', ['Xvfb', '-displayfd', '3', '-screen', '0', '1100x800x24', '-nolisten', 'tcp',
      ...(this.framebuffer ? ['-fbdir', this.framebuffer] : [])],
      { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    let display = '';
    this.xvfb.stdio[3].on('data', (chunk) => { display += chunk; });
    await until('Xvfb', () => display.includes('\n'));
    const home = (name) => { const dir = path.join(this.dir, name); fs.mkdirSync(dir, { mode: 0o700 }); return dir; };
    this.env = {
      PATH: process.env.PATH, HOME: home('home'), LC_ALL: 'C.UTF-8', DISPLAY: `:${display.trim()}`,
      XDG_CONFIG_HOME: home('config'), XDG_DATA_HOME: home('data'), XDG_CACHE_HOME: home('cache'), XDG_RUNTIME_DIR: home('run'),
      GDK_BACKEND: 'x11', GSK_RENDERER: 'cairo', GSETTINGS_BACKEND: 'memory', GIO_USE_VFS: 'local', NO_AT_BRIDGE: '1',
      GSETTINGS_SCHEMA_DIR: path.join(build, 'data'), RINGDOWN_LIBEXECDIR: path.join(build, 'src', 'bin'),
      G_DEBUG: 'fatal-criticals',
      ...(process.env.ASAN_OPTIONS ? { ASAN_OPTIONS: process.env.ASAN_OPTIONS } : {}),
    };
  }

  async startBus() {
    // Else the bus would start others of this machine's for whoever asks while ours are away, and ours could not come back.
    const services = path.join(this.env.XDG_DATA_HOME, 'dbus-1', 'services');
    fs.mkdirSync(services, { recursive: true });
    for (const name of ['org.freedesktop.Notifications', 'org.freedesktop.secrets']) {
      fs.writeFileSync(path.join(services, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=/bin/false\n`);
    }
    this.bus = start('dbus-daemon', ['dbus-daemon', '--session', '--nofork', '--print-address=1'], { env: this.env });
    const line = await until('the session bus', () => this.bus.output.match(/^(unix:\S+)/m));
    this.env.DBUS_SESSION_BUS_ADDRESS = line[1];
  }

  installBrowser() {
    const applications = path.join(this.env.XDG_DATA_HOME, 'applications');
    const script = path.join(this.dir, 'browser');
    this.browserLog = path.join(this.dir, 'browser.log');
    fs.mkdirSync(applications, { recursive: true });
    fs.writeFileSync(this.browserLog, '');
    fs.writeFileSync(script, `#!/bin/sh\nprintf '%s\\t%s\\n' "$1" "$XDG_ACTIVATION_TOKEN" >> '${this.browserLog}'\n`, { mode: 0o755 });
    fs.writeFileSync(path.join(applications, 'interop-browser.desktop'),
      `[Desktop Entry]\nType=Application\nName=Interop browser\nExec=${script} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n`);
    fs.writeFileSync(path.join(this.env.XDG_CONFIG_HOME, 'mimeapps.list'),
      '[Default Applications]\nx-scheme-handler/http=interop-browser.desktop\nx-scheme-handler/https=interop-browser.desktop\n');
  }

  /** dunst with a menu program that picks the line with the wanted action, as a user would. */
  async startDunst() {
    const menu = path.join(this.dir, 'menu');
    const rc = path.join(this.dir, 'dunstrc');
    this.choice = path.join(this.dir, 'choice');
    fs.writeFileSync(this.choice, '');
    fs.writeFileSync(menu, `#!/bin/sh\ngrep -F -m1 "$(cat '${this.choice}')"\n`, { mode: 0o755 });
    fs.writeFileSync(rc, `[global]\n  dmenu = ${menu}\n  browser = /bin/false\n  width = 380\n  font = Sans 11\n  history_length = 100\n`);
    this.dunst = start('dunst', ['dunst', '-config', rc], { env: this.env });
    await until('dunst', async () => (await run(['dunstctl', 'count'], { env: this.env })).code === 0);
  }

  /** XFCE's, whose notifications have real buttons. */
  async startNotifyd() {
    const file = '/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service';
    const [, program] = fs.readFileSync(file, 'utf8').match(/^Exec=(.*)$/m);
    // GTK 3 has a bridge of its own to the accessibility bus
    this.dunst = start('xfce4-notifyd', program.split(' '), { env: { ...this.env, NO_AT_BRIDGE: '0', G_DEBUG: '' } });
    await until('xfce4-notifyd', async () => (await run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.Notifications', '--object-path',
      '/org/freedesktop/Notifications', '--method', 'org.freedesktop.Notifications.GetServerInformation'], { env: this.env })).stdout.includes('Xfce'));
    this.at = new URL('at.py', import.meta.url).pathname;
  }

  async stopDunst(signal = 'SIGTERM') { await stop(this.dunst, signal); }

  /** Presses a button of the notification on top. */
  async pressAction(label) {
    if (this.at) {
      const { code, stderr } = await run(['/usr/bin/python3', this.at, 'press', label], { env: { ...this.env, AT_APPLICATION: 'xfce4-notifyd' }, seconds: 40 });
      if (code !== 0) throw new Error(stderr);
      return;
    }
    fs.writeFileSync(this.choice, label);
    const { code, stderr } = await run(['dunstctl', 'context'], { env: this.env });
    if (code !== 0) throw new Error(stderr);
  }

  async shown() {
    return Number((await run(['dunstctl', 'count', 'displayed'], { env: this.env })).stdout.trim());
  }

  /** Every Notify call so far: {summary, body, actions[], urgency, category, timeout, replaces}. */
  notifications() {
    const calls = this.monitor.output.split(/^(?=(?:method call|method return|signal|error) time=)/m)
      .filter((text) => /^method call .*member=Notify\n/.test(text));
    return calls.map((text) => {
      // a string may have several lines; it ends with a quote at the end of a line
      const strings = [...text.matchAll(/^ {3}string "([\s\S]*?)"(?=\n {3}\S)/gm)].map((match) => match[1]);
      const actions = text.match(/^ {3}array \[\n((?: {6}string ".*"\n)*) {3}\]/m);
      const hint = (name, type) => text.match(new RegExp(`string "${name}"\\n\\s+variant\\s+${type} "?([^"\\n]*)"?`))?.[1];
      return {
        application: strings[0], summary: strings[2], body: strings[3],
        actions: actions ? [...actions[1].matchAll(/string "(.*)"/g)].map((match) => match[1]) : [],
        urgency: Number(hint('urgency', 'byte')), category: hint('category', 'string'),
        timeout: Number(text.match(/^ {3}int32 (-?\d+)\s*$/m)?.[1]),
      };
    });
  }

  opened() {
    return fs.readFileSync(this.browserLog, 'utf8').split('\n').filter(Boolean).map((line) => {
      const [url, token] = line.split('\t');
      return { url, token };
    });
  }

  async screenshot(name) {
    const dir = path.join(build, 'interop');
    fs.mkdirSync(dir, { recursive: true });
    await run(['import', '-window', 'root', path.join(dir, `${name}.png`)], { env: this.env });
  }

  async end() {
    await stop(this.monitor);
    await stop(this.dunst);
    await stop(this.bus);
    await stop(this.xvfb);
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}
