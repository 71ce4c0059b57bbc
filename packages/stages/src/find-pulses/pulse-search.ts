import { FilterLog, findDecay, PulseFilter, spectrumFilter } from '@countroom/pulses';
import type { PulseColumn } from './pulse-columns.js';
import type { PulseAlgorithm } from './pulse-options.js';

/** How the records of an input were taken. */
export interface PulseSetup {
  readonly channels: readonly string[];
  readonly samples: number;
  /** Samples before the trigger. */
  readonly before: number;
  readonly dtNs: number;
}

/** One event: its number, its time, and a record per channel in volts. */
export interface PulseEvent {
  readonly number: bigint;
  readonly timeNs: bigint;
  readonly records: readonly Float64Array[];
}

/** An algorithm at work on the events of an input. */
export interface PulseSearch {
  readonly columns: readonly PulseColumn[];
  /** Values of an event in the order of the columns; undefined when it has no row. */
  row(event: PulseEvent): readonly (number | bigint)[] | undefined;
  /** Figures over all events. */
  summary(): Readonly<Record<string, number>>;
}

const head: readonly PulseColumn[] = [
  { name: 'event', dtype: 'int64', description: 'number of the event in its source' },
  { name: 'time', dtype: 'float64', units: 's', description: 'time of the trigger since the run began' },
];

/** Makes the search of an algorithm ready. Throws a RangeError for options that fit no event. */
export function pulseSearch(algorithm: PulseAlgorithm, setup: PulseSetup): PulseSearch {
  switch (algorithm.kind) {
    case 'pulse_filter':
      return filterSearch(algorithm, setup);
    case 'find_peaks':
      return peakSearch(algorithm, setup);
    case 'decay_time':
      return decaySearch(algorithm, setup);
  }
}

function start({ number, timeNs }: PulseEvent): (number | bigint)[] {
  return [number, Number(timeNs) / 1e9];
}

function filterSearch(
  algorithm: PulseAlgorithm & { kind: 'pulse_filter' },
  { channels, samples, before, dtNs }: PulseSetup,
): PulseSearch {
  const filter = new PulseFilter(algorithm, {
    channels,
    triggerChannel: algorithm.triggerChannel,
    samples,
    // Half a sample more, so that rounding cannot lose one.
    pretrigger: (before + 0.5) / samples,
    dT: dtNs * 1e-9,
  });
  const log = new FilterLog(channels.length);
  const perChannel = channels.flatMap((name): PulseColumn[] => [
    {
      name: `height_${name}`,
      dtype: 'float32',
      units: 'V',
      description: 'of the pulse at the trigger; NaN: none',
    },
    {
      name: `time_${name}`,
      dtype: 'float32',
      units: 'us',
      description: 'of that pulse since the event time',
    },
    { name: `later_${name}`, dtype: 'uint16', description: 'later pulses' },
    {
      name: `delay_${name}`,
      dtype: 'float32',
      units: 'us',
      description: 'of the last later pulse; NaN: none',
    },
    { name: `delayed_height_${name}`, dtype: 'float32', units: 'V' },
  ]);
  return {
    columns: [
      ...head,
      { name: 'valid', dtype: 'bool', description: 'the trigger channel has a pulse where it should' },
      { name: 'accepted', dtype: 'bool' },
      { name: 'fold', dtype: 'uint8', description: 'channels with a pulse' },
      { name: 'pattern', dtype: 'uint32', description: 'bit c: channel c has a pulse' },
      {
        name: 'event_time',
        dtype: 'float32',
        units: 'us',
        description: 'mean time of the pulses in the record',
      },
      { name: 'noise', dtype: 'float32', units: 'V', description: 'of events that are not valid' },
      { name: 'tau', dtype: 'float32', units: 'us', description: 'delay of the later pulse; NaN: none' },
      ...perChannel,
    ],
    row: (event) => {
      const found = filter.process(event.records);
      log.add(found, Number(event.number), Number(event.timeNs) / 1e9);
      const flags = found.channels.map(({ first }) => (first === undefined ? 0 : 1));
      return [
        ...start(event),
        found.valid ? 1 : 0,
        found.accepted ? 1 : 0,
        flags.reduce<number>((sum, flag) => sum + flag, 0),
        flags.reduce<number>((sum, flag, c) => sum + flag * 2 ** c, 0),
        found.time,
        found.noise,
        found.double?.tau ?? Number.NaN,
        ...found.channels.flatMap(({ first, later }, c) => [
          first?.height ?? Number.NaN,
          first === undefined ? Number.NaN : first.time - found.time,
          later.length,
          later.length === 0 ? Number.NaN : (found.double?.delays[c] ?? Number.NaN),
          later.at(-1)?.height ?? Number.NaN,
        ]),
      ];
    },
    summary: () => {
      const { seen, valid, accepted, double, fold } = log.counts;
      return { seen, valid, accepted, double, twofold: fold[2]!, threefold: fold[3]!, fourfold: fold[4]! };
    },
  };
}

function peakSearch(
  algorithm: PulseAlgorithm & { kind: 'find_peaks' },
  { channels, before, dtNs }: PulseSetup,
): PulseSearch {
  const names = channels.map((name) => `ch${name}`);
  let [seen, kept] = [0, 0];
  return {
    columns: [
      ...head,
      ...names.flatMap((name): PulseColumn[] => [
        { name: `${name}_height`, dtype: 'float32', units: 'mV' },
        { name: `${name}_position`, dtype: 'int32', description: 'sample' },
        { name: `${name}_integral`, dtype: 'float32' },
      ]),
    ],
    row: (event) => {
      seen += 1;
      const found = spectrumFilter(inMillivolts(event), names, {
        ...algorithm,
        pre_trigger_samples: before,
        sample_time_ns: dtNs,
      });
      if (found === undefined) return undefined;
      kept += 1;
      return [
        ...start(event),
        ...found.flatMap(({ height, position, integral }) => [height, position, integral]),
      ];
    },
    summary: () => ({ seen, kept }),
  };
}

function decaySearch(
  algorithm: PulseAlgorithm & { kind: 'decay_time' },
  { channels, dtNs }: PulseSetup,
): PulseSearch {
  for (const one of algorithm.signatures.flat()) {
    if (one.length !== channels.length)
      throw new RangeError(
        `signatures: [${one.join(', ')}] does not have one sign for each of ${channels.length} channels`,
      );
  }
  let [seen, kept] = [0, 0];
  const pulse = (which: string, name: string): PulseColumn[] => [
    { name: `${which}_ch${name}_h`, dtype: 'float32', units: 'mV', description: 'prominence' },
    { name: `${which}_ch${name}_p`, dtype: 'int32', description: 'sample' },
    { name: `${which}_ch${name}_int`, dtype: 'float32' },
  ];
  return {
    columns: [
      ...head,
      { name: 'signature', dtype: 'int32', description: 'which of the signatures fits, from 0' },
      { name: 'decay_time', dtype: 'float64', units: 'ns' },
      ...['first', 'second'].flatMap((which) => channels.flatMap((name) => pulse(which, name))),
    ],
    row: (event) => {
      seen += 1;
      const found = findDecay(inMillivolts(event), { ...algorithm, sample_time_ns: dtNs });
      if (found === undefined) return undefined;
      kept += 1;
      const values = [...found.first, ...found.second].flatMap((one) => [
        one.height,
        one.position,
        one.integral,
      ]);
      return [...start(event), found.signature, found.decayTime, ...values];
    },
    summary: () => ({ seen, kept }),
  };
}

function inMillivolts({ records }: PulseEvent): Float64Array[] {
  return records.map((record) => record.map((value) => 1000 * value));
}
