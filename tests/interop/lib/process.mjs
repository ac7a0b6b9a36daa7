// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Child processes that end with the test, with their output kept for the failure's report.

import { execFile, spawn } from 'node:child_process';
import net from 'node:net';

const running = new Set();

export function start(name, argv, { env = process.env, stdio = ['ignore', 'pipe', 'pipe'] } = {}) {
  const child = spawn(argv[0], argv.slice(1), { env, stdio });
  child.output = '';
  child.name = name;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => { child.output = (child.output + chunk).slice(-(1 << 25)); });
  }
  child.ended = new Promise((resolve) => {
    child.on('error', (error) => { child.output += String(error); running.delete(child); resolve({ code: 127 }); });
    child.on('exit', (code, signal) => { running.delete(child); resolve({ code, signal }); });
  });
  running.add(child);
  return child;
}

export async function stop(child, signal = 'SIGTERM') {
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.ended;
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10000);
  const result = await child.ended;
  clearTimeout(timer);
  return result;
}

export async function stopAll() {
  await Promise.all([...running].map((child) => stop(child)));
}

/** Runs to the end: {code, stdout, stderr}. */
export function run(argv, { env = process.env, input, seconds = 30 } = {}) {
  return new Promise((resolve) => {
    const child = execFile(argv[0], argv.slice(1), { env, timeout: seconds * 1000, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : 255) : 0, stdout, stderr });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** A free port on loopback: for servers that cannot say which one they took. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });
