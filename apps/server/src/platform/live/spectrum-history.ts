import type { SpectrumFrame } from '@countroom/contracts';

const keptStates = 8;

export interface SpectrumSnapshot {
  readonly sequence: number;
  readonly header: SpectrumFrame;
  /** Counts of every bin of every channel, as `offset` and `length` of the header say. */
  readonly counts: Uint32Array;
}

export interface EncodedSpectrum {
  readonly header: SpectrumFrame;
  readonly payload: Uint8Array;
}

/** The newest full spectra, and the differences between them that viewers need; each is made once. */
export class SpectrumHistory {
  private snapshots: SpectrumSnapshot[] = [];
  private readonly made = new Map<number, EncodedSpectrum>();

  add(sequence: number, header: SpectrumFrame, payload: Uint8Array): void {
    const counts = new Uint32Array(payload.byteLength >> 2);
    new Uint8Array(counts.buffer).set(payload.subarray(0, counts.byteLength));
    this.snapshots = [...this.snapshots, { sequence, header, counts }].slice(-keptStates);
    this.made.clear();
  }

  /** The newest state as seen by a viewer who has `since`: a difference where that is known and shorter. */
  encode(since: number | undefined): EncodedSpectrum | undefined {
    const newest = this.snapshots.at(-1);
    if (newest === undefined) return undefined;
    const base = this.snapshots.find(({ sequence }) => sequence === since);
    const key = base?.header.generation === newest.header.generation ? base.sequence : -1;
    let encoded = this.made.get(key);
    if (encoded === undefined) {
      encoded = (key === -1 ? undefined : difference(base!, newest)) ?? full(newest);
      this.made.set(key, encoded);
    }
    return encoded;
  }
}

function full({ header, counts }: SpectrumSnapshot): EncodedSpectrum {
  return { header: { ...header, full: true, since: 0 }, payload: new Uint8Array(counts.buffer) };
}

function difference(base: SpectrumSnapshot, newest: SpectrumSnapshot): EncodedSpectrum | undefined {
  const words: number[] = [];
  const channels: SpectrumFrame['channels'] = [];
  for (const [index, channel] of newest.header.channels.entries()) {
    const before = base.header.channels[index];
    if (
      before?.channel !== channel.channel ||
      before.source !== channel.source ||
      before.length !== channel.length
    ) {
      return undefined;
    }
    const offset = words.length;
    for (let bin = 0; bin < channel.length; bin++) {
      const count = newest.counts[channel.offset + bin]!;
      if (count !== base.counts[before.offset + bin]) words.push(bin, count);
    }
    channels.push({ ...channel, offset, length: words.length - offset });
  }
  if (words.length >= newest.counts.length) return undefined;
  const header = { ...newest.header, channels, full: false, since: base.sequence };
  return { header, payload: new Uint8Array(Uint32Array.from(words).buffer) };
}
