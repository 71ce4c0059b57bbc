import type { Location } from '../../orca/orca-record.js';
import { encodeLong, sampleWords } from './encode-container.js';
import { exampleId } from './encode-header.js';

function locationWord({ crate, card, channel }: Location): number {
  return crate * 2 ** 21 + card * 2 ** 16 + channel * 2 ** 8;
}

/** An SIS3302 event. With `startIndex` the samples are given as the ring buffer holds them. */
export interface Sis3302Example extends Location {
  readonly ticks: number;
  readonly samples: ArrayLike<number>;
  /** Words of the waveform of the energy filter. */
  readonly energies?: readonly number[];
  readonly energy: number;
  readonly energyFirst: number;
  readonly startIndex?: number;
}

/** A packet of an SIS3302 event. */
export function encodeSis3302(event: Sis3302Example): Uint8Array {
  const raw = sampleWords(event.samples);
  const energies = event.energies ?? [];
  const wrapped = event.startIndex !== undefined;
  return encodeLong(exampleId('ORSIS3302DecoderForEnergy'), [
    locationWord(event) + (wrapped ? 1 : 0),
    raw.length,
    energies.length,
    Math.floor(event.ticks / 2 ** 32) * 65_536 + event.channel,
    event.ticks,
    ...(wrapped ? [raw.length, event.startIndex] : []),
    ...raw,
    ...energies,
    event.energy,
    event.energyFirst,
    0,
    0xdeadbeef,
  ]);
}

/** An SIS3316 event: `blocks` are the words of its optional blocks, one after the other. */
export interface Sis3316Example {
  readonly ticks: number;
  readonly formatBits: number;
  readonly blocks: readonly number[];
  readonly samples: ArrayLike<number>;
}

/** A packet of SIS3316 events of one channel, which must be of equal length. */
export function encodeSis3316(location: Location, events: readonly Sis3316Example[]): Uint8Array {
  const parts = events.map(({ ticks, formatBits, blocks, samples }) => [
    Math.floor(ticks / 2 ** 32) * 65_536 + location.channel * 16 + formatBits,
    ticks,
    ...blocks,
    0xe0000000 + Math.ceil(samples.length / 2),
    ...sampleWords(samples),
  ]);
  const words = parts[0]?.length ?? 0;
  const head = [locationWord(location), parts.length, words, parts.length * words, 0, 0, 0, 0, 0];
  return encodeLong(exampleId('ORSIS3316WaveformDecoder'), [...head, ...parts.flat()]);
}

/** A GRETINA4M event: plain waveforms of 2000, those of two rates of 2018 samples. */
export interface Gretina4mExample extends Location {
  readonly boardId: number;
  readonly ticks: number;
  readonly energy: number;
  readonly samples: ArrayLike<number>;
}

/** A packet of a GRETINA4M event: the samples are its end, 1016 words are its payload at least. */
export function encodeGretina4m(event: Gretina4mExample): Uint8Array {
  const halves = new Uint16Array(2036);
  halves.set([event.channel + event.boardId * 16, 0], 4);
  for (let i = 0; i < 3; i++) halves[6 + i] = Math.floor(event.ticks / 2 ** (16 * i)) & 0xffff;
  halves.set([event.energy & 0xffff, (event.energy >>> 16) & 0x1ff], 9);
  halves.set(Uint16Array.from(event.samples), event.samples.length === 2018 ? 18 : 32);
  const words = sampleWords(halves);
  words[0] = locationWord({ ...event, channel: 0 });
  words[1] = 0xaaaaaaaa;
  return encodeLong(exampleId('ORGretina4MWaveformDecoder'), words);
}

/** Voltages of a preamplifier, 16 of them. */
export function encodePreamp(
  deviceId: number,
  time: number,
  mask: number,
  voltages: readonly number[],
): Uint8Array {
  return encodeLong(exampleId('ORMJDPreAmpDecoderForAdc'), [deviceId, time, mask, ...floatWords(voltages)]);
}

/** Voltages and currents of a high-voltage card, 8 of each; `on` says which channels are on. */
export function encodeIseg(
  crate: number,
  card: number,
  time: number,
  on: readonly boolean[],
  values: readonly (readonly [voltage: number, current: number])[],
): Uint8Array {
  const mask = on.reduce((sum, is, channel) => sum + (is ? 16 ** channel : 0), 0);
  const place = crate * 2 ** 20 + card * 2 ** 16;
  return encodeLong(exampleId('ORiSegHVCardDecoderForHV'), [
    place,
    mask,
    0,
    time,
    ...floatWords(values.flat()),
  ]);
}

function floatWords(values: readonly number[]): Uint32Array {
  return new Uint32Array(Float32Array.from(values).buffer);
}
