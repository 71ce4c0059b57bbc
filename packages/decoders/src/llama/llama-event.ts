import { type ColumnSchema, scalarColumn, type TableSchema } from '@countroom/records';
import { samplesAt } from '../core/samples.js';
import type { Cell } from '../core/table-buffer.js';
import type { LlamaChannel } from './llama-header.js';

/** Words of the optional blocks of an event, by format bit. */
const blockWords = [7, 2, 3, 2] as const;

/** Where the parts of an event lie, in words from its start. */
export interface EventShape {
  /** First word of each block; −1 when the format has none. */
  readonly blocks: readonly [number, number, number, number];
  readonly samples: number;
  readonly averaged: number;
  /** Counter of averaged samples at the trigger. */
  readonly counter: number;
  readonly statusBit: number;
}

/** Sampling period of a channel's samples, ns. */
export function rawPeriodNs(channel: LlamaChannel): number {
  return 1000 / channel.sampleFreq;
}

/** Sampling period of a channel's averaged samples, ns. */
export function averagedPeriodNs(channel: LlamaChannel): number {
  return rawPeriodNs(channel) * 2 ** (channel.avgMode + 1);
}

/** Checks that an event of a channel, as long as its configuration says, starts at `at`; a text says why not. */
export function eventShape(view: DataView, at: number, channel: LlamaChannel): EventShape | string {
  const word = (index: number): number => view.getUint32(at + 4 * index, true);
  const format = word(0) & 0xf;
  let next = 2;
  const blocks = blockWords.map((words, bit) => {
    if (((format >> bit) & 1) === 0) return -1;
    next += words;
    return next - words;
  }) as [number, number, number, number];
  if (next >= channel.eventLength) return 'event shorter than its header';
  const lengths = word(next++);
  const kind = lengths >>> 28;
  if (kind !== 0xe && kind !== 0xa) return 'no marker before the samples';
  if (((lengths >>> 27) & 1) === 1) return 'moving-window test data';
  const rawWords = lengths & 0x3ffffff;
  let averagedWords = 0;
  let counter = 0;
  if (kind === 0xa) {
    if (next >= channel.eventLength) return 'event shorter than its header';
    const second = word(next++);
    if (second >>> 28 !== 0xe) return 'no marker before the averaged samples';
    counter = (second >>> 16) & 0xff;
    averagedWords = second & 0xffff;
  }
  if (next + rawWords + averagedWords !== channel.eventLength)
    return 'sizes do not sum to the length of the event';
  if (rawWords !== (channel.sampleLength + 1) >> 1 || averagedWords !== (channel.avgSampleLength + 1) >> 1) {
    return 'other numbers of samples than configured';
  }
  return { blocks, samples: next, averaged: next + rawWords, counter, statusBit: (lengths >>> 26) & 1 };
}

/** Schema of the events of channels that are configured like this one. */
export function llamaEventSchema(path: string, channel: LlamaChannel, exactTimes = false): TableSchema {
  const word = (name: string, units?: string): ColumnSchema =>
    scalarColumn(name, 'uint32', units === undefined ? {} : { units });
  const seconds = (name: string): ColumnSchema => scalarColumn(name, 'float64', { units: 's' });
  const has = (bit: number): boolean => ((channel.formatBits >> bit) & 1) === 1;
  const adc = (names: readonly string[]): ColumnSchema[] => names.map((name) => word(name, 'adc'));
  const waveform = (name: string, samples: number): ColumnSchema[] =>
    samples === 0
      ? []
      : [
          scalarColumn(`${name}/t0`, 'float32', { units: 'ns' }),
          scalarColumn(`${name}/dt`, 'float64', { units: 'ns' }),
          { name: `${name}/values`, dtype: 'uint16', shape: [samples], variableLength: false },
        ];
  const sums = [1, 2, 3, 4, 5, 6].map((n) => `cumsum_${n}`);
  return {
    name: path,
    columns: [
      word('packet_id'),
      word('fadc_channel_id'),
      word('fadc_status_bits'),
      seconds('time_since_run_start'),
      ...(exactTimes ? [scalarColumn('time_since_run_start_ns', 'int64', { units: 'ns' })] : []),
      seconds('unixtime'),
      seconds('unixtime_accuracy'),
      ...(has(0)
        ? [...adc(['wf_max_sample_value', 'wf_max_sample_idx']), word('info_bits'), ...adc(sums)]
        : []),
      ...(has(1) ? adc(['cumsum_7', 'cumsum_8']) : []),
      ...(has(2) ? adc(['maw_max', 'maw_before', 'maw_after']) : []),
      ...(has(3) ? adc(['start_energy', 'max_energy']) : []),
      ...waveform('waveform_windowed', channel.sampleLength),
      ...waveform('waveform_presummed', channel.avgSampleLength),
    ],
  };
}

/** Ticks of the channel's clock since the start of the run, 48 bits. */
export function ticksOf(view: DataView, at: number): number {
  return (view.getUint32(at, true) >>> 16) * 2 ** 32 + view.getUint32(at + 4, true);
}

/**
 * Columns of an event. `late`: the sums of block 0 from the words one further on, as the established decoder reads
 * them (sum 1 is then sum 2, and so on).
 */
export function eventCells(
  view: DataView,
  at: number,
  channel: LlamaChannel,
  shape: EventShape,
  late: boolean,
): Record<string, Cell> {
  const word = (index: number): number => view.getUint32(at + 4 * index, true);
  const [peak, sums, maw, energy] = shape.blocks;
  const dt = rawPeriodNs(channel);
  const averagedDt = averagedPeriodNs(channel);
  const cells: Record<string, Cell> = {
    fadc_channel_id: channel.id,
    fadc_status_bits: shape.statusBit,
    time_since_run_start: ticksOf(view, at) * dt * 1e-9,
    time_since_run_start_ns: Math.round(ticksOf(view, at) * dt),
    'waveform_windowed/t0': (channel.sampleStartIndex - channel.samplePretrigger) * dt,
    'waveform_windowed/dt': dt,
    'waveform_windowed/values': samplesAt(view, at + 4 * shape.samples, channel.sampleLength),
    'waveform_presummed/t0':
      -channel.samplePretrigger * dt - channel.avgSamplePretrigger * averagedDt + shape.counter * dt,
    'waveform_presummed/dt': averagedDt,
    'waveform_presummed/values': samplesAt(view, at + 4 * shape.averaged, channel.avgSampleLength),
  };
  if (peak >= 0) {
    cells['wf_max_sample_value'] = word(peak) & 0xffff;
    cells['wf_max_sample_idx'] = word(peak) >>> 16;
    cells['info_bits'] = word(peak + 1) >>> 24;
    for (let n = 1; n <= 6; n++) cells[`cumsum_${n}`] = word(peak + n + (late ? 1 : 0));
    if (!late) cells['cumsum_1'] = word(peak + 1) & 0xffffff;
  }
  if (sums >= 0) for (let n = 0; n < 2; n++) cells[`cumsum_${7 + n}`] = word(sums + n);
  if (maw >= 0) ['maw_max', 'maw_before', 'maw_after'].forEach((name, n) => (cells[name] = word(maw + n)));
  if (energy >= 0) ['start_energy', 'max_energy'].forEach((name, n) => (cells[name] = word(energy + n)));
  return cells;
}
