import type { ConsumerEvent } from '../consumer-module.api.js';

/** First columns of mimoCoRB's text files. */
export const metadataHead = ['counter', 'timestamp', 'deadtime'] as const;

/**
 * What mimoCoRB keeps beside a record: its number, unix time in s, and the dead share of the time since the record before
 * (device and buffer, 0 to 1; −1 when it is not known).
 */
export function eventMetadata(
  event: Pick<ConsumerEvent, 'number' | 'hostTimeNs' | 'liveNs' | 'deadNs' | 'bufferNs'>,
): readonly [counter: bigint, timestamp: number, deadtime: number] {
  const dead = Number(event.deadNs + event.bufferNs);
  const all = dead + Number(event.liveNs);
  const share = all > 0 ? Math.min(1, dead / all) : -1;
  return [event.number, Number(event.hostTimeNs) / 1e9, Number(share.toFixed(6))];
}
