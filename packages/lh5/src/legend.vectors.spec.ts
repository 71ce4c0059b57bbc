import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataObject } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from './backend.js';
import type { WaveformCodec } from './codecs/codec.js';
import { decodeRadware, encodeRadware } from './codecs/radware.js';
import { decodeRow, encodeRow } from './codecs/row-codec.js';
import { decodeUleb128, encodeUleb128 } from './codecs/uleb128.js';
import { parseDatatype, printDatatype } from './datatype/grammar.js';
import type { Lh5Reader, TreeNode } from './ports.js';
import { missing } from './testing/missing.js';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../..');
const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data', 'legend');
const folder = resolve(root, 'expected');
const listings = existsSync(folder) ? readdirSync(folder).filter((name) => /^lh5-.*\.json$/.test(name)) : [];

interface Expected {
  readonly group?: boolean;
  readonly datatype?: string | null;
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly chunks?: readonly number[] | null;
  readonly filters?: readonly string[];
  readonly sha256?: string;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly n_nan?: number;
  readonly first3?: readonly unknown[];
  readonly value?: unknown;
}

const dtypes: Readonly<Record<string, string>> = {
  '|b1': 'bool',
  '|i1': 'int8',
  '|u1': 'uint8',
  '<i2': 'int16',
  '<u2': 'uint16',
  '<i4': 'int32',
  '<u4': 'uint32',
  '<i8': 'int64',
  '<u8': 'uint64',
  '<f4': 'float32',
  '<f8': 'float64',
};

function bytesOf(object: DataObject): Uint8Array {
  if (object.kind === 'array')
    return new Uint8Array(object.data.buffer, object.data.byteOffset, object.data.byteLength);
  if (object.kind === 'strings') return Buffer.from(object.values.join(''));
  if (object.kind === 'opaque') return object.bytes;
  if (object.kind !== 'scalar') throw new TypeError(`a ${object.kind} is not a dataset`);
  if (typeof object.value === 'string') return Buffer.from(object.value);
  if (typeof object.value === 'boolean') return Uint8Array.of(Number(object.value));
  const view = new DataView(new ArrayBuffer(8));
  const writers: Readonly<Record<string, () => number>> = {
    float64: () => (view.setFloat64(0, Number(object.value), true), 8),
    float32: () => (view.setFloat32(0, Number(object.value), true), 4),
    int64: () => (view.setBigInt64(0, BigInt(object.value), true), 8),
    uint64: () => (view.setBigUint64(0, BigInt(object.value), true), 8),
    int32: () => (view.setInt32(0, Number(object.value), true), 4),
    uint32: () => (view.setUint32(0, Number(object.value), true), 4),
    int16: () => (view.setInt16(0, Number(object.value), true), 2),
    uint16: () => (view.setUint16(0, Number(object.value), true), 2),
    int8: () => (view.setInt8(0, Number(object.value)), 1),
    uint8: () => (view.setUint8(0, Number(object.value)), 1),
  };
  return new Uint8Array(view.buffer, 0, writers[object.dtype ?? 'float64']?.() ?? 8);
}

function statistics(object: DataObject): Pick<Expected, 'min' | 'max' | 'mean' | 'n_nan'> | undefined {
  if (object.kind !== 'array') return undefined;
  const numbers = Array.from<number | bigint>(object.data).map(Number);
  const finite = numbers.filter((value) => !Number.isNaN(value));
  return {
    min: finite.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY),
    max: finite.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY),
    mean: finite.reduce((sum, value) => sum + value / finite.length, 0),
    n_nan: numbers.length - finite.length,
  };
}

function comparable(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function find(tree: TreeNode, path: string): TreeNode | undefined {
  return path
    .split('/')
    .filter((part) => part !== '')
    .reduce<TreeNode | undefined>((node, name) => node?.children.find((child) => child.name === name), tree);
}

function paths(tree: TreeNode): string[] {
  return tree.children.flatMap((child) => [`/${child.path}`, ...paths(child)]);
}

function checkHead(node: TreeNode, expected: Expected): void {
  expect(node.datatype).toBe(expected.datatype ?? null);
  expect(
    Object.fromEntries(Object.entries(node.attrs).map(([name, value]) => [name, comparable(value)])),
  ).toEqual(expected.attrs ?? {});
  if (node.datatype !== null) {
    const printed = printDatatype(parseDatatype(node.datatype));
    expect(printDatatype(parseDatatype(printed))).toBe(printed);
  }
}

function checkData(object: DataObject, expected: Expected): void {
  if (expected.sha256 !== undefined)
    expect(createHash('sha256').update(bytesOf(object)).digest('hex')).toBe(expected.sha256);
  const found = statistics(object);
  if (found !== undefined && expected.min !== undefined) {
    expect(found.min).toBe(expected.min);
    expect(found.max).toBe(expected.max);
    expect(found.n_nan).toBe(expected.n_nan ?? 0);
    expect(Math.abs((found.mean ?? 0) - (expected.mean ?? 0))).toBeLessThanOrEqual(
      Math.max(1e-9, 1e-5 * Math.abs(expected.mean ?? 0)),
    );
  }
  if (object.kind === 'scalar' && 'value' in expected)
    expect(comparable(object.value)).toEqual(expected.value);
}

describe.skipIf(listings.length === 0)(
  `listings of LH5 files below ${root}${listings.length === 0 ? ' (none there: skipped)' : ''}`,
  () => {
    describe.each(listings)('%s', (name) => {
      const listing = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as {
        source: string;
        objects: Record<string, Expected>;
      };
      const file = resolve(root, listing.source.replace(/^data\//, ''));
      const objects = Object.entries(listing.objects).filter(
        ([path]) => !missing.includes(`${name}:${path}`),
      );
      let reader: Lh5Reader;
      let tree: TreeNode;

      beforeAll(async () => {
        reader = await openReader(file);
        tree = await reader.tree();
      });
      afterAll(async () => reader.close());

      it('holds exactly the objects that are listed', () => {
        expect(paths(tree).sort()).toEqual(Object.keys(listing.objects).sort());
      });

      it.each(objects)('%s', async (path, expected) => {
        const node = find(tree, path);
        if (node === undefined) throw new Error(`${path} is not in the tree`);
        checkHead(node, expected);
        expect(node.fault).toBeUndefined();
        const object = await reader.read(path, { decode: false });
        if (expected.group === true) return;
        expect(node.shape).toEqual(expected.shape);
        expect(node.storage?.chunks ?? null).toEqual(expected.chunks ?? null);
        expect(node.storage?.filters ?? []).toEqual(expected.filters ?? []);
        const dtype = dtypes[expected.dtype ?? ''];
        if (dtype !== undefined) expect(node.dtype).toBe(dtype);
        checkData(object, expected);
      });
    });
  },
);

interface CodecCase {
  readonly codec: string;
  readonly codec_shift?: number;
  readonly input: string;
  readonly rows: number;
  readonly nbytes: readonly number[];
  readonly roundtrip_ok: boolean;
  readonly sha256_flattened?: string;
  readonly sha256_flattened_zero_padded?: string;
  readonly first_row_hex_start: string;
}

const codecFile = resolve(folder, 'codecs.json');
const codecCases = existsSync(codecFile)
  ? (JSON.parse(readFileSync(codecFile, 'utf8')) as { cases: CodecCase[] }).cases
  : [];

/** Inputs that are described: `ramp 0..299`, `constant 5 x 10`, `alternating 0/65535 x 100`, `[1,2,3]`. */
function describedRow(input: string): number[] | undefined {
  const numbers = (match: RegExpExecArray): number[] => match.slice(1).map(Number);
  const ramp = /^ramp (-?\d+)\.\.(-?\d+)/.exec(input);
  if (ramp !== null) {
    const [first = 0, last = 0] = numbers(ramp);
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  }
  const constant = /^constant (-?\d+) x (\d+)/.exec(input);
  if (constant !== null) {
    const [value = 0, count = 0] = numbers(constant);
    return new Array<number>(count).fill(value);
  }
  const alternating = /^alternating (-?\d+)\/(-?\d+) x (\d+)/.exec(input);
  if (alternating !== null) {
    const [even = 0, odd = 0, count = 0] = numbers(alternating);
    return Array.from({ length: count }, (_, k) => (k % 2 === 0 ? even : odd));
  }
  const list = /^\[([-\d,]+)\]/.exec(input);
  return list === null ? undefined : (list[1] ?? '').split(',').map(Number);
}

function findFile(name: string): string {
  const sources = listings.map(
    (listing) => (JSON.parse(readFileSync(resolve(folder, listing), 'utf8')) as { source: string }).source,
  );
  const source = sources.find((item) => item.split('/').at(-1) === name.split('/').at(-1)) ?? `data/${name}`;
  return resolve(root, source.replace(/^data\//, ''));
}

async function inputRows({ input, rows }: CodecCase): Promise<number[][]> {
  const described = describedRow(input);
  if (described !== undefined) return [described];
  const [file = '', path = ''] = input.split(':');
  const reader = await openReader(findFile(file));
  const values = await reader.read(path);
  await reader.close();
  if (values.kind !== 'array') throw new Error(`${input} is not an array`);
  const width = values.shape[1] ?? 0;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.data.slice(row * width, (row + 1) * width), Number),
  );
}

const plain = (codec: WaveformCodec, row: readonly number[]): Uint8Array =>
  codec.name === 'radware_sigcompress' ? encodeRadware(row, codec.shift) : encodeUleb128(row);
const compiled = (codec: WaveformCodec, row: readonly number[]): Uint8Array =>
  encodeRow(codec, Int32Array.from(row)).slice();

describe.skipIf(codecCases.length === 0).each([
  ['plain', plain],
  ['compiled', compiled],
] as const)('waveform codecs, %s, give the listed codes', (_name, encodeWith) => {
  it.each(codecCases)('$codec of $input', async (item) => {
    const rows = await inputRows(item);
    const shift = item.codec_shift ?? 0;
    const radware = item.codec === 'radware_sigcompress';
    if (!radware) expect(item.codec).toBe('uleb128_zigzag_diff');
    const codec: WaveformCodec = radware
      ? { name: 'radware_sigcompress', shift }
      : { name: 'uleb128_zigzag_diff' };
    const encode = (row: number[]): Uint8Array => encodeWith(codec, row);
    if (!item.roundtrip_ok) {
      // What the reference codes with a loss is refused here.
      expect(() => rows.map(encode)).toThrow('16-bit samples');
      return;
    }
    const codes = rows.map(encode);
    expect(codes.map((code) => code.length)).toEqual(item.nbytes);
    expect(Buffer.from(codes[0]!).toString('hex').startsWith(item.first_row_hex_start)).toBe(true);
    const expected = item.sha256_flattened ?? item.sha256_flattened_zero_padded;
    if (expected !== undefined)
      expect(createHash('sha256').update(Buffer.concat(codes)).digest('hex')).toBe(expected);
    codes.forEach((code, index) => {
      const row = rows[index]!;
      const out = new Int32Array(row.length);
      expect(radware ? decodeRadware(code, shift, out) : decodeUleb128(code, out)).toBe(row.length);
      expect(out).toEqual(Int32Array.from(row));
      out.fill(0);
      expect(decodeRow(codec, code, out)).toBe(row.length);
      expect(out).toEqual(Int32Array.from(row));
    });
  });
});

/** Text files of codes beside the waveforms that the original coder had: per line the number of words, the shift, the words. */
const wordSuffix = '-radware-sigcompressed.dat';
const wordFolder = resolve(root, 'lh5');
const wordFiles = existsSync(wordFolder)
  ? readdirSync(wordFolder).filter((name) => name.endsWith(wordSuffix))
  : [];

describe.skipIf(wordFiles.length === 0)('codes of the original coder', () => {
  it.each(wordFiles)('%s', async (name) => {
    const reader = await openReader(resolve(wordFolder, `${name.slice(0, -wordSuffix.length)}.lh5`));
    const values = await reader.read('geds/raw/waveform/values');
    await reader.close();
    if (values.kind !== 'array') throw new Error('there are no waveforms');
    const width = values.shape[1] ?? 0;
    const lines = readFileSync(resolve(wordFolder, name), 'utf8').trim().split('\n');
    expect(lines.length).toBe(values.shape[0]);
    lines.forEach((line, row) => {
      const [count = 0, shift = 0, ...words] = line.trim().split(/\s+/).map(Number);
      const code = Buffer.alloc(2 * count);
      words.slice(0, count).forEach((word, k) => code.writeUInt16BE(word & 0xffff, 2 * k));
      const samples = values.data.slice(row * width, (row + 1) * width) as Uint16Array;
      const codec: WaveformCodec = { name: 'radware_sigcompress', shift };
      expect(
        Buffer.from(encodeRow(codec, samples))
          .subarray(0, 2 * count)
          .equals(code),
      ).toBe(true);
    });
  });
});
