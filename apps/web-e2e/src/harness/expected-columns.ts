import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { h5wasmBackend } from '@countroom/lh5';

interface Expected {
  readonly sha256?: string;
  readonly undefined_in_reference?: boolean;
}

/** Compares the arrays of a file with a listing of their hashes; what the listing marks undefined is left out. */
export async function compareColumns(
  file: string,
  listing: string,
): Promise<{ compared: number; differences: string[] }> {
  const { objects } = JSON.parse(readFileSync(listing, 'utf8')) as { objects: Record<string, Expected> };
  const reader = await h5wasmBackend.openReader(file);
  const differences: string[] = [];
  let compared = 0;
  for (const [path, expected] of Object.entries(objects)) {
    // Lengths of rows that were never filled say nothing either.
    const content = objects[path.replace(/cumulative_length$/, 'flattened_data')];
    const isDefined = expected.undefined_in_reference !== true && content?.undefined_in_reference !== true;
    if (!isDefined || expected.sha256 === undefined) continue;
    if (!(await reader.has(path))) {
      differences.push(`${path} is missing`);
      continue;
    }
    const object = await reader.read(path);
    if (object.kind !== 'array') continue;
    const { buffer, byteOffset, byteLength } = object.data;
    const hash = createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex');
    if (hash !== expected.sha256) differences.push(`${path} has other content`);
    compared++;
  }
  await reader.close();
  return { compared, differences };
}
