import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeScopeFile } from '../testing/scope-file.js';
import { exportWaveforms } from './export-waveforms.js';
import { tarEntry } from './tar-entry.js';

const folder = mkdtempSync(join(tmpdir(), 'export-waveforms-'));
const input = join(folder, 'raw.lh5');
const samples = 200;
const wave = (seed: number): number[] =>
  Array.from({ length: samples }, (_, i) => ((seed * 97 + i * 31) % 400) - 200);
const records = [1, 2, 3].map((event) => [wave(event), wave(10 + event)]);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => writeScopeFile(input, { records, numbers: [1, 5, 9], dtNs: 4, before: 50 }));

/** Files of a tar archive. */
function untar(bytes: Buffer): [name: string, content: Buffer][] {
  const files: [string, Buffer][] = [];
  for (let place = 0; bytes[place] !== 0; ) {
    const head = bytes.subarray(place, place + 512);
    const size = Number.parseInt(head.toString('latin1', 124, 135), 8);
    const sum = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    expect(Number.parseInt(head.toString('latin1', 148, 154), 8)).toBe(sum);
    files.push([head.toString('utf8', 0, head.indexOf(0)), bytes.subarray(place + 512, place + 512 + size)]);
    place += 512 * (1 + Math.ceil(size / 512));
  }
  return files;
}

describe('records of a scope as files of older programs', () => {
  it('raw waveforms of picoCosmo: volts in text, every bit of them', async () => {
    const output = join(folder, 'raw.yaml');
    const result = await exportWaveforms({ input, output, format: 'yaml', filter: { NminCoincidence: 2 } });
    expect(result).toEqual({ channels: ['A', 'B'], records: 3, skipped: 0 });
    const lines = readFileSync(output, 'utf8').split('\n');
    expect(lines.slice(0, 9)).toEqual([
      '--- #raw waveforms',
      'OscConf:',
      '  "Channels": ["A", "B"]',
      '  "NChannels": 2',
      `  "NSamples": ${samples}`,
      expect.stringMatching(/^ {2}"TSampling": 4(\.0+\d*)?e-9$/) as string,
      '  "pretrig": 0.25',
      'pFConf:',
      '  "NminCoincidence": 2',
    ]);
    const data = lines.slice(10, -1).map((line) => JSON.parse(line.slice(2)) as number[][]);
    expect(data.map((event) => event.map((one) => one.map(Math.fround)))).toEqual(records);
  });

  it('an archive of mimoCoRB: a Parquet file per record, in mV, under its number', async () => {
    const output = join(folder, 'raw.tar');
    await exportWaveforms({ input, output, format: 'tar' });
    const files = untar(readFileSync(output));
    expect(files.map(([name]) => name)).toEqual(['record_1.parquet', 'record_5.parquet', 'record_9.parquet']);
    for (const [place, [, content]] of files.entries()) {
      const { buffer } = Uint8Array.from(content);
      const rows = (await parquetReadObjects({ file: buffer })) as { A: number; B: number }[];
      expect(rows.map(({ A }) => A)).toEqual(records[place]![0]!.map((value) => 1000 * value));
      expect(rows.map(({ B }) => B)).toEqual(records[place]![1]!.map((value) => 1000 * value));
    }
  });

  it('stops where it is told to, and replaces a file only when told to', async () => {
    const output = join(folder, 'few.yaml');
    expect(await exportWaveforms({ input, output, format: 'yaml', records: 1, decimals: 5 })).toMatchObject({
      records: 1,
    });
    await expect(exportWaveforms({ input, output, format: 'yaml' })).rejects.toThrow('exists already');
    const again = await exportWaveforms({
      input,
      output,
      format: 'yaml',
      overwrite: true,
      tables: ['ch0000001/raw'],
    });
    expect(again).toMatchObject({ channels: ['A'], records: 3 });
    await expect(exportWaveforms({ input, output: input, format: 'yaml', overwrite: true })).rejects.toThrow(
      'is the file that is read, and would be lost',
    );
  });

  it('leaves nothing behind when it is called off', async () => {
    const output = join(folder, 'never.tar');
    await expect(
      exportWaveforms({ input, output, format: 'tar', signal: AbortSignal.abort() }),
    ).rejects.toThrow();
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('puts no file of an archive outside of it', () => {
    for (const name of ['/etc/x', '../x', 'a/../../x', 'x'.repeat(101)])
      expect(() => tarEntry(name, new Uint8Array(0), 0)).toThrow('cannot be the name');
  });
});
