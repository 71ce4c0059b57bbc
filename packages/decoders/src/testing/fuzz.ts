import { createHash, type Hash } from 'node:crypto';
import { rowLength } from '@countroom/records';
import type { DecodedBatch, DecodeOptions, FormatDefinition, StreamDecoder } from '../core/decoder.js';
import { randomSource } from '../core/random.js';
import { concatenate, corrupted } from './corrupt.js';

/** One input that a decoder does not stand. The seed makes the same input again. */
export interface FuzzFailure {
  readonly seed: number;
  /**
   * `throws`; `slow`: more processor time than `slowMs`; `reads-beyond`: the result depends on bytes around a chunk, or on what becomes
   * of a chunk after it was taken.
   */
  readonly kind: 'throws' | 'slow' | 'reads-beyond';
  readonly detail: string;
}

/** What inputs to make. */
export interface FuzzOptions {
  /** First seed (default 1). */
  readonly first?: number;
  /** Inputs. */
  readonly inputs: number;
  /** Most processor time for one input, ms (default 5000). */
  readonly slowMs?: number;
  /** Called before each input. */
  onInput?(seed: number): void;
}

/** What came out. */
export interface FuzzReport {
  readonly inputs: number;
  readonly bytes: number;
  /** Rows that were decoded from all inputs: 0 would mean that nothing is left to decode after the damage. */
  readonly rows: number;
  readonly slowestMs: number;
  readonly failures: readonly FuzzFailure[];
}

/** Bytes around each chunk that no decoder may look at. */
const margin = 64;

/**
 * Decodes damaged copies of valid files. Every input is decoded twice, with other bytes around its chunks and other bytes
 * in their place once they were taken: both results must be the same. Chunk sizes, batch sizes and a restart from
 * a checkpoint vary with the seed.
 */
export function fuzzFormat(
  format: FormatDefinition,
  corpus: readonly Uint8Array[],
  options: FuzzOptions,
): FuzzReport {
  const failures: FuzzFailure[] = [];
  const first = options.first ?? 1;
  let bytes = 0;
  let rows = 0;
  let slowestMs = 0;
  for (let seed = first; seed < first + options.inputs; seed++) {
    options.onInput?.(seed);
    const input = fuzzInput(corpus, seed);
    bytes += input.length;
    const start = process.cpuUsage();
    try {
      const one = decodeWithin(format, input, seed, 0x00);
      const other = decodeWithin(format, input, seed, 0xff);
      rows += one.rows;
      if (one.digest !== other.digest)
        failures.push({ seed, kind: 'reads-beyond', detail: 'two decodings of the same bytes differ' });
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ seed, kind: 'throws', detail });
    }
    const { user, system } = process.cpuUsage(start);
    const elapsed = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, elapsed);
    if (elapsed > (options.slowMs ?? 5000))
      failures.push({
        seed,
        kind: 'slow',
        detail: `${elapsed.toFixed(0)} ms for two times ${input.length} bytes`,
      });
  }
  return { inputs: options.inputs, bytes, rows, slowestMs, failures };
}

/** The input of a seed: mostly one damaged file, sometimes two that were cut and joined. */
export function fuzzInput(corpus: readonly Uint8Array[], seed: number): Uint8Array {
  const random = randomSource(seed);
  const pick = (): Uint8Array => corpus[Math.floor(random() * corpus.length)]!;
  const file = pick();
  if (random() < 0.9) return corrupted(file, seed);
  const other = pick();
  const parts = [file.subarray(0, random() * file.length), other.subarray(random() * other.length)];
  return corrupted(concatenate(parts), seed);
}

interface Outcome {
  readonly digest: string;
  readonly rows: number;
}

function decodeWithin(format: FormatDefinition, input: Uint8Array, seed: number, around: number): Outcome {
  const random = randomSource(-seed);
  const hash = createHash('sha1');
  const options: DecodeOptions & { readonly keepGarbage: boolean } = {
    batchRows: 4096,
    batchBytes: 1024 * (1 + Math.floor(random() * 32)),
    memoryBytes: 1 << 20,
    keepGarbage: random() < 0.5,
    utcOffsetMinutes: 0,
    compatibility: random() < 0.5 ? 'reference' : 'correct',
  };
  const largestChunk = 1 + Math.floor(random() ** 2 * 2 * input.length);
  const restart = random() < 0.3 ? Math.floor(random() * input.length) : Infinity;
  let rows = 0;
  const take = (batches: readonly DecodedBatch[]): void => {
    for (const decoded of batches) {
      rows += decoded.batch.rows;
      digestBatch(hash, decoded);
    }
  };
  let decoder: StreamDecoder = format.open(options);
  let restarted = false;
  const isDone = (): boolean => decoder.done;
  for (let at = 0; at < input.length && !isDone(); ) {
    const chunk = input.subarray(at, at + 1 + Math.floor(random() * largestChunk));
    const memory = new Uint8Array(chunk.length + 2 * margin).fill(around);
    const within = memory.subarray(margin, margin + chunk.length);
    within.set(chunk);
    take(decoder.push(within));
    within.fill(around);
    digestObjects(hash, decoder);
    at += chunk.length;
    if (at < restart || restarted || isDone()) continue;
    restarted = true;
    const { batches, checkpoint } = decoder.flush();
    take(batches);
    hash.update(JSON.stringify(decoder.report()));
    const resume = JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint;
    decoder = format.open({ ...options, resume });
    at = resume.byteOffset;
  }
  take(decoder.finish());
  digestObjects(hash, decoder);
  hash.update(JSON.stringify([decoder.report(), decoder.tables()]));
  return { digest: hash.digest('hex'), rows };
}

function digestBatch(hash: Hash, { decoder, batch }: DecodedBatch): void {
  hash.update(`${decoder} ${batch.schema.name} ${batch.rows}`);
  batch.columns.forEach(({ data, offsets }, index) => {
    const used =
      offsets === undefined ? batch.rows * rowLength(batch.schema.columns[index]!) : offsets[batch.rows]!;
    const values = data.subarray(0, used);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    if (offsets !== undefined) hash.update(offsets.subarray(0, batch.rows + 1));
  });
}

function digestObjects(hash: Hash, decoder: StreamDecoder): void {
  for (const { path, object } of decoder.objects()) {
    hash.update(path);
    hash.update(
      JSON.stringify(object, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value,
      ),
    );
  }
}
