import { type ColumnData, type RecordBatch, rowLength } from '@countroom/records';
import { encodeBatch, encodedLength } from '../batch-codec.js';
import type { RingProducer } from '../ring/ring-producer.js';
import type { BuiltEvent } from './event-builder.js';

/** One row of a batch as a batch of its own. */
function rowOf(batch: RecordBatch, row: number): RecordBatch {
  const columns = batch.schema.columns.map((schema, index): ColumnData => {
    const { data, offsets } = batch.columns[index]!;
    if (offsets === undefined) {
      const length = rowLength(schema);
      return { data: data.slice(row * length, (row + 1) * length) };
    }
    const [from, to] = [offsets[row]!, offsets[row + 1]!];
    return { data: data.slice(from, to), offsets: Uint32Array.of(0, to - from) };
  });
  return { schema: batch.schema, rows: 1, columns };
}

/**
 * Hands the raw records of an event on to another ring; waits while that is full, so that nothing kept is lost.
 * `alive` is called while it waits.
 */
export async function keepEvent(event: BuiltEvent, producer: RingProducer, alive: () => void): Promise<void> {
  for (const { schemaId, batch, row } of event.rows) {
    const one = rowOf(batch, row);
    const bytes = encodedLength(one.schema, one.columns, 1);
    let room = producer.reserve(bytes);
    while (room === undefined) {
      alive();
      await producer.waitForSpace(50);
      room = producer.reserve(bytes);
    }
    encodeBatch(one, producer.published, room);
    producer.publish(schemaId, 1, process.hrtime.bigint());
  }
}
