import { describe, expect, it } from 'vitest';
import { eventMetadata } from './event-metadata.js';

describe('metadata of an event', () => {
  it.each([
    [900n, 60n, 40n, 0.1],
    [1000n, 0n, 0n, 0],
    [-5n, 100n, 0n, 1],
    [0n, 0n, 0n, -1],
  ])('live %d ns, dead %d ns, buffer %d ns', (liveNs, deadNs, bufferNs, deadtime) => {
    const event = { number: 7n, hostTimeNs: 1_500_000_000n, liveNs, deadNs, bufferNs };
    expect(eventMetadata(event)).toEqual([7n, 1.5, deadtime]);
  });
});
