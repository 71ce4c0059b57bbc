import type { Attributes } from '@countroom/records';
import { Lh5Error } from '../errors.js';

/** A waveform codec with its parameters. */
export type WaveformCodec =
  /** `shift` is added to each sample; the sums must fit into 16 bits. */
  { readonly name: 'radware_sigcompress'; readonly shift: number } | { readonly name: 'uleb128_zigzag_diff' };

/** The attributes that tell a reader of the codec. */
export function codecAttributes(codec: WaveformCodec): Attributes {
  return codec.name === 'radware_sigcompress'
    ? { codec: codec.name, codec_shift: codec.shift }
    : { codec: codec.name };
}

/** The codec that attributes tell of. Throws an `Lh5Error` when it is not known. */
export function codecOf(attrs: Attributes): WaveformCodec {
  const { codec } = attrs;
  if (codec === 'uleb128_zigzag_diff') return { name: codec };
  if (codec === 'radware_sigcompress') return { name: codec, shift: Number(attrs['codec_shift'] ?? 0) };
  throw new Lh5Error(
    'datatype-invalid',
    `its codec ${String(codec ?? '(not named)')} is not known: read it with decode off`,
  );
}

const codecText = /^\s*(\w+)\s*(?:\(\s*(?:(?:codec_)?shift\s*=\s*([-+]?[\d.]+(?:e\d+)?)\s*)?,?\s*\))?\s*$/i;

/**
 * A codec written as in settings: `RadwareSigcompress(codec_shift=-32768)`, `ULEB128ZigZagDiff()` or their short names. Throws
 * an `Lh5Error` that says what can be given.
 */
export function parseCodec(text: string): WaveformCodec {
  const match = codecText.exec(text);
  const shift = Number(match?.[2] ?? 0);
  const name = match?.[1]?.toLowerCase().replaceAll('_', '');
  if (name === 'radwaresigcompress' && Number.isInteger(shift)) return { name: 'radware_sigcompress', shift };
  if (name === 'uleb128zigzagdiff' && match?.[2] === undefined) return { name: 'uleb128_zigzag_diff' };
  throw new Lh5Error(
    'argument-invalid',
    `"${text}" is no waveform codec: give RadwareSigcompress(codec_shift=-32768) or ULEB128ZigZagDiff()`,
  );
}
