import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { h5wasmBackend, type Lh5Reader } from '@countroom/lh5';
import type { DataArray, DataObject } from '@countroom/records';
import { afterAll, describe, expect, it } from 'vitest';
import { runStageOnFile } from '../files/run-stage.js';
import { stages } from '../registry.js';

interface Expected {
  readonly group?: boolean;
  readonly datatype?: string;
  readonly shape?: readonly number[];
  readonly sha256?: string;
  readonly undefined_in_reference?: boolean;
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'legend');
const expectedFolder = join(root, 'expected');
const scratch = mkdtempSync(join(tmpdir(), 'countroom-daq-to-raw-'));

function sha256(data: DataArray): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}

/** Bytes of a dataset as they lie in the file; texts are left to the suites of the file package. */
function dataOf(object: DataObject): DataArray | undefined {
  return object.kind === 'array' ? object.data : undefined;
}

const listings = existsSync(expectedFolder)
  ? readdirSync(expectedFolder).flatMap((name) => {
      const { source, objects } = JSON.parse(readFileSync(join(expectedFolder, name), 'utf8')) as {
        source?: string;
        objects?: Record<string, Expected>;
      };
      const input = source === undefined ? undefined : join(root, source.replace(/^data\//, ''));
      if (!name.startsWith('build_raw-') || input?.endsWith('.fcio') !== true || objects === undefined)
        return [];
      return existsSync(input) ? [{ name, input, objects }] : [];
    })
  : [];

describe.runIf(listings.length === 0)('raw files against expected ones', () => {
  it.skip(`there are no expectations below ${expectedFolder}`, () => undefined);
});

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe.each(listings)('raw file: $name', ({ name, input, objects }) => {
  const output = join(scratch, `${name}.lh5`);

  async function compare(reader: Lh5Reader): Promise<{ compared: number; differences: string[] }> {
    const differences: string[] = [];
    let compared = 0;
    for (const [path, expected] of Object.entries(objects)) {
      if (expected.undefined_in_reference === true) continue;
      // Lengths of rows that were never filled say nothing either.
      const content = objects[path.replace(/cumulative_length$/, 'flattened_data')];
      if (content?.undefined_in_reference === true) continue;
      const node = (await reader.has(path)) ? await reader.tree(path, { depth: 0 }) : undefined;
      if (node === undefined) differences.push(`${path} is missing`);
      else if (expected.datatype !== undefined && node.datatype !== expected.datatype) {
        differences.push(`${path} is ${String(node.datatype)}, expected ${expected.datatype}`);
      } else if (expected.sha256 !== undefined) {
        const data = dataOf(await reader.read(path));
        if (data !== undefined && sha256(data) !== expected.sha256)
          differences.push(`${path} has other content`);
        compared++;
      }
    }
    return { compared, differences };
  }

  it('has every defined column, hash by hash', async () => {
    await runStageOnFile({ stage: stages.get('daq_to_raw'), options: {}, input, output });
    const reader = await h5wasmBackend.openReader(output);
    const { compared, differences } = await compare(reader);
    await reader.close();
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(20);
  });
});
