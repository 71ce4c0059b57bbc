import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeStream } from './core/decode-stream.js';
import type { DecodedBatch, DecodedObject, DecodeOptions } from './core/decoder.js';
import { recognise } from './core/signatures.js';
import { fileChunks } from './files/file-source.js';
import { standardFormats } from './formats.js';
import { parseOutSpec } from './out-spec/out-spec.js';
import { collectTables, type WholeTable } from './testing/collect.js';
import { compareTables, type ExpectedObjects } from './testing/expected.js';
import { missing } from './testing/missing.js';
import { testDataRoot } from './testing/test-data.js';

interface Listing {
  readonly source: string;
  readonly objects: ExpectedObjects;
}

interface Case {
  readonly case: string;
  readonly in: string;
  readonly out_spec: unknown;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly objects?: ExpectedObjects;
  readonly error?: string;
}

const root = testDataRoot();
const folder = root === undefined ? undefined : join(root, 'legend');
const expectedFolder = folder === undefined ? undefined : join(folder, 'expected');
const registry = standardFormats();
const listings =
  expectedFolder !== undefined && existsSync(expectedFolder) ? readdirSync(expectedFolder) : [];

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(expectedFolder!, name), 'utf8'));
}

/** The format when it is listed as missing; undefined when it must work. */
function missingFormat(path: string): string | undefined {
  const format = recognise(readFileSync(path).subarray(0, 64));
  return missing.formats.find((name) => name === format);
}

/** Text of the settings file beside an input, as `<name>_settings.xml`. */
function settingsOf(path: string): { readonly settings?: string } {
  const beside = path.replace(/\.[^.]*$/, '_settings.xml');
  return existsSync(beside) ? { settings: readFileSync(beside, 'utf8') } : {};
}

/**
 * The expectation of a variant, without the columns that the default conversion of the input marks as undefined, and
 * without the codes of compressed waveforms: they come into being with the file, where the suite of the stage looks.
 */
function definedOf({ in: input, objects = {} }: Case): ExpectedObjects {
  const columns = new Set<string | undefined>();
  for (const name of listings.filter((file) => file.startsWith('build_raw-'))) {
    const { source, objects: all = {} } = read(name) as Partial<Listing>;
    if (source?.endsWith(input) !== true) continue;
    for (const [path, { undefined_in_reference: isUndefined }] of Object.entries(all))
      if (isUndefined === true) columns.add(path.split('/').pop());
  }
  const isDefined = (path: string): boolean =>
    !columns.has(path.split('/').pop()) && !/\/(?:encoded_data|decoded_size)(?:\/|$)/.test(path);
  return Object.fromEntries(Object.entries(objects).filter(([path]) => isDefined(path)));
}

interface Decoded {
  readonly tables: ReadonlyMap<string, WholeTable>;
  readonly objects: readonly DecodedObject[];
}

async function decode(path: string, options: DecodeOptions): Promise<Decoded> {
  const batches: DecodedBatch[] = [];
  const objects: DecodedObject[] = [];
  // An odd chunk size, so that records straddle chunks.
  const source = fileChunks(path, { chunkBytes: 65_537 });
  const made = {
    inputName: basename(path),
    utcOffsetMinutes: 0,
    compatibility: 'reference' as const,
    ...settingsOf(path),
  };
  const onObject = (object: DecodedObject): unknown => objects.push(object);
  for await (const batch of decodeStream(source, registry, { ...options, ...made, onObject }))
    batches.push(batch);
  return { tables: collectTables(batches), objects };
}

async function attempt(path: string, format: string, run: () => Promise<void>): Promise<void> {
  const worked = await run().then(
    () => true,
    () => false,
  );
  expect(worked, `${path} is of ${format}, listed as missing, and works: take it off the list`).toBe(false);
}

describe.skipIf(listings.length === 0)('default conversions (skipped without the shared test data)', () => {
  for (const name of listings.filter((file) => /^build_raw-.*\.json$/.test(file))) {
    const listing = read(name) as Partial<Listing>;
    if (listing.source === undefined || listing.objects === undefined) continue;
    const path = join(folder!, listing.source.replace(/^data\//, ''));
    const { objects } = listing;
    const check = async (): Promise<void> => {
      const decoded = await decode(path, {});
      const { differences, compared } = compareTables(decoded.tables, objects, decoded.objects);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(0);
    };
    const format = existsSync(path) ? missingFormat(path) : undefined;
    it(format === undefined ? name : `${name} (missing: ${format})`, () =>
      format === undefined ? check() : attempt(path, format, check),
    );
  }
});

describe.skipIf(!listings.includes('build_raw-variants.json'))('conversions with other layouts', () => {
  const cases = listings.includes('build_raw-variants.json')
    ? (read('build_raw-variants.json') as { cases: Case[] }).cases
    : [];
  for (const variant of cases) {
    const path = join(folder!, variant.in);
    const lacking = missingFormat(path);
    const check = async (): Promise<void> => {
      const { tables, objects } = await decode(path, optionsOf(variant));
      if (variant.error !== undefined) throw new Error(`no error, but expected: ${variant.error}`);
      expect(compareTables(tables, definedOf(variant), objects).differences).toEqual([]);
    };
    it(lacking === undefined ? variant.case : `${variant.case} (missing: ${lacking})`, async () => {
      if (lacking !== undefined) return attempt(path, lacking, check);
      if (variant.error === undefined) return check();
      await expect(check()).rejects.toThrow(faultOf(variant.error));
    });
  }
});

function optionsOf({ out_spec, kwargs }: Case): DecodeOptions {
  const { n_max, buffer_size, ...rest } = kwargs;
  const variables = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)]));
  return {
    outSpec: parseOutSpec(out_spec),
    variables,
    ...(n_max === undefined ? {} : { limits: { rows: Number(n_max) } }),
    ...(buffer_size === undefined ? {} : { batchRows: Number(buffer_size) }),
  };
}

/** What our message must say: the named thing and the fault of the expected one. */
function faultOf(error: string): RegExp {
  const text = error.replace(/^\w+: /, '').replace(/"/g, '');
  const thing = /'([^']+)'/.exec(text)?.[1];
  if (text.includes('not defined')) return new RegExp(`'${thing}' is not defined`);
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/but buffer/, 'but .*'));
}
