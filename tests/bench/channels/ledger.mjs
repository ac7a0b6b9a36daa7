// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The rows of the comparison: a figure for each who is compared, who wins, and by how much. A row that is lost says so.

import { print, quantile } from '../table.mjs';

export const names = { ours: 'channels-glib', node: 'pusher-js, Node', tab: 'pusher-js, Chromium', limit: 'bare libsoup' };
const peers = ['node', 'tab'];
const even = 0.03; // closer than that, nobody has won

export function say(value, unit) {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (value === Infinity) return 'never';
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replaceAll(',', '\u202f');
  return `${number} ${unit}`.trimEnd();
}

/** What is left of many samples: their median. */
export const median = (samples) => (samples?.length > 0 ? quantile(samples, 0.5) : undefined);

export class Ledger {
  constructor() { this.rows = []; }

  /** @values: {ours, node, tab, limit}; @more: more is better; @within: at most so many times the limit;
   *  @title: it is in the picture, under this name. */
  add(group, name, unit, values, { more = false, within = 0, note = '', title } = {}) {
    const row = { group, name, unit, values, more, within, note, title };
    const rivals = peers.map((peer) => values[peer]).filter((value) => value !== undefined && !Number.isNaN(value));
    row.best = rivals.length > 0 ? (more ? Math.max(...rivals) : Math.min(...rivals)) : undefined;
    row.ratio = this.ratio(row);
    row.outcome = this.outcome(row);
    row.limitRatio = values.limit > 0 ? values.ours / values.limit : undefined;
    this.rows.push(row);
  }

  /** How many times better this client is than the best of its peers. */
  ratio({ values: { ours }, best, more }) {
    if (best === undefined || ours === undefined) return undefined;
    if (ours === best) return 1;
    return more ? ours / best : best / ours;
  }

  outcome({ ratio }) {
    if (ratio === undefined || Number.isNaN(ratio)) return '';
    if (ratio > 1 + even) return 'won';
    return ratio < 1 / (1 + even) ? 'lost' : 'even';
  }

  times({ ratio, outcome }) {
    if (outcome === '' || outcome === 'even') return outcome;
    const factor = outcome === 'won' ? ratio : 1 / ratio;
    return Number.isFinite(factor) ? `${outcome} ${factor.toFixed(factor >= 10 ? 0 : 1)}×` : outcome;
  }

  limitOf({ limitRatio, within }) {
    if (limitRatio === undefined) return '';
    const held = within > 0 ? (limitRatio <= within ? ` (≤ ${within}×: held)` : ` (≤ ${within}×: not held)`) : '';
    return `${limitRatio.toFixed(2)}×${held}`;
  }

  print() {
    for (const group of new Set(this.rows.map((row) => row.group))) {
      const rows = this.rows.filter((row) => row.group === group);
      print(group, ['', ...Object.values(names), 'against the best peer', 'against the limit', ''], rows.map((row) => [
        row.name, ...Object.keys(names).map((who) => say(row.values[who], row.unit)), this.times(row), this.limitOf(row), row.note]));
    }
    const count = (outcome) => this.rows.filter((row) => row.outcome === outcome).length;
    const lost = this.rows.filter(({ outcome, limitRatio, within }) => outcome === 'lost' || (within > 0 && limitRatio > within));
    console.log(`\n${count('won')} rows won, ${count('even')} even, ${count('lost')} lost.`);
    for (const row of lost) console.log(`Lost or not held: ${row.name}: ${this.times(row)}; limit: ${this.limitOf(row) || 'none'}`);
  }
}
