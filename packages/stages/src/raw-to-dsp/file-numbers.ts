import { readFile } from 'node:fs/promises';
import { chainFiles, type FileRequest } from '@countroom/dsp';
import { lh5Backend } from '@countroom/lh5';
import { type InputTable, StageError } from '@countroom/pipeline';
import type { DataObject } from '@countroom/records';
import { assignChains, inTable, stageName } from './assignment.js';
import { asNamed, type FileFinder } from './data-sets.js';
import type { FileNumbers, NumbersOfFiles, RawToDspOptions } from './options.js';

/** What the chains of tables ask for from files (loadlh5, processors made of a file), once each. */
export function requestedNumbers(
  config: RawToDspOptions,
  tables: readonly InputTable[],
): readonly FileRequest[] {
  const requests = assignChains(config, tables, []).flatMap(({ table, chain, database }) => {
    const request = { database, ...(config.outputs === undefined ? {} : { outputs: config.outputs }) };
    return inTable(table, () => chainFiles(chain, request));
  });
  return [...new Map(requests.map((one) => [`${one.file}\n${one.path}`, one])).values()];
}

function numbersOf(object: DataObject, { file, path }: FileRequest): FileNumbers {
  if (object.kind === 'array')
    return { dtype: object.dtype, shape: [...object.shape], values: Array.from(object.data, writable) };
  if (object.kind === 'scalar' && typeof object.value !== 'string') {
    const dtype = object.dtype ?? (Number.isInteger(Number(object.value)) ? 'int64' : 'float64');
    const { value } = object;
    return { dtype, shape: [], values: [writable(typeof value === 'bigint' ? value : Number(value))] };
  }
  throw new StageError(stageName, `${path} of ${file} must be a number or an array of numbers`);
}

/** Numbers as options hold them: NaN and infinities have no form of their own there, integers behind 2^53 are texts. */
function writable(value: number | bigint): FileNumbers['values'][number] {
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return String(value);
  return Number.isFinite(number) ? number : null;
}

/** A file as a whole (a model in JSON), byte by byte. */
async function bytesOf(path: string, file: string): Promise<FileNumbers> {
  try {
    const bytes = await readFile(path);
    return { dtype: 'uint8', shape: [bytes.length], values: Array.from(bytes) };
  } catch (error) {
    throw new StageError(stageName, `the model ${file} cannot be read: ${String(error)}`, [], error);
  }
}

/** The objects of one LH5 file. */
async function objectsOf(
  path: string,
  requests: readonly FileRequest[],
): Promise<Record<string, FileNumbers>> {
  const reader = await lh5Backend.openReader(path);
  try {
    const objects: Record<string, FileNumbers> = {};
    for (const request of requests)
      objects[request.path] = numbersOf(await reader.read(request.path), request);
    return objects;
  } finally {
    await reader.close();
  }
}

/** Reads what was asked for; the empty path stands for the file itself. Throws an Lh5Error or StageError that names the file. */
export async function readNumbers(
  requests: readonly FileRequest[],
  find: FileFinder = asNamed,
): Promise<NumbersOfFiles> {
  const found: Record<string, Record<string, FileNumbers>> = {};
  for (const file of new Set(requests.map((request) => request.file))) {
    const ofFile = requests.filter((one) => one.file === file);
    const paths = ofFile.filter(({ path }) => path !== '');
    found[file] = {
      ...(paths.length === 0 ? {} : await objectsOf(find(file), paths)),
      ...(paths.length === ofFile.length ? {} : { '': await bytesOf(find(file), file) }),
    };
  }
  return found;
}
