import type { SpectrumFrame } from '@countroom/contracts';

const bins = 4096;
const firstMax = 1024;

interface ChannelSpectrum {
  readonly channel: number;
  readonly source: string;
  readonly counts: Uint32Array;
  entries: number;
  underflow: number;
}

export interface SpectrumState {
  readonly header: SpectrumFrame;
  readonly payload: Uint8Array;
}

/** Histograms of pulse heights of all channels with one common axis that doubles when a pulse lies beyond it. */
export class Spectra {
  private channels = new Map<string, ChannelSpectrum>();
  private max = firstMax;
  private generation = 1;

  clear(): void {
    this.channels = new Map();
    this.max = firstMax;
    this.generation++;
  }

  add(source: string, channel: number, height: number): void {
    if (!Number.isFinite(height)) return;
    const one = this.channelOf(source, channel);
    one.entries++;
    if (height < 0) {
      one.underflow++;
      return;
    }
    while (height >= this.max) this.double();
    const bin = Math.floor((height / this.max) * bins);
    one.counts[bin] = one.counts[bin]! + 1;
  }

  /** Everything, complete; the payload is a copy. */
  state(run: number | null): SpectrumState {
    const all = [...this.channels.values()];
    const counts = new Uint32Array(all.length * bins);
    all.forEach((one, index) => counts.set(one.counts, index * bins));
    return {
      header: {
        run,
        generation: this.generation,
        full: true,
        since: 0,
        unit: 'adc',
        min: 0,
        max: this.max,
        bins,
        channels: all.map((one, index) => ({
          channel: one.channel,
          source: one.source,
          entries: one.entries,
          underflow: one.underflow,
          overflow: 0,
          offset: index * bins,
          length: bins,
        })),
      },
      payload: new Uint8Array(counts.buffer),
    };
  }

  private channelOf(source: string, channel: number): ChannelSpectrum {
    const key = `${source}/${channel}`;
    let found = this.channels.get(key);
    if (found === undefined) {
      found = { channel, source, counts: new Uint32Array(bins), entries: 0, underflow: 0 };
      this.channels.set(key, found);
      // Differences are told per channel: a new one is a new set of histograms.
      this.generation++;
    }
    return found;
  }

  private double(): void {
    this.max *= 2;
    this.generation++;
    for (const { counts } of this.channels.values()) {
      for (let bin = 0; bin < bins / 2; bin++) counts[bin] = counts[2 * bin]! + counts[2 * bin + 1]!;
      counts.fill(0, bins / 2);
    }
  }
}
