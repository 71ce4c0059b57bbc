import type { RingConsumer } from '../ring/ring-consumer.js';
import type { SharedSpoolNumbers } from './spool-counters.js';
import type { SpoolWriter } from './spool-writer.js';

/** What the loop tells while it runs. */
export interface SpoolLoopEvents {
  /** The disk has less free than the spool wants: end the run while there is room. */
  lowSpace(freeBytes: number): void;
  segmentClosed(file: string): void;
}

/** How often the free space is looked at, ms. */
const lookMs = 1000;
/** Records taken in one go before the event loop has a turn. */
const burst = 64;

/**
 * Moves everything from a ring into a spool until the ring is closed and empty, then closes the spool. Throws
 * the writer's DriverError; the ring's records are held from then on, so that nothing goes unrecorded.
 */
export async function spoolUntilClosed(
  consumer: RingConsumer,
  writer: SpoolWriter,
  numbers: SharedSpoolNumbers,
  events: SpoolLoopEvents,
): Promise<void> {
  let told = 0;
  let nextLookMs = 0;
  let low = false;
  const show = (): void => {
    const { written, durable, closedSegments } = writer;
    numbers.set('writtenRows', written.rows);
    numbers.set('writtenBatches', written.batches);
    numbers.set('writtenBytes', written.bytes);
    numbers.set('durableRows', durable.rows);
    numbers.set('durableBatches', durable.batches);
    numbers.set('durableBytes', durable.bytes);
    for (; told < closedSegments.length; told++) events.segmentClosed(closedSegments[told]!);
  };
  const look = (): void => {
    if (performance.now() < nextLookMs) return;
    nextLookMs = performance.now() + lookMs;
    const free = writer.freeBytes();
    numbers.set('freeBytes', BigInt(free));
    if (!low && writer.lowSpace()) events.lowSpace(free);
    low = writer.lowSpace();
  };
  for (;;) {
    let taken = 0;
    for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
      writer.append(record);
      taken += 1;
      if (taken === burst) break;
    }
    if (taken < burst) writer.flush();
    await writer.tend();
    look();
    show();
    if (taken === burst) await new Promise<void>((resolve) => setImmediate(resolve));
    else if (consumer.ended) break;
    else await consumer.wait(50);
  }
  await writer.close();
  show();
}
