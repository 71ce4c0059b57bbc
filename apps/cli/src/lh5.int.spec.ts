import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createWriter } from '@countroom/lh5';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

async function countroom(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, out, err };
}

function array(data: NdArray['data'], dtype: NdArray['dtype'], units?: string): NdArray {
  const attrs = units === undefined ? {} : { units };
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs };
}

function waveforms(rows: number, first: number): Table {
  const samples = 64;
  const data = Uint16Array.from({ length: rows * samples }, (_, k) => 1000 + ((k * 7 + first) % 50));
  const values: NdArray = { ...array(data, 'uint16'), flavor: 'aoesa', shape: [rows, samples] };
  const times = array(new Float32Array(rows), 'float32', 'ns');
  const waveform: Table = {
    kind: 'table',
    rows,
    columns: new Map<string, DataObject>([
      ['t0', times],
      ['dt', times],
      ['values', values],
    ]),
    attrs: {},
  };
  const number = array(
    BigInt64Array.from({ length: rows }, (_, k) => 2n ** 60n + BigInt(first + k)),
    'int64',
  );
  const columns = new Map<string, DataObject>([
    ['number', number],
    ['waveform', waveform],
  ]);
  return { kind: 'table', rows, columns, attrs: { serial: 2n ** 60n } };
}

describe('lh5 commands', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countroom-lh5-'));
    for (const [name, first] of [
      ['a.lh5', 0],
      ['b.lh5', 20],
    ] as const) {
      const writer = await createWriter(at(name), { fletcher32: true });
      await writer.write('ch1/raw', waveforms(20, first));
      await writer.write('ch2/raw', waveforms(5, first));
      await writer.close();
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('ls lists objects, also by a pattern', async () => {
    expect((await countroom('lh5', 'ls', at('a.lh5'))).out).toContain(
      '    number  real  int64[20]  shuffle gzip:4',
    );
    const { out } = await countroom('lh5', 'ls', at('a.lh5'), 'ch*/raw/number');
    expect(out.split('\n').map((line) => line.split('  ')[0])).toEqual([
      'ch1/raw/number',
      'ch2/raw/number',
      '',
    ]);
    const json = await countroom('lh5', 'ls', at('a.lh5'), 'ch1/raw', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      ok: true,
      tree: { rows: 20, attrs: { serial: String(2n ** 60n) } },
    });
    expect(await countroom('lh5', 'ls', at('a.lh5'), 'x*')).toMatchObject({ code: 1 });
  });

  it('show tells of attributes and storage', async () => {
    const { out } = await countroom('lh5', 'show', at('a.lh5'), 'ch1/raw');
    expect(out).toContain('serial = "1152921504606846976"');
    expect(out).toContain('160 bytes, chunks of 20, shuffle, gzip:4, fletcher32');
    const json = await countroom('lh5', 'show', at('a.lh5'), '--depth', '1', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      tree: { children: [{ name: 'ch1', children: [] }, { name: 'ch2' }] },
    });
  });

  it('concat, truncate and compress make files whose rows are right', async () => {
    const all = await countroom('lh5', 'concat', at('[ab].lh5'), '-o', at('all.lh5'), '-i', 'ch1', '--json');
    expect(JSON.parse(all.out)).toMatchObject({ ok: true, rows: 40, objects: 1 });
    const again = await countroom('lh5', 'concat', at('a.lh5'), at('b.lh5'), '-o', at('all.lh5'));
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as string });
    await countroom('lh5', 'truncate', at('all.lh5'), '-n', '18:22', '-o', at('some.lh5'));
    const codec = 'RadwareSigcompress(codec_shift=-32768)';
    const smaller = [
      'lh5',
      'compress',
      at('some.lh5'),
      '-o',
      at('some.lh5'),
      '-w',
      '--waveforms',
      codec,
      '--sha256',
    ];
    expect(await countroom(...smaller)).toMatchObject({ code: 0, err: '' });
    const rows = await countroom('lh5', 'dump', at('some.lh5'), 'ch1/raw', '-c', 'number', '--json');
    expect(JSON.parse(rows.out)).toMatchObject({
      rows: [18n, 19n, 20n, 21n].map((k) => ({ number: String(2n ** 60n + k) })),
    });
    const { out } = await countroom('lh5', 'ls', at('some.lh5'), 'ch1/raw/waveform/values');
    expect(out).toContain('encoded');
    const verified = await countroom('lh5', 'verify', at('some.lh5'), at('a.lh5'), '--json');
    expect(JSON.parse(verified.out)).toMatchObject({
      ok: true,
      files: [{ sha256: 5 }, { fletcher32: 8, problems: [] }],
    });
  });

  it('verify ends with 1 when a byte is wrong', async () => {
    const content = readFileSync(at('b.lh5'));
    content[100]! ^= 1;
    writeFileSync(at('wrong.lh5'), content);
    const { code, out } = await countroom('lh5', 'verify', at('wrong.lh5'));
    expect(code).toBe(1);
    expect(out).toMatch(/FAULTY[^]*fault {2}\/ch1\/raw/);
  });

  it('each have help, and one line of JSON as the result', { timeout: 60_000 }, async () => {
    const runs: Readonly<Record<string, readonly string[]>> = {
      ls: [at('a.lh5')],
      show: [at('a.lh5')],
      dump: [at('a.lh5'), 'ch1/raw'],
      concat: [at('a.lh5'), at('b.lh5'), '-o', at('json-1.lh5')],
      truncate: [at('a.lh5'), '-n', '3', '-o', at('json-2.lh5')],
      verify: [at('a.lh5')],
      compress: [at('a.lh5'), '-o', at('json-3.lh5')],
      sweep: [folder],
    };
    const top = await countroom('lh5', '--help');
    for (const [name, args] of Object.entries(runs)) {
      expect(top.out).toContain(`  ${name} `);
      const help = await countroom('lh5', name, '--help');
      expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--json') as string });
      expect(help.out).toMatch(new RegExp(`^Usage: countroom lh5 ${name} `));
      const { code, out } = await countroom('lh5', name, ...args, '--json');
      expect({ name, code, lines: out.trimEnd().split('\n').length }).toEqual({ name, code: 0, lines: 1 });
      expect(JSON.parse(out)).toMatchObject({ ok: true });
    }
    expect(await countroom('lh5', 'recover', at('a.lh5'), '-o', at('rest.lh5'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing was kept of it') as string,
    });
  });

  it('say what is wrong with arguments', async () => {
    for (const args of [
      ['truncate', at('a.lh5'), '-n', 'x', '-o', at('y.lh5')],
      ['compress', at('a.lh5'), '-l', '11', '-o', at('y.lh5')],
      ['concat', at('a.lh5')],
    ])
      expect(await countroom('lh5', ...args)).toMatchObject({
        code: 2,
        err: expect.stringContaining('--help') as string,
      });
    const codec = await countroom('lh5', 'compress', at('a.lh5'), '--waveforms', 'lzma', '-o', at('y.lh5'));
    expect(codec).toMatchObject({ code: 1, err: expect.stringContaining('is no waveform codec') as string });
  });
});
