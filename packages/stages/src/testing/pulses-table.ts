import type { NdArray, Table } from '@countroom/records';
import { numbersOf, tableOf } from './memory-reader.js';

/** What the pulses of a raw table are made from; lengths in samples of 16 ns, heights in ADC. */
export interface PulsesTable {
  readonly rows: number;
  readonly samples: number;
  readonly start: number;
  readonly noise: number;
  readonly height: (row: number, normal: () => number) => number;
  /** Longer and shorter decay constant, and the share of the shorter one. */
  readonly tau: readonly [long: number, short: number, share: number];
}

/** A raw table of pulses that rise within 8 to 16 samples, with white noise, as uint16 samples. */
export function pulsesTable({ rows, samples, start, noise, height, tau }: PulsesTable): Table {
  let state = 15n;
  const uniform = (): number => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn;
    return (Number(state) + 0.5) / 2 ** 48;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const [long, short, share] = tau;
  const charge = (t: number): number =>
    t <= 0 ? 0 : (1 - share) * long * (1 - Math.exp(-t / long)) + share * short * (1 - Math.exp(-t / short));
  const data = new Uint16Array(rows * samples);
  for (let row = 0; row < rows; row++) {
    const at = start + uniform();
    const length = 8 + 8 * uniform();
    const size = height(row, normal);
    for (let i = 0; i < samples; i++) {
      const pulse = (size * (charge(i - at) - charge(i - at - length))) / length;
      data[row * samples + i] = Math.round(5000 + pulse + noise * normal());
    }
  }
  const values: NdArray = {
    kind: 'array',
    flavor: 'aoesa',
    dtype: 'uint16',
    shape: [rows, samples],
    data,
    attrs: {},
  };
  const all = (value: number): NdArray => numbersOf('float64', new Array<number>(rows).fill(value), 'ns');
  return { ...tableOf({ waveform: tableOf({ dt: all(16), t0: all(0), values }) }), rows };
}
