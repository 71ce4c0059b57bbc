import { parentPort, workerData } from 'node:worker_threads';
import { Ring } from '../core/ring/ring.js';

/*
 * A thread for tests: takes everything that a consumer gets and looks whether each record holds what it should:
 * every byte is the lowest byte of the record's sequence.
 */
const { ring, consumer: id } = workerData as { ring: SharedArrayBuffer; consumer: number };
const consumer = Ring.open(ring).consumer(id);
let taken = 0;
let torn = 0;
while (!consumer.ended) {
  for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
    taken += 1;
    const wanted = Number(record.sequence % 256n);
    if (record.bytes.some((byte) => byte !== wanted)) torn += 1;
  }
  await consumer.wait(50);
}
parentPort?.postMessage({ taken, torn });
