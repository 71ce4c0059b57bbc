import type { SampleMemory } from './scope-unit.js';

/** Memory for records that stays where it is while a library writes into it. */
export function sampleMemory(segments: number, channels: number, samples: number): SampleMemory {
  const buffer = new ArrayBuffer(2 * segments * channels * samples);
  const views = Array.from(
    { length: segments * channels },
    (_, index) => new Int16Array(buffer, 2 * index * samples, samples),
  );
  return { segments, samples, of: (segment, place) => views[segment * channels + place]! };
}
