// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A real tray: Xfce's panel at the bottom of the screen (1100 × 800), with nothing in it but what asks to be there.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { until } from './await.mjs';
import { run, start, stop } from './process.mjs';

const client = new URL('tray.py', import.meta.url).pathname;
const HEIGHT = 32;
const TOP = 800 - HEIGHT;
const config = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=550;y=784"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="double" value="100"/>
      <property name="size" type="uint" value="${HEIGHT}"/>
      <property name="icon-size" type="uint" value="24"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
`;

/** What a screenshot of the icon has of each look: the colour of its plate, and of the badge. */
export const COLOURS = { connected: [0x15, 0x7a, 0x5c], quiet: [0x3d, 0x4f, 0x7a], offline: [0x6e, 0x6e, 0x73], ringing: [0xc6, 0x46, 0x00], missed: [0xc0, 0x1c, 0x28] };

export class Tray {
  static async start(session) {
    const self = new Tray();
    const folder = path.join(session.env.XDG_CONFIG_HOME, 'xfce4', 'xfconf', 'xfce-perchannel-xml');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'xfce4-panel.xml'), config);
    self.session = session;
    // The panel is not what is tested: its own criticals are its own.
    self.env = { ...session.env };
    delete self.env.G_DEBUG;
    await self.up();
    return self;
  }

  async up() {
    this.panel = start('xfce4-panel', ['xfce4-panel', '--disable-wm-check'], { env: this.env });
    await until('the tray', async () => (await run(['gdbus', 'call', '--session', '--dest', 'org.kde.StatusNotifierWatcher',
      '--object-path', '/StatusNotifierWatcher', '--method', 'org.freedesktop.DBus.Peer.Ping'], { env: this.env })).code === 0);
  }

  stop(signal) { return stop(this.panel, signal); }

  async ask(...words) {
    const { code, stdout, stderr } = await run(['/usr/bin/python3', client, ...words], { env: this.session.env });
    if (code !== 0) throw new Error(stderr.trim());
    return stdout ? JSON.parse(stdout) : undefined;
  }

  item() { return this.ask('item'); }
  menu() { return this.ask('menu'); }
  choose(label) { return this.ask('choose', label); }
  async labels() { return (await this.menu()).map(({ label }) => label); }

  /** How many of the pixels where the first icon is have this colour. */
  async count(colour) {
    const pixels = await new Promise((resolve, reject) => {
      const child = spawn('sh', ['-c', `import -silent -window root -crop ${HEIGHT}x${HEIGHT}+0+${TOP} +repage -depth 8 rgb:-`], { env: this.session.env });
      const chunks = [];
      child.stdout.on('data', (chunk) => chunks.push(chunk));
      child.on('error', reject);
      child.on('exit', () => resolve(Buffer.concat(chunks)));
    });
    let found = 0;
    for (let at = 0; at + 2 < pixels.length; at += 3) {
      if (colour.every((value, index) => Math.abs(value - pixels[at + index]) <= 6)) found++;
    }
    return found;
  }

  /** The host shows the icon of this look. */
  looks(look) { return until(`an icon that looks ${look}`, async () => (await this.count(COLOURS[look])) >= 20); }

  async mouse(...words) {
    const { code, stderr } = await run(['xdotool', ...words], { env: this.session.env });
    if (code !== 0) throw new Error(stderr);
  }

  click(button) { return this.mouse('mousemove', '12', String(TOP + HEIGHT / 2), 'click', String(button)); }
}
