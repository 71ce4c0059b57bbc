import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, type ImportResult } from '@countroom/contracts';
import { createWriter } from '@countroom/lh5';
import { allocate, type NdArray } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takePictures } from './harness/pictures.js';
import { useBench } from './harness/test.js';
import { newFolder } from './harness/workspace.js';

const bench = useBench();
const folder = newFolder('hdf5');
const size = 600;
let imported: ImportResult;

function numbers(shape: readonly number[], value: (index: number) => number, units: string): NdArray {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const data = allocate('float64', count);
  for (let index = 0; index < count; index += 1) data[index] = value(index);
  const flavor = shape.length > 1 ? 'aoesa' : 'array';
  return { kind: 'array', flavor, dtype: 'float64', shape: [...shape], data, attrs: { units } };
}

/** A file without anything of LH5: two pictures of a ring, and a sine with a spike. */
async function writePlainFile(file: string): Promise<void> {
  const writer = await createWriter(file);
  const ring = (index: number): number => {
    const [x, y] = [index % size, Math.floor(index / size) % size];
    const radius = Math.hypot(x - size / 2, y - size / 2);
    return Math.exp(-(((radius - 150) / 20) ** 2)) * (index < size * size ? 1 : 5);
  };
  await writer.write('detector/image', numbers([2, size, size], ring, 'counts'));
  const sine = (index: number): number => (index === 70_000 ? 50 : Math.sin(index / 5000));
  await writer.write('detector/curve', numbers([100_000], sine, 'V'));
  await writer.write('title', { kind: 'scalar', value: 'A ring', attrs: {} });
  await writer.close();
  const text = readFileSync(file).toString('latin1').replaceAll('datatype', 'purposes');
  writeFileSync(file, Buffer.from(text, 'latin1'));
}

beforeAll(async () => {
  const file = join(folder, 'ring.h5');
  await writePlainFile(file);
  const { buffer } = Uint8Array.from(readFileSync(file));
  imported = await (await bench.api()).call(endpoints.data.upload, {
    query: { name: 'ring.h5' },
    body: buffer,
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('an HDF5 file that is not LH5', () => {
  it('is looked at as line, image and table, and from its link again', async () => {
    expect(imported).toMatchObject({ format: 'hdf5' });
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/${imported.dataset.id}`, /^hdf5 of imported/);
    await page.getByRole('img', { name: 'Line of detector/curve: 4000 points from index 0' }).waitFor();
    expect(await takePictures(page, 'data', 'hdf5-line')).toEqual([]);

    await page.getByRole('treeitem').filter({ hasText: 'image' }).click();
    await page
      .getByRole('img', { name: /^Image of detector\/image: 300 by 300, values from .* to 1 counts/ })
      .waitFor();
    await page.getByRole('textbox', { name: 'Axis 1 of 3' }).fill('1');
    await page.getByRole('img', { name: /to 5 counts$/ }).waitFor();
    expect(await takePictures(page, 'data', 'hdf5-image')).toEqual([]);
    const colleague = await bench.page();
    await colleague.page.goto(page.url());
    await colleague.page.getByRole('img', { name: /to 5 counts$/ }).waitFor();

    await page.locator('label', { hasText: /^Table$/ }).click();
    const elements = page.getByRole('group', { name: 'Elements of detector/image' });
    await elements.locator('tbody tr').nth(49).waitFor();
    expect(await elements.locator('tbody tr').count()).toBe(50);
    await page.getByRole('button', { name: 'Later rows' }).click();
    await page.getByText(/^rows 50 to 99 of 600, columns 0 to 19 of 600/).waitFor();
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const text = readFileSync(await (await started).path(), 'utf8');
    expect(text.split('\n')[0]?.split(',')).toHaveLength(20);
    expect(await takePictures(page, 'data', 'hdf5-table')).toEqual([]);
  });
});
