import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { parseOptions, runTables } from '@countroom/pipeline';
import type { NdArray, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listsOfNumbers, memoryReader, numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { readCrossTalk } from './cross-talk-file.js';
import { hitToEvt } from './hit-to-evt.stage.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-crosstalk-'));
});
afterAll(() => rm(folder, { recursive: true }));

const matrix = (values: number[], size = 2): NdArray => ({
  ...numbersOf('float64', values),
  flavor: 'array',
  shape: [size, values.length / size],
});

async function fileOf(objects: Readonly<Record<string, NdArray>>): Promise<string> {
  const file = join(folder, `${Object.keys(objects).length}-${Math.random()}.lh5`);
  const writer = await lh5Backend.createWriter(file);
  for (const [name, object] of Object.entries(objects)) await writer.write(`xtc/${name}`, object);
  await writer.close();
  return file;
}

const objects = {
  rawid_index: numbersOf('int32', [1, 2]),
  xtalk_matrix_negative: matrix([0, -0.02, NaN, 0]),
  xtalk_matrix_positive: matrix([0, 0.01, 0.1, 0]),
};

describe('cross-talk matrices of a file', () => {
  it('are options of the stage, which corrects and calibrates with them', async () => {
    const crossTalk = await readCrossTalk(await fileOf(objects));
    expect(crossTalk).toEqual({
      channels: [1, 2],
      negative: [
        [0, -0.02],
        [null, 0],
      ],
      positive: [
        [0, 0.01],
        [0.1, 0],
      ],
    });
    const operation = { cal: { expression: 'a + e', parameters: { a: 0.5 } } };
    const call =
      'pygama.evt.modules.geds.apply_xtalk_correction_and_calibrate(<...>, uncal_energy_expr="hit.e", cal_energy_expr="hit.e", multiplicity_expr="hit.e > 10", energy_threshold=5, uncal_var="hit.e", recal_var="hit.cal")';
    const options = parseOptions(hitToEvt, {
      config: {
        channels: {},
        operations: { energy: { aggregation_mode: 'function', expression: call } },
      },
      crossTalk,
      calibrations: { ch1: operation, ch2: operation },
    });
    const inputs = new Map([
      [
        'hit',
        memoryReader({
          'ch1/hit': tableOf({ e: numbersOf('float64', [1000]) }),
          'ch2/hit': tableOf({ e: numbersOf('float64', [100]) }),
        }),
      ],
      [
        'tcm',
        memoryReader({
          tcm: tableOf({
            table_key: listsOfNumbers('int32', [[1, 2]]),
            row_in_table: listsOfNumbers('int32', [[0, 0]]),
          }),
        }),
      ],
    ]);
    const made: Table[] = [];
    const append = (_: string, rows: Table | NdArray): Promise<void> => {
      if (rows.kind === 'table') made.push(rows);
      return Promise.resolve();
    };
    await runTables(hitToEvt, options, inputs, { append, write: () => Promise.resolve() });
    expect(valuesOf(made[0]!.columns.get('energy'))).toEqual([[990.5, 120.5]]);
    const wrong = parseOptions(hitToEvt, {
      ...options,
      calibrations: { V01: operation },
    });
    expect(() => hitToEvt.reads!(wrong)).toThrow('V01 is no channel');
  });

  it.each<[string, Readonly<Record<string, NdArray>>, string]>([
    ['without them', { rawid_index: objects.rawid_index }, 'there is no xtc/xtalk_matrix_negative'],
    [
      'of another size',
      { ...objects, xtalk_matrix_positive: matrix([1, 2, 3], 3) },
      'xtalk_matrix_positive is 3 × 1, and must have a row and a column for each of 2 channels',
    ],
  ])('are not read from a file %s', async (_, wrong, message) => {
    await expect(readCrossTalk(await fileOf(wrong))).rejects.toThrow(message);
  });
});
