import type { HistogramsFrame } from '@countroom/contracts';
import type { ConsumerStatus } from '@countroom/drivers';

/** Histograms of all consumers as one frame; undefined when there are none. The payload holds float32 counts. */
export function histogramsFrameOf(
  run: number | null,
  consumers: readonly ConsumerStatus[],
): { readonly header: HistogramsFrame; readonly payload: Uint8Array } | undefined {
  const all = consumers.flatMap(({ name, histograms }) =>
    histograms.map((histogram) => ({ consumer: name, histogram })),
  );
  if (all.length === 0) return undefined;
  const payload = new Float32Array(all.reduce((sum, { histogram }) => sum + histogram.counts.length, 0));
  let offset = 0;
  const histograms = all.map(({ consumer, histogram: { counts, mean, sigma, ...one } }) => {
    payload.set(counts, offset);
    const placed = {
      consumer,
      ...one,
      mean: finite(mean),
      sigma: finite(sigma),
      offset,
      length: counts.length,
    };
    offset += counts.length;
    return placed;
  });
  return { header: { run, histograms }, payload: new Uint8Array(payload.buffer) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
