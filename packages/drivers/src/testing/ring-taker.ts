import { parentPort, workerData } from 'node:worker_threads';
import { Ring } from '../core/ring/ring.js';

/* A thread for benchmarks: takes everything from a ring and tells how many rows it got. */
const { ring, consumer: id } = workerData as { ring: SharedArrayBuffer; consumer: number };
const consumer = Ring.open(ring).consumer(id);
let rows = 0;
while (!consumer.ended) {
  for (let record = consumer.take(); record !== undefined; record = consumer.take()) rows += record.rows;
  await consumer.wait(50);
}
parentPort?.postMessage(rows);
