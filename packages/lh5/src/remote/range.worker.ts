import { parentPort, workerData } from 'node:worker_threads';
import type { RangeAnswer, RangeLink } from './remote-bytes.js';

const { url, state, bytes } = workerData as RangeLink;
const lengths = new Int32Array(state);
const target = new Uint8Array(bytes);

async function answerOf(first: number, last: number): Promise<RangeAnswer> {
  const response = await fetch(url, { headers: { range: `bytes=${first}-${last}` } });
  if (response.status === 416) return { ok: true, bytes: new Uint8Array(0) };
  if (response.status !== 206) {
    await response.body?.cancel();
    const why = response.ok
      ? 'does not give parts of files (no answer 206 to a range)'
      : `answers ${response.status}`;
    return { ok: false, reason: `the server ${why}` };
  }
  return { ok: true, bytes: new Uint8Array(await response.arrayBuffer()) };
}

parentPort!.on('message', ({ first, last }: { first: number; last: number }) => {
  void answerOf(first, last)
    .catch((error: unknown): RangeAnswer => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { ok: false, reason: cause instanceof Error ? cause.message : String(cause) };
    })
    .then((answer) => {
      const given = answer.ok ? answer.bytes : new TextEncoder().encode(answer.reason);
      const used = given.subarray(
        0,
        Math.min(given.byteLength, answer.ok ? last - first + 1 : target.byteLength),
      );
      target.set(used);
      Atomics.store(lengths, 1, used.byteLength);
      Atomics.store(lengths, 0, answer.ok ? 1 : 2);
      Atomics.notify(lengths, 0);
    });
});
