// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ringdown as `meson install` leaves it, in a folder of the test's own: D-Bus starts it, its schema is compiled, its
// desktop file and icons are where desktops look.

import fs from 'node:fs';
import path from 'node:path';

import { run } from './process.mjs';

const build = process.env.RINGDOWN_BUILD ?? new URL('../../../build', import.meta.url).pathname;

async function must(argv, options) {
  const { code, stdout, stderr } = await run(argv, { seconds: 120, ...options });
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${code}: ${stderr}${stdout}`);
  return stdout;
}

/** Installs below @dir, and has @env find it. Returns the folders. */
export async function install(dir, env) {
  const root = path.join(dir, 'root');
  const options = JSON.parse(await must(['meson', 'introspect', '--buildoptions', build]));
  const option = (name) => options.find((one) => one.name === name).value;
  const prefix = path.join(root, option('prefix'));
  const at = (name) => path.resolve(prefix, option(name));
  await must(['meson', 'install', '-C', build, '--no-rebuild', '--quiet', '--destdir', root]);
  const share = path.join(root, path.resolve(option('prefix'), option('datadir')));
  const libexec = path.join(root, path.resolve(option('prefix'), option('libexecdir')), 'ringdown');
  // What a package manager's triggers do …
  await must(['glib-compile-schemas', path.join(share, 'glib-2.0', 'schemas')]);
  // … and what the folder's own name makes necessary: the files name the place that they are made for.
  const services = path.join(share, 'dbus-1', 'services');
  for (const name of fs.readdirSync(services)) {
    const file = path.join(services, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^Exec=/m, `Exec=${root}`));
  }
  const bin = at('bindir').startsWith(root) ? at('bindir') : path.join(root, path.resolve(option('prefix'), option('bindir')));
  Object.assign(env, {
    PATH: `${bin}:${env.PATH}`,
    XDG_DATA_DIRS: `${share}:${process.env.XDG_DATA_DIRS ?? '/usr/local/share:/usr/share'}`,
    RINGDOWN_LIBEXECDIR: libexec,
  });
  delete env.GSETTINGS_SCHEMA_DIR;
  return { root, bin, share, libexec };
}
