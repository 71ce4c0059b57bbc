import { describe, expect, it } from 'vitest';
import { bytesStage } from '../testing/example-stages.js';
import { MemorySink } from '../testing/memory-tables.js';
import { runBytes } from './run-bytes.js';

function input(chunks: readonly number[], closed?: () => void) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (const length of chunks) {
        await Promise.resolve();
        yield new Uint8Array(length);
      }
    } finally {
      closed?.();
    }
  }
  return { name: 'memory', bytes: chunks.reduce((a, b) => a + b, 0), chunks: bytes() };
}

describe('byte stages', () => {
  it('give their rows to the sink and return their report', async () => {
    const sink = new MemorySink();
    const result = await runBytes(bytesStage, {}, input([3, 4]), sink);
    expect(result).toEqual({ tables: [{ path: 'x', rows: 7 }], rows: 7, read: 7, report: { bytes: 7 } });
    expect(sink.table('x').rows).toBe(7);
  });

  it('leave the input when cancelled', async () => {
    const controller = new AbortController();
    let closed = false;
    const running = runBytes(
      bytesStage,
      {},
      input([1, 1, 1], () => (closed = true)),
      new MemorySink(),
      {
        signal: controller.signal,
        onProgress: ({ done }) => {
          if (done === 2) controller.abort();
        },
      },
    );
    await expect(running).rejects.toThrow('cancelled');
    expect(closed).toBe(true);
  });
});
