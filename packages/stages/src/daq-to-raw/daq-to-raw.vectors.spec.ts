import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standardFormats } from '@countroom/decoders';
import { type Lh5Reader, lh5Backend } from '@countroom/lh5';
import { parseOptions } from '@countroom/pipeline';
import type { DataObject } from '@countroom/records';
import { afterAll, describe, expect, it } from 'vitest';
import { runByteStage } from '../files/run-byte-stage.js';
import { daqToRaw } from './daq-to-raw.stage.js';

interface Expected {
  readonly datatype?: string;
  readonly shape?: readonly number[];
  readonly sha256?: string;
  readonly codec?: string;
  readonly codec_shift?: number;
  readonly undefined_in_reference?: boolean;
}

type Objects = Readonly<Record<string, Expected>>;

interface Variant {
  readonly case: string;
  readonly in: string;
  readonly out_spec: unknown;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly objects?: Objects;
  readonly error?: string;
}

/** Formats under the names that the established program gives them. */
const formatNames: Readonly<Record<string, string>> = {
  ORCA: 'orca',
  FlashCam: 'fcio',
  LlamaDaq: 'llama',
  Compass: 'compass',
};
const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'legend');
const expectedFolder = join(root, 'expected');
const scratch = mkdtempSync(join(tmpdir(), 'countroom-daq-to-raw-'));
const names = existsSync(expectedFolder)
  ? readdirSync(expectedFolder).filter((name) => /^build_raw-.*\.json$/.test(name))
  : [];

function load(name: string): { source?: string; objects?: Objects; cases?: Variant[] } {
  return JSON.parse(readFileSync(join(expectedFolder, name), 'utf8')) as ReturnType<typeof load>;
}

/** Whether there is a decoder: the suite of the decoders counts those that are missing. */
function canRead(input: string): boolean {
  return existsSync(input) && standardFormats().detect(readFileSync(input).subarray(0, 64)) !== undefined;
}

const listings = names.flatMap((name) => {
  const { source, objects } = load(name);
  if (source === undefined || objects === undefined) return [];
  const input = join(root, source.replace(/^data\//, ''));
  return canRead(input) ? [{ name, input, objects }] : [];
});
const variants = names.flatMap((name) => load(name).cases ?? []).filter((one) => canRead(join(root, one.in)));

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

async function convert(input: string, folder: string, options: Readonly<Record<string, unknown>>) {
  mkdirSync(join(scratch, folder), { recursive: true });
  const settings = input.replace(/\.[^.]*$/, '_settings.xml');
  const config = parseOptions(daqToRaw, {
    compatibility: 'reference',
    utcOffsetMinutes: 0,
    ...(existsSync(settings) ? { settings: readFileSync(settings, 'utf8') } : {}),
    ...options,
  });
  const output = join(scratch, folder, 'main.lh5');
  const naming = (name: string): string => join(scratch, folder, name);
  await runByteStage(daqToRaw, config, { input, output, naming }, { compression: { gzip: 4 } }, {});
  return existsSync(output) ? output : naming('OUT.lh5');
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Hash of what lies in the file; undefined where the suites of the file package look. */
function hashOf(object: DataObject): string | undefined {
  if (object.kind === 'scalar' && typeof object.value === 'string') return sha256(object.value);
  if (object.kind !== 'array') return undefined;
  const { data } = object;
  return sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

async function differences(file: string, objects: Objects, ignored: ReadonlySet<string>): Promise<string[]> {
  const reader = await lh5Backend.openReader(file);
  try {
    const found: string[] = [];
    for (const [path, expected] of Object.entries(objects)) {
      // Lengths of rows that were never filled say nothing either.
      const content = objects[path.replace(/cumulative_length$/, 'flattened_data')];
      const isUndefined = [expected, content].some((one) => one?.undefined_in_reference === true);
      if (isUndefined || ignored.has(basename(path))) continue;
      found.push(...(await difference(reader, path, expected)));
    }
    return found;
  } finally {
    await reader.close();
  }
}

async function difference(reader: Lh5Reader, path: string, expected: Expected): Promise<string[]> {
  if (!(await reader.has(path))) return [`${path} is missing`];
  const node = await reader.tree(path, { depth: 0 });
  const found: string[] = [];
  if (expected.datatype !== undefined && node.datatype !== expected.datatype)
    found.push(`${path} is ${String(node.datatype)}, expected ${expected.datatype}`);
  if (expected.shape !== undefined && String(node.shape) !== String(expected.shape))
    found.push(`${path} has the shape ${String(node.shape)}, expected ${String(expected.shape)}`);
  if (expected.codec !== undefined && node.attrs['codec'] !== expected.codec)
    found.push(`${path} is coded as ${String(node.attrs['codec'])}`);
  if (expected.codec !== undefined && Number(node.attrs['codec_shift'] ?? 0) !== expected.codec_shift)
    found.push(`${path} is shifted by ${String(node.attrs['codec_shift'])}`);
  if (expected.sha256 === undefined) return found;
  const hash = hashOf(await reader.read(path));
  if (hash !== undefined && hash !== expected.sha256) found.push(`${path} has other content`);
  return found;
}

/** Columns that the default conversion of an input marks as undefined. */
function undefinedColumns(input: string): Set<string> {
  const paths = listings
    .filter((listing) => listing.input === input)
    .flatMap(({ objects }) => Object.entries(objects))
    .filter(([, { undefined_in_reference: isUndefined }]) => isUndefined === true);
  return new Set(paths.map(([path]) => basename(path)));
}

describe.runIf(listings.length === 0)('raw files against expected ones', () => {
  it.skip(`there are no expectations below ${expectedFolder}`, () => undefined);
});

describe('default conversions', () => {
  it.each(listings)('$name: every defined column, hash by hash', async ({ name, input, objects }) => {
    const output = await convert(input, name, {});
    expect(await differences(output, objects, new Set())).toEqual([]);
    expect(Object.values(objects).filter((object) => object.sha256 !== undefined).length).toBeGreaterThan(10);
  });
});

describe('conversions with other layouts', () => {
  it.each(variants)(
    '$case',
    async ({ case: name, in: relative, out_spec: outSpec, kwargs, objects = {}, error }) => {
      const input = join(root, relative);
      const { n_max: nMax, buffer_size: bufferRows, in_stream_type: format = '', ...variables } = kwargs;
      const converting = convert(input, name, {
        outSpec,
        variables,
        format: (typeof format === 'string' ? formatNames[format] : undefined) ?? null,
        ...(nMax === undefined ? {} : { nMax: Number(nMax) }),
        ...(bufferRows === undefined ? {} : { bufferRows: Number(bufferRows) }),
      });
      if (error !== undefined) {
        const thing = /'([^']+)'/.exec(error)?.[1] ?? 'requires a buffer of at least length';
        await expect(converting).rejects.toThrow(thing);
        return;
      }
      expect(await differences(await converting, objects, undefinedColumns(input))).toEqual([]);
    },
  );
});
