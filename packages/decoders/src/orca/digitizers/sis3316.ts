import { scalarColumn, type TableSchema } from '@countroom/records';
import type { Cell } from '../../core/table-buffer.js';
import type { OrcaPacket } from '../container/orca-packet.js';
import { locationOf, type OrcaContext, type OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';
import { keyOf, locationColumns, waveformColumns } from './digitizer-tables.js';

const decoder = 'ORSIS3316WaveformDecoder';

/** Sampling period, ns: 125 MHz. */
export const sis3316PeriodNs = 8;
/** Words of the payload before the first event. */
const headWords = 9;
/** Words of the optional blocks of an event, by format bit. */
const blockWords = [7, 2, 3, 2] as const;

const blockColumns = [
  'energy',
  'energy_first',
  'peakHighValue',
  'peakHighIndex',
  'information',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `accSum${n}`),
  'mawMax',
  'mawBefore',
  'mawAfter',
  'startEnergy',
  'maxEnergy',
];

/** Columns of an SIS3316 channel of `samples` samples; what the format of an event leaves out is 0. */
export function sis3316Schema(path: string, samples: number): TableSchema {
  return {
    name: path,
    columns: [
      ...locationColumns,
      scalarColumn('timestamp', 'uint64', { units: 'clock_ticks', description: 'ticks of 8 ns, 48 bits' }),
      ...blockColumns.map((name) => scalarColumn(name, 'uint32', { units: 'adc' })),
      ...waveformColumns(samples, 'uint16'),
    ],
  };
}

/**
 * SIS3316 digitizer: several events of a channel per packet. `energy` and `energy_first` are maximum and start of the
 * energy filter (format bit 3), which the established decoder leaves unset.
 */
export class Sis3316Record implements OrcaRecord {
  readonly checkedWords = 5;
  private readonly tables: RecordTables;

  constructor({ library }: OrcaContext) {
    this.tables = new RecordTables(library, decoder, sis3316Schema);
  }

  /** The events must lie within the packet. */
  fits(packet: OrcaPacket): boolean {
    const [events, words] = [packet.word(1), packet.word(2)];
    return words >= 3 && headWords + events * words <= packet.payloadWords;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const [events, words] = [packet.word(1), packet.word(2)];
    const location = locationOf(packet.word(0));
    let sound = true;
    for (let event = 0; event < events; event++) {
      const first = headWords + event * words;
      const shape = eventShape(packet, first, words);
      if (shape === undefined) {
        sound = false;
        continue;
      }
      const [high, low] = [packet.word(first) >>> 16, packet.word(first + 1)];
      const seconds = (high * 2 ** 32 + low) * sis3316PeriodNs * 1e-9;
      this.tables.admit(keyOf(location), shape.samples, seconds)?.append({
        packet_id: packetId,
        ...location,
        timestamp: (BigInt(high) << 32n) | BigInt(low),
        ...blockCells(packet, shape.blocks),
        'waveform/dt': sis3316PeriodNs,
        'waveform/values': packet.samples(shape.at, shape.samples),
      });
    }
    return sound;
  }
}

interface EventShape {
  /** First word of each block; −1 when the format has none. */
  readonly blocks: readonly number[];
  /** First word of the samples. */
  readonly at: number;
  readonly samples: number;
}

/** Where the parts of an event lie; undefined when they do not fit its length. */
function eventShape(packet: OrcaPacket, first: number, words: number): EventShape | undefined {
  const format = packet.word(first) & 0xf;
  let next = first + 2;
  const blocks = blockWords.map((length, bit) => {
    if (((format >> bit) & 1) === 0) return -1;
    next += length;
    return next - length;
  });
  const lengths = packet.word(next);
  const sampleWords = lengths & 0x3ffffff;
  if (lengths >>> 28 !== 0xe || next + 1 + sampleWords > first + words) return undefined;
  return { blocks, at: next + 1, samples: 2 * sampleWords };
}

function blockCells(packet: OrcaPacket, blocks: readonly number[]): Record<string, Cell> {
  const [peak = -1, sums = -1, maw = -1, energy = -1] = blocks;
  const cells: Record<string, Cell> = {};
  if (peak >= 0) {
    cells['peakHighValue'] = packet.word(peak) & 0xffff;
    cells['peakHighIndex'] = packet.word(peak) >>> 16;
    cells['information'] = packet.word(peak + 1) >>> 24;
    cells['accSum1'] = packet.word(peak + 1) & 0xffffff;
    for (let n = 2; n <= 6; n++) cells[`accSum${n}`] = packet.word(peak + n);
  }
  if (sums >= 0) for (let n = 0; n < 2; n++) cells[`accSum${7 + n}`] = packet.word(sums + n);
  if (maw >= 0) {
    ['mawMax', 'mawBefore', 'mawAfter'].forEach((name, n) => (cells[name] = packet.word(maw + n)));
  }
  if (energy >= 0) {
    const [start, max] = [packet.word(energy), packet.word(energy + 1)];
    Object.assign(cells, { startEnergy: start, maxEnergy: max, energy_first: start, energy: max });
  }
  return cells;
}
