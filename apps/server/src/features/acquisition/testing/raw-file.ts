import { join } from 'node:path';
import { h5wasmBackend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';

/** Rows of each channel's table in a raw file. */
export async function rowsOf(file: string): Promise<Record<string, number>> {
  const reader = await h5wasmBackend.openReader(file);
  try {
    const rows: Record<string, number> = {};
    for (let channel = 0; channel < 64; channel++) {
      const path = `ch${String(channel).padStart(7, '0')}/raw`;
      if (await reader.has(path)) rows[path] = await reader.rowCount(path);
    }
    return rows;
  } finally {
    await reader.close();
  }
}

/** Rows over all channels of a raw file in a store. */
export async function eventsOf(storeFolder: string, path: string): Promise<bigint> {
  const rows = await rowsOf(join(storeFolder, path));
  return BigInt(Object.values(rows).reduce((sum, count) => sum + count, 0));
}

/** Live, dead and buffer time of all records of the first channel of a scope in a raw file of a store, ns. */
export async function timeInRows(storeFolder: string, path: string): Promise<bigint> {
  const reader = await h5wasmBackend.openReader(join(storeFolder, path));
  try {
    const { columns } = await reader.readTable('ch0000000/raw');
    return ['livetime', 'deadtime', 'bufferwait']
      .flatMap((name) => Array.from((columns.get(name) as NdArray).data, BigInt))
      .reduce((sum, ns) => sum + ns, 0n);
  } finally {
    await reader.close();
  }
}
