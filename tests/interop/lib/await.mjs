// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Waiting for a condition with a deadline: the only way these tests wait.

import { setTimeout as pause } from 'node:timers/promises';

/** The first truthy value of `probe` (may be async), looked for until `seconds` are over. */
export async function until(what, probe, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for: ${what}${last ? ` (${last.message})` : ''}`);
    await pause(15);
  }
}

/** Checks during `seconds` that `probe` stays falsy: for what must not happen. */
export async function never(what, probe, seconds = 1) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (await probe()) throw new Error(`happened, and must not: ${what}`);
    await pause(25);
  }
}
