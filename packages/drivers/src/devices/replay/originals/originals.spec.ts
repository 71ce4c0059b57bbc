import { pretriggerPart, rawWaveformsHead, rawWaveformsRecord } from '@countroom/pulses';
import { describe, expect, it } from 'vitest';
import type { ReplayBytes } from '../replay.io.js';
import { type RecordingFacts, ReplayReader, scanRecording } from '../replay.reader.js';

/** A text in pieces that end anywhere. */
function pieces(text: string, size: number): ReplayBytes {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return { name: 'test', version: () => '1', chunks: () => chunks };
}

async function rowsOf(bytes: ReplayBytes, facts: RecordingFacts): Promise<number> {
  const reader = new ReplayReader(bytes, facts);
  let rows = 0;
  while (await reader.load()) {
    reader.step();
    rows += 1;
  }
  return rows;
}

const waveforms = `--- #raw waveforms
OscConf:
  Channels: [A, C]
  NSamples: 4
  TSampling: 4.0e-09
  pretrig: 0.25
pFConf: {modus: test}
data:
 - [[0.00001, -0.00248, -0.1,
    0.0], [0.1, 0.2, 0.3, 0.4]]
 - [[1.0e-05, 2, 3, 4], [5, 6, 7, 8]]
 - [[1, 2], [5, 6]]
`;

describe('recordings of older programs', () => {
  it('raw waveforms that were written here are read again bit by bit', async () => {
    const wave = (seed: number): Float32Array =>
      Float32Array.from({ length: 999 }, (_, i) => (((i * 31 + seed * 97) % 4001) - 2000) * (0.5 / 32_512));
    const scope = { Channels: ['A', 'C'], TSampling: 4e-9, pretrig: pretriggerPart(50, 999) };
    const events = [1, 2, 3].map((event) => [wave(event), wave(10 + event)]);
    const text =
      rawWaveformsHead({ scope, filter: {} }) + events.map((event) => rawWaveformsRecord(event)).join('');
    const bytes = pieces(text, 5000);
    const facts = await scanRecording(bytes, { format: 'auto', sampleNs: 4 });
    expect(facts).toMatchObject({ format: 'picocosmo-raw', rows: 6 });
    const reader = new ReplayReader(bytes, facts);
    const seen: Float32Array[] = [];
    while (await reader.load()) {
      const columns = facts.tables[reader.table]!.columns.map(({ dtype, shape }) => ({
        data: dtype === 'int64' ? new BigInt64Array(1) : new Float32Array(shape[0] ?? 1),
      }));
      reader.copyTo({ columns, rows: 0, advance: () => undefined } as never);
      expect(columns.slice(3, 5).map(({ data }) => data[0])).toEqual([-200, 4]);
      seen.push(columns[5]!.data as Float32Array);
      reader.step();
    }
    expect(seen).toEqual(events.flat());
  });

  it.each([1, 7, 64, 10_000])('raw waveforms of picoCosmo in pieces of %i bytes', async (size) => {
    const bytes = pieces(waveforms, size);
    const facts = await scanRecording(bytes, { format: 'auto', sampleNs: 4 });
    expect(facts).toMatchObject({ format: 'picocosmo-raw', rows: 4 });
    expect(facts.tables.map(({ name }) => name)).toEqual(['ch0000000/raw', 'ch0000002/raw']);
    const reader = new ReplayReader(bytes, facts);
    await reader.load();
    const columns = facts.tables[0]!.columns.map(({ dtype, shape }) => ({
      data: dtype === 'int64' ? new BigInt64Array(1) : new Float64Array(shape[0] ?? 1),
    }));
    reader.copyTo({
      schema: facts.tables[0]!,
      columns,
      rows: 0,
      capacity: 1,
      ready: () => true,
      setVector: () => undefined,
      advance: () => undefined,
    });
    expect(columns.map(({ data }) => Number(data[1] ?? data[0]))).toEqual([
      1,
      0,
      expect.closeTo(0.1, 9) as number,
      expect.closeTo(-4, 5) as number,
      expect.closeTo(4, 5) as number,
      expect.closeTo(-0.00248, 7) as number,
    ]);
    while (await reader.load()) reader.step();
    expect(reader.report()).toMatchObject({ clean: false, garbageCount: 1 });
  });

  it.each([
    ['commas', '# 0:U(V),1:T(degC)\n1.5,20\n2.5,21\nbroken\n3.5,22'],
    ['semicolons and decimal commas', '# 0:U(V);1:T(degC)\n1,5;20\n2,5;21\nbroken\n3,5;22\n'],
  ])('tables of the data logger with %s', async (_, body) => {
    const bytes = pieces(`# PhyPiDAQ Data recorder  190317-1419\n#   logging interval 0.5\n${body}`, 64);
    const facts = await scanRecording(bytes, { format: 'auto', sampleNs: 4 });
    expect(facts).toMatchObject({ format: 'phypidaq-csv', rows: 3, firstS: 0, lastS: 1 });
    expect(facts.tables[0]!.columns.map(({ name }) => name)).toEqual(['timestamp', 'c0_U', 'c1_T']);
    expect(await rowsOf(bytes, facts)).toBe(3);
  });
});
