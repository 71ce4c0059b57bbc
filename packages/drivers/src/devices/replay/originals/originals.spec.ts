import { pretriggerPart, rawWaveformsHead, rawWaveformsRecord } from '@countroom/pulses';
import { describe, expect, it } from 'vitest';
import type { ReplayBytes } from '../replay.io.js';
import { ReplayReader, scanRecording } from '../replay.reader.js';

/** A text in pieces that end anywhere. */
function pieces(text: string, size: number): ReplayBytes {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return { name: 'test', version: () => '1', chunks: () => chunks };
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
      expect(columns.slice(4, 6).map(({ data }) => data[0])).toEqual([-200, 4]);
      seen.push(columns[6]!.data as Float32Array);
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
      100_000_000,
      expect.closeTo(-4, 5) as number,
      expect.closeTo(4, 5) as number,
      expect.closeTo(-0.00248, 7) as number,
    ]);
    while (await reader.load()) reader.step();
    expect(reader.report()).toMatchObject({ clean: false, garbageCount: 1 });
  });

  it('raw waveforms keep the names of their inputs and the trigger, and pass over what has another form', async () => {
    const text = (
      data: string,
      head = 'Channels: [C, A]\n  trgChan: A\n  trgThr: -0.04\n  trgTyp: Falling',
    ): string => `--- #raw waveforms\nOscConf:\n  ${head}\n  TSampling: 4.0e-09\ndata:\n${data}`;
    const scan = (body: string) => scanRecording(pieces(body, 50), { format: 'auto', sampleNs: 4 });
    const facts = await scan(
      text(' - [[1, 2], [3, 4]]\n - [[1, 2]]\n - [[1, ], [3, 4]]\n - [[5, 6], [7, 8]]\n'),
    );
    expect(facts).toMatchObject({
      rows: 4,
      rowsPerEvent: 2,
      trigger: { channel: 'A', levelVolts: -0.04, direction: 'falling' },
    });
    expect(facts.tables.map(({ name }) => name)).toEqual(['ch0000000/raw', 'ch0000002/raw']);
    const odd = await scan(text(' - [[1, 2], [3, 4]]\n', 'Channels: [X, X]\n  trgActive: false'));
    expect(odd.tables.map(({ name }) => name)).toEqual(['ch0000000/raw', 'ch0000001/raw']);
    expect(odd.trigger).toBeUndefined();
    await expect(scan('--- #raw waveforms\nOscConf: [\ndata:\n - [[1]]\n')).rejects.toThrow(
      /head of the recording/,
    );
  });

  const head = '# PhyPiDAQ Data recorder  190317-1419\n#   logging interval 0.5\n';
  const logged = async (text: string | Uint8Array) => {
    const bytes = typeof text === 'string' ? pieces(text, 64) : { ...pieces('', 64), chunks: () => [text] };
    const facts = await scanRecording(bytes, { format: 'auto', sampleNs: 4 });
    const reader = new ReplayReader(bytes, facts);
    const values: number[] = [];
    while (await reader.load()) {
      const columns = facts.tables[reader.table]!.columns.map(() => ({ data: [] as unknown[] }));
      reader.copyTo({ columns, rows: 0, advance: () => undefined } as never);
      values.push(columns.at(-1)!.data[0] as number);
      reader.step();
    }
    const channels = facts.tables.map(
      ({ columns }) => `${columns.at(-1)!.description ?? ''} ${columns.at(-1)!.units ?? ''}`,
    );
    return { facts, values, channels, bad: reader.report()!.garbageCount };
  };

  it.each([
    ['commas', '# 0:U(V),1:T(degC)\n1.5,20\n2.5,21\nbroken\n3.5,22'],
    ['semicolons and decimal commas', '# 0:U(V);1:T(degC)\n1,5;20\n2,5;21\nbroken\n3,5;22\n'],
    ['tabs', '# 0:U(V)\t1:T(degC)\r\n1,5\t20\r\n2.5\t21\r\nbroken\r\n3.5\t22\r\n'],
    ['semicolons that the head has not', '# 0:U(V),1:T(degC)\n1,5;20\n2,5;21\nbroken\n3,5;22\n'],
    ['a comment behind the head', '# 0:U(V),1:T(degC)\n# spring: 2\n1.5,20\n2.5,21\nx,y\n3.5,22\n'],
  ])('tables of the data logger with %s', async (_, body) => {
    const { facts, values, channels, bad } = await logged(head + body);
    expect(facts).toMatchObject({ format: 'phypidaq-csv', rows: 6, rowsPerEvent: 2, firstS: 0, lastS: 1 });
    expect(channels).toEqual(['U 0 V', 'T 1 degC']);
    expect([values, bad]).toEqual([[1.5, 20, 2.5, 21, 3.5, 22], 1]);
  });

  it('tables of the data logger with one value, none, no number, equal names, and letters of older systems', async () => {
    expect((await logged(`${head}# 0-1:(N)\n2,072\n2.06\n`)).values).toEqual([2.072, 2.06]);
    const { values, channels } = await logged(`\uFEFF${head}# 0:T(C),0:T(C)\n1,nan\n,2\ninf,3\n`);
    expect(values).toEqual([1, Number.NaN, Number.NaN, 2, Infinity, 3]);
    expect(channels).toEqual(['T 0 C', 'T 0 C']);
    expect((await logged(`${head}1,2\n3,4\n`)).channels).toEqual(['value 0 ', 'value 1 ']);
    const older = Buffer.from(`${head}# 0:Temperatur(\u00b0C)\n20.5\n`, 'latin1');
    expect((await logged(older)).channels).toEqual(['Temperatur 0 \u00b0C']);
  });
});
