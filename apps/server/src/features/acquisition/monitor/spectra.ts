import type { SpectrumFrame } from '@countroom/contracts';
import type { LiveSpectrum } from '@countroom/drivers';

export interface SpectrumState {
  readonly header: SpectrumFrame;
  readonly payload: Uint8Array;
}

/** All spectra, complete, on their one common axis; the payload is a copy. Undefined when there is none. */
export function spectrumState(
  run: number | null,
  generation: number,
  spectra: readonly LiveSpectrum[],
): SpectrumState | undefined {
  const axis = spectra[0]?.histogram.axis;
  if (axis === undefined) return undefined;
  const { unit, min, max, bins } = axis;
  const counts = new Uint32Array(spectra.length * bins);
  const channels = spectra.map(({ channel, source, histogram }, index) => {
    counts.set(histogram.counts, index * bins);
    const { entries, underflow, overflow } = histogram;
    return { channel, source, entries, underflow, overflow, offset: index * bins, length: bins };
  });
  return {
    header: { run, generation, full: true, since: 0, unit, min, max, bins, channels },
    payload: new Uint8Array(counts.buffer),
  };
}
