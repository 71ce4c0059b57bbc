import { describe, expect, it } from 'vitest';
import { openHdf5, openReader } from '../index.js';
import { missingPlugins, python } from '../testing/python.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

const reason = await missingPlugins();
const place = temporaryFolder();
const expected = Int32Array.from({ length: 20_000 }, (_, k) => (k * 7) % 1000);

describe.skipIf(reason !== undefined)(
  `filters of hdf5plugin${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    it('are undone, whichever comes first; what has no plugin is said by name', async () => {
      const path = place('filters.h5');
      const names = JSON.parse(await python('filters_file.py', path)) as string[];
      expect(names.length).toBeGreaterThan(10);
      const file = await openHdf5(path);
      const reader = await openReader(path);
      for (const name of [...names, ...names.toReversed()]) {
        if (name === 'sz') {
          await expect(file.read(name)).rejects.toThrow('compressed with sz, for which there is no plugin');
          continue;
        }
        expect({ name, data: (await file.read(name)).data }).toEqual({ name, data: expected });
        const rows = await reader.read(name, { rows: [60, 70] });
        expect(rows.kind === 'array' && rows.data).toEqual(expected.subarray(6000, 7000));
      }
      await file.close();
      await reader.close();
    });
  },
  120_000,
);
