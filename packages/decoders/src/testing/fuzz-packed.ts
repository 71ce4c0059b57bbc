import { gzipSync } from 'node:zlib';
import { decodeStream } from '../core/decode-stream.js';
import { DecodeError } from '../core/errors.js';
import { FormatRegistry } from '../core/format-registry.js';
import { randomSource } from '../core/random.js';
import { fcioFormat } from '../fcio/fcio.format.js';
import { simulateFcio } from '../fcio/fcio-simulation.js';
import { type Packing, unpack } from '../files/unpack.js';
import { concatenate, corrupted } from './corrupt.js';
import type { FuzzFailure, FuzzOptions, FuzzReport } from './fuzz.js';

/** The recording that the packed files hold. */
export function packedContent(): Uint8Array {
  return concatenate(simulateFcio({ events: 8, channels: 1, samples: 16, seed: 1 }));
}

/** A small recording, packed in each way; what Node.js cannot pack was packed by the programs of these names. */
export const packedCorpus: Readonly<Record<Packing, () => Uint8Array>> = {
  gzip: () => gzipSync(packedContent()),
  bzip2: () =>
    Buffer.from(
      'QlpoOTFBWSZTWW1NWnsAAd////+b7Wr/4jP//6QpBrPGigChcGoBHgRYiEUYSK4REDBGsAF4tKsNU9TSjJ6h6mgxNDRpoGnqGgyBmiYQ' +
        '9QM1BkDRp6jBDyn6U8oGp6kp+mmmp6hAAAGgAAAAPUA0NAAAD0gDQCSRU2SPUGhoANAAAAAAAAAAAAAA0lARnsoGAjwwvjtDNgZoDgK+' +
        'IB0ZCZzMkESQ6QOHJ8wMgVWAyQCiAZAlLYQilk01HIp5L4RJTLdjQN4gMkEwwJ7nEQDJzSmoW3G3srifaOe1pfgA7UxFufRgBrK6ZYCQ' +
        'AwWUuqC/nrUUeOhPppGnUQYgo6KoNV+BOhqLXpQsic8JAkJifVBCdYshZLebKlNS+ZMTwnrohssQEMnfjqNVXnfVheYUjUztVzyPwyK0' +
        'CpFu43yyj7VFq974XtzLrneANCxassuHkymaB45zKN5DzvdV6QAwANu1YtqkQuXyCE6mdeX9OcuSQHHrOKQPM5kaUIjKAGAhBQCSA4gM' +
        'M8gnjta6SBPkQHSCDwABKpqGgZUM6zYAvyAEFhN+54GPhl1SAGhJrfgpjADXpxu2wK3U0ABVhTBQU2inACWF/iScgIf4CdnwCCAe6eLd' +
        'KyQVznCJYGf/i7kinChINqatPYA=',
      'base64',
    ),
  zstd: () =>
    Buffer.from(
      'KLUv/WSoBa0MAMYSSiwg3QEqyMgWzoAgsBB0JHK0JOreIRhk6I4BDdoqOfxrkPwwKaWUbtLUDXMQGT4APQA9AHgZ/93he2Z37djHftPv' +
        'v+jzn1X6fOH2S3qtEEeBdaB6u9QCrfEGI9cXdKAGMGrAIF1rYrwaSuer7VbWGycdqMPLcc0JLOnKeN/q1FyJC++eTfuqn/qn3/qc33/T' +
        'HyXshuYY0E85M0fgtPt633bwf0WfFxmGhyIAUF/yYoQ7Yl/+6rN+6PP990AkEATBglf2PaOD8g0eukX26femUgoB5joHlcdu0nk5Eofe' +
        'WvtsT06//6jv+aW/+gGY5AVVMe9SHZdTbq5t/Ka/4n8HtQhSbDQDZU/pspyIN++tXbYj/E990g/9z+9/6OCaPM+FynKf6tnci5fxN6hh' +
        'fKOFE0jOJoUOAHFbyHBRDRNYI5J4JKRQ4tGooKDwQhwgkIJ/5kCYOxsUmvNVZ4SgMW1I/+h1T2ncmCzYahxCCE1vHke0+lqEw4HFUdWH' +
        'Ccb53SRI74DBCcbkaDrrdsitn6tnkPqABkfR8DM=',
      'base64',
    ),
};

/** Unpacks and decodes damaged copies of a packed file. All that may come of one is rows, or a DecodeError that says why not. */
export async function fuzzPacked(packing: Packing, options: FuzzOptions): Promise<FuzzReport> {
  const part = packedCorpus[packing]();
  const file = concatenate([part, part, part]);
  const registry = new FormatRegistry();
  registry.register(fcioFormat);
  const failures: FuzzFailure[] = [];
  const { first = 1, inputs, slowMs = 5000 } = options;
  let [bytes, rows, slowestMs] = [0, 0, 0];
  for (let seed = first; seed < first + inputs; seed++) {
    options.onInput?.(seed);
    const input = corrupted(file, seed);
    bytes += input.length;
    const start = process.cpuUsage();
    try {
      const format = { format: fcioFormat, keepGarbage: true, batchRows: 1 };
      for await (const { batch } of decodeStream(
        unpack(chunksOf(input, seed), packing, 'input'),
        registry,
        format,
      ))
        rows += batch.rows;
    } catch (error) {
      // Given up as it should be: the time was spent in a thread of its own.
      if (error instanceof DecodeError && error.message.includes('comes to no end')) continue;
      if (!(error instanceof DecodeError)) {
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
        failures.push({ seed, kind: 'throws', detail });
      }
    }
    const { user, system } = process.cpuUsage(start);
    const elapsed = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, elapsed);
    if (elapsed > slowMs)
      failures.push({ seed, kind: 'slow', detail: `${elapsed.toFixed(0)} ms for ${input.length} bytes` });
  }
  return { inputs, bytes, rows, slowestMs, failures };
}

async function* chunksOf(input: Uint8Array, seed: number): AsyncGenerator<Uint8Array> {
  const random = randomSource(-seed);
  for (let at = 0; at < input.length; ) {
    const chunk = input.slice(at, at + 1 + Math.floor(random() ** 2 * input.length));
    at += chunk.length;
    yield chunk;
    await Promise.resolve();
  }
}
