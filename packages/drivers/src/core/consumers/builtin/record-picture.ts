/** What is written at a picture of a record. */
export interface PictureFacts {
  readonly title: string;
  readonly labels: readonly string[];
  readonly dtNs: number;
  /** Time of the first sample from the trigger, ns. */
  readonly t0Ns: number;
}

const width = 900;
const height = 420;
const margin = { left: 70, right: 20, top: 34, bottom: 46 };
const columns = width - margin.left - margin.right;
const rows = height - margin.top - margin.bottom;
const colours = ['#00429d', '#93003a', '#2e7d32', '#8d6e00'];

/**
 * A picture of a record, as SVG: volts over µs with a grid to read times from, one line per channel. No peak is lost to
 * drawing: each column of the picture reaches from the smallest to the largest of its samples.
 */
export function recordPicture(records: readonly Float64Array[], facts: PictureFacts): string {
  const samples = records[0]?.length ?? 0;
  const fromUs = facts.t0Ns / 1000;
  const untilUs = fromUs + (samples * facts.dtNs) / 1000;
  const [low, high] = limits(records);
  const x = (us: number): number =>
    margin.left + (columns * (us - fromUs)) / Math.max(1e-12, untilUs - fromUs);
  const y = (volts: number): number => margin.top + (rows * (high - volts)) / (high - low);
  const grid = [
    ...ticks(fromUs, untilUs, 16).map(
      (us) =>
        `<path d="M${n(x(us))} ${margin.top}v${rows}" class="g"/><text x="${n(x(us))}" y="${height - 26}" text-anchor="middle">${us}</text>`,
    ),
    ...ticks(low, high, 8).map(
      (volts) =>
        `<path d="M${margin.left} ${n(y(volts))}h${columns}" class="g"/><text x="${margin.left - 6}" y="${n(y(volts) + 4)}" text-anchor="end">${volts}</text>`,
    ),
  ];
  const lines = records.map((record, c) => {
    const colour = colours[c % colours.length]!;
    const name = `<text x="${margin.left + 8 + 40 * c}" y="${margin.top + 16}" fill="${colour}" font-weight="bold">${escaped(facts.labels[c] ?? '')}</text>`;
    return `<path d="${outline(record, y)}" fill="none" stroke="${colour}"/>${name}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<style>.g{stroke:#bbb;stroke-width:.6}</style><rect width="100%" height="100%" fill="#fff"/>',
    `<text x="${margin.left}" y="20" font-size="14">${escaped(facts.title)}</text>`,
    ...grid,
    ...lines,
    `<text x="${margin.left + columns / 2}" y="${height - 8}" text-anchor="middle">time from the trigger (µs)</text>`,
    `<text transform="translate(16 ${margin.top + rows / 2}) rotate(-90)" text-anchor="middle">voltage (V)</text>`,
    '</svg>',
  ].join('\n');
}

function limits(records: readonly Float64Array[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const record of records)
    for (const value of record) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (!(high > low))
    return [
      Math.min(0, Number.isFinite(low) ? low : 0) - 0.01,
      Math.max(0, Number.isFinite(high) ? high : 0) + 0.01,
    ];
  const room = 0.05 * (high - low);
  return [low - room, high + room];
}

/** Round numbers within a range, at most so many. */
function ticks(from: number, until: number, most: number): number[] {
  const raw = (until - from) / most;
  if (!(raw > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(until / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(9)),
  );
}

function outline(record: Float64Array, y: (volts: number) => number): string {
  const points: string[] = [];
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * record.length) / columns);
    const until = Math.max(from + 1, Math.floor(((column + 1) * record.length) / columns));
    const part = record.subarray(from, Math.min(until, record.length));
    if (part.length === 0) continue;
    const x = n(margin.left + ((from + part.length / 2) * columns) / record.length);
    const [low, high] = limitsOf(part);
    points.push(low === high ? `${x} ${n(y(low))}` : `${x} ${n(y(low))}L${x} ${n(y(high))}`);
  }
  return points.length === 0 ? '' : `M${points.join('L')}`;
}

function limitsOf(part: Float64Array): [number, number] {
  return [Math.min(...part), Math.max(...part)];
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
