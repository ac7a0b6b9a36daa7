// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Figures as people can read them: quantiles, and rows beside each other.

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
}

export const figure = (value, unit) => (value === undefined || Number.isNaN(value) ? '–' : `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`);

export function print(title, columns, rows) {
  const all = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, index) => Math.max(...all.map((row) => [...(row[index] ?? '')].length)));
  const line = (row) => row.map((cell, index) => cell + ' '.repeat(widths[index] - [...cell].length)).join('  ').trimEnd();
  console.log(`\n${title}`);
  console.log(line(all[0]));
  console.log(widths.map((width) => '─'.repeat(width)).join('──'));
  for (const row of all.slice(1)) console.log(line(row));
}
