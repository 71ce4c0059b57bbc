import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFcio } from '@countroom/decoders';
import { concatenate, flashCamExample } from '@countroom/decoders/testing';
import { lh5Backend } from '@countroom/lh5';
import { parseOptions } from '@countroom/pipeline';
import type { Table, VectorOfVectors } from '@countroom/records';
import { afterAll, describe, expect, it } from 'vitest';
import { buildTcm } from '../build-tcm/build-tcm.stage.js';
import { runByteStage } from '../files/run-byte-stage.js';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { daqToRaw } from './daq-to-raw.stage.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-daq-tcm-'));
const at = (name: string): string => join(folder, name);
const simulation = { events: 300, channels: 5, samples: 16, sparse: true, rateHz: 1e5 };
writeFileSync(at('run.fcio'), concatenate(simulateFcio(simulation)));
writeFileSync(at('run.orca'), flashCamExample());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function convert(input: string, name: string, options: unknown) {
  const logs: string[] = [];
  const result = await runByteStage(
    daqToRaw,
    parseOptions(daqToRaw, options),
    { input: at(input), output: at(name) },
    {},
    { onLog: (_, text) => logs.push(text) },
  );
  return { ...result, logs };
}

async function mapOf(file: string): Promise<Table> {
  const reader = await lh5Backend.openReader(at(file));
  try {
    return (await reader.read('hardware_tcm_1')) as Table;
  } finally {
    await reader.close();
  }
}

function lists(table: Table, name: string): number[][] {
  const { cumulative, flattened } = table.columns.get(name) as VectorOfVectors & {
    flattened: { data: Int32Array };
  };
  const ends = Array.from(cumulative.data as Uint32Array, Number);
  return ends.map((end, i) => [...flattened.data.slice(ends[i - 1] ?? 0, end)]);
}

const perChannel = {
  FCEventDecoder: { 'ch{key}/raw': { key_list: ['*'] } },
};

describe('coincidences of daq_to_raw', () => {
  it('are those of build_tcm, from one pass', async () => {
    const coincidences = { columns: [{ name: 'timestamp', window: 2e-5 }] };
    const { tables } = await convert('run.fcio', 'one.lh5', { outSpec: perChannel, coincidences });
    const events = tables.find(({ path }) => path === 'hardware_tcm_1')!.rows;
    expect(events).toBeGreaterThan(10);
    expect(events).toBeLessThan(300);
    await runTableStageOnFiles({
      stage: buildTcm,
      options: { ...coincidences, tables: ['ch*/raw'] },
      inputs: { hit: at('one.lh5') },
      output: at('two.lh5'),
    });
    const [own, other] = [await mapOf('one.lh5'), await mapOf('two.lh5')];
    for (const name of ['table_key', 'row_in_table'])
      expect(lists(own, name), name).toEqual(lists(other, name));
  });

  it('find records of one packet number', async () => {
    const coincidences = { columns: [{ name: 'packet_id' }], tables: ['FCEvent'] };
    await convert('run.fcio', 'packets.lh5', { coincidences });
    const map = await mapOf('packets.lh5');
    expect(map.rows).toBe(300);
    expect(lists(map, 'row_in_table').flat()).toEqual(
      lists(map, 'row_in_table')
        .flat()
        .sort((a, b) => a - b),
    );
  });

  it('join readouts of an ORCA file', async () => {
    const coincidences = { columns: [{ name: 'eventnumber' }], tables: ['ORFlashCam*Waveform*'] };
    await convert('run.orca', 'orca.lh5', { coincidences });
    const map = await mapOf('orca.lh5');
    expect(lists(map, 'table_key')).toEqual(Array.from({ length: 12 }, () => [0, 0, 0, 0, 1, 1, 1]));
  });

  it('say what stands in their way', async () => {
    const none = await convert('run.fcio', 'none.lh5', { coincidences: { columns: [{ name: 'nope' }] } });
    expect(none.logs.join()).toContain('no table has the columns nope');
    const back = await convert('run.fcio', 'back.lh5', {
      coincidences: { columns: [{ name: 'daqenergy' }] },
    });
    expect(back.logs.join()).toMatch(/comes before hit .* there is no map/);
    const pattern = { coincidences: { columns: [{ name: 'timestamp' }], keyPattern: '(' } };
    await expect(convert('run.fcio', 'bad.lh5', pattern)).rejects.toThrow('keyPattern');
  });
});
