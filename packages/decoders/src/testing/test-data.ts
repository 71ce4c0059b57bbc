import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Root of the shared test data, from COUNTROOM_TEST_DATA or beside the workspace; undefined when not there. */
export function testDataRoot(start = import.meta.dirname): string | undefined {
  let workspace = start;
  while (!existsSync(join(workspace, 'nx.json'))) {
    if (dirname(workspace) === workspace) return undefined;
    workspace = dirname(workspace);
  }
  const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');
  return existsSync(root) ? root : undefined;
}

/** Chunks of a file. The memory of a chunk is used again for the next one. */
export async function* fileChunks(path: string, chunkBytes = 1 << 20): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const memory = new Uint8Array(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, chunkBytes);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
