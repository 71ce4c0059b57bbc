import type { FileNumbers } from '@countroom/contracts';
import type { ChainFiles, ChainFinding, FileRequest } from '@countroom/dsp';
import { allocate, dtypes } from '@countroom/records';
import type { Json } from '../../lib/form/schema-node';
import { isFields } from './chain-text';
import { valueAt } from './draft';

/** Numbers of files by file and path; a text says why they could not be had. */
export type KnownNumbers = Readonly<Record<string, Readonly<Record<string, FileNumbers | string>>>>;

const nothingKnown: KnownNumbers = {};

/** What is known of one request: numbers, why not, or undefined as long as nobody has looked. */
export function numbersAt(
  known: KnownNumbers,
  { file, path }: FileRequest,
): FileNumbers | string | undefined {
  const objects = Object.hasOwn(known, file) ? known[file] : undefined;
  return objects !== undefined && Object.hasOwn(objects, path) ? objects[path] : undefined;
}

/** Both; what stands in the second counts. */
export function mergeNumbers(under: KnownNumbers, over: KnownNumbers): KnownNumbers {
  return Object.fromEntries(
    [...new Set([...Object.keys(under), ...Object.keys(over)])].map((file) => [
      file,
      { ...under[file], ...over[file] },
    ]),
  );
}

/** The numbers that a configuration holds itself. */
export function storedNumbers(content: Json): KnownNumbers {
  const numbers = valueAt(content, ['numbers']);
  return isFields(numbers) ? (numbers as unknown as KnownNumbers) : nothingKnown;
}

/** Numbers as a chain asks for them. */
export function filesOf(known: KnownNumbers): ChainFiles {
  return (request) => {
    const found = numbersAt(known, request);
    const dtype = typeof found === 'object' ? dtypes.find((one) => one === found.dtype) : undefined;
    if (typeof found !== 'object' || dtype === undefined) return undefined;
    const data = allocate(dtype, found.values.length);
    found.values.forEach((value, i) => {
      if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(value ?? 0);
      else data[i] = Number(value ?? Number.NaN);
    });
    return { shape: found.shape, data };
  };
}

/** Findings of processors that name a file, with the reason why its numbers are not there. */
export function withReasons(
  findings: readonly ChainFinding[],
  config: unknown,
  requests: readonly FileRequest[],
  known: KnownNumbers,
): ChainFinding[] {
  return findings.map((finding) => {
    if (finding.severity !== 'error' || finding.processor === undefined) return finding;
    const recipe = JSON.stringify(valueAt(config as Json, ['processors', finding.processor]) ?? null);
    const lacking = requests.find(
      (request) => recipe.includes(request.file) && typeof numbersAt(known, request) !== 'object',
    );
    if (lacking === undefined) return finding;
    const found = numbersAt(known, lacking);
    const why = typeof found === 'string' ? found : `${lacking.file} is being read`;
    return { ...finding, message: `${finding.message} (${why})` };
  });
}
