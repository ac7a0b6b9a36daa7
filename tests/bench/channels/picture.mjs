// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The comparison as a picture: a panel for each row that has a title, with a bar for each who is compared.

import { names, say } from './ledger.mjs';

const colours = { ours: '#3584e4', node: '#9a9996', tab: '#c0bfbc', limit: 'url(#hatch)' };
const [panelWidth, barHeight, gap, margin, columns] = [420, 20, 28, 32, 2];
const labelWidth = 150;
const valueWidth = 90;

const escape = (text) => String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const text = (x, y, content, { size = 13, weight = 400, anchor = 'start', fill = '#241f31' } = {}) => (
  `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}">${escape(content)}</text>`);

function bars(row, x, y) {
  const shown = Object.keys(names).filter((who) => row.values[who] !== undefined && !Number.isNaN(row.values[who]));
  const finite = shown.map((who) => row.values[who]).filter(Number.isFinite);
  const most = Math.max(...finite, Number.MIN_VALUE);
  const room = panelWidth - labelWidth - valueWidth;
  return shown.map((who, index) => {
    const value = row.values[who];
    const width = Math.max(1, Number.isFinite(value) ? room * value / most : room);
    const top = y + index * barHeight;
    const weight = who === 'ours' ? 700 : 400;
    return text(x + labelWidth - 8, top + 13, names[who], { size: 12, anchor: 'end', weight })
      + `<rect x="${x + labelWidth}" y="${top}" width="${width.toFixed(1)}" height="${barHeight - 5}" rx="2" fill="${colours[who]}"/>`
      + text(x + labelWidth + width + 6, top + 13, say(value, row.unit), { size: 12, weight });
  });
}

function panel(row, x, y) {
  const title = `${row.title}${row.more ? ' (more is better)' : ''}`;
  const drawn = bars(row, x, y + 24);
  return { svg: text(x, y + 10, title, { weight: 600 }) + drawn.join(''), height: 24 + drawn.length * barHeight + gap };
}

/** The SVG's text. @rows: those of a Ledger; @caption: where and how it was measured. */
export function draw(rows, caption) {
  const tall = Array(columns).fill(margin + 52);
  const panels = rows.filter((row) => row.title && row.outcome !== '').map((row) => {
    const column = tall.indexOf(Math.min(...tall));
    const { svg, height } = panel(row, margin + column * (panelWidth + margin), tall[column]);
    tall[column] += height;
    return svg;
  });
  const width = margin + columns * (panelWidth + margin);
  const height = Math.max(...tall) + margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Cantarell, 'DejaVu Sans', sans-serif">
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#f6f5f4"/><rect width="2" height="6" fill="#9a9996"/></pattern></defs>
<rect width="${width}" height="${height}" rx="12" fill="#ffffff"/>
${text(margin, margin + 16, 'One Channels server, three clients, and the limit', { size: 20, weight: 700 })}
${text(margin, height - margin + 8, caption, { size: 11, fill: '#77767b' })}
${panels.join('\n')}
</svg>
`;
}
