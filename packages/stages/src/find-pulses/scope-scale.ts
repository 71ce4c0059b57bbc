import type { TableReader } from '@countroom/pipeline';
import type { DataObject } from '@countroom/records';

/** How counts of a channel become volts: volts = counts × voltsPerCount + voltsOffset. */
export interface ChannelScale {
  /** What the device calls the channel: A, B … */
  readonly label: string;
  readonly voltsPerCount: number;
  readonly voltsOffset: number;
}

/**
 * What a recorded run says of the ranges of its oscilloscope (`run/info`, keys `Channels`, `CRanges`, `ChanOffsets` and
 * `fullScale` of the source), by number of the channel in table paths such as `ch0000000/raw`: A is 0. Empty when the file
 * says nothing, or when several sources do, for then it is not known which table is whose.
 */
export async function scopeScales(reader: TableReader): Promise<ReadonlyMap<number, ChannelScale>> {
  const info = await reader.object?.('run/info');
  const sources = info?.kind === 'struct' ? info.fields.get('sources') : undefined;
  if (sources?.kind !== 'struct') return new Map();
  const announced = [...sources.fields.values()].map(scalesOf).filter(({ size }) => size > 0);
  return announced.length === 1 ? announced[0]! : new Map();
}

/** Number of the channel of a table; undefined when its path has none. */
export function channelNumber(path: string): number | undefined {
  const digits = /^ch(\d+)\//.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function scalesOf(source: DataObject): ReadonlyMap<number, ChannelScale> {
  const names = listAt(source, 'Channels');
  const ranges = listAt(source, 'CRanges');
  const offsets = listAt(source, 'ChanOffsets');
  const fullScale = Number(factAt(source, 'fullScale'));
  const scales = new Map<number, ChannelScale>();
  names.forEach((name, place) => {
    const [range, offset] = [ranges[place], offsets[place] ?? 0];
    if (typeof name !== 'string' || !/^[A-H]$/.test(name)) return;
    if (typeof range !== 'number' || typeof offset !== 'number' || !(fullScale > 0)) return;
    scales.set(name.charCodeAt(0) - 65, {
      label: name,
      voltsPerCount: range / fullScale,
      voltsOffset: offset === 0 ? 0 : -offset,
    });
  });
  return scales;
}

function factAt(source: DataObject, key: string): unknown {
  const fact = source.kind === 'struct' ? source.fields.get(key) : undefined;
  return fact?.kind === 'scalar' ? fact.value : undefined;
}

function listAt(source: DataObject, key: string): readonly unknown[] {
  const text = factAt(source, key);
  if (typeof text !== 'string') return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
