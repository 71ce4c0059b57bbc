import { createReadStream, statSync } from 'node:fs';
import { simulateFcio } from '@countroom/decoders';
import { DriverError } from '../../core/errors.js';
import type { ReplayConfig } from './replay.config.js';

/** Where the bytes of a recording come from; can be read again from the begin. */
export interface ReplayBytes {
  /** Name for people. */
  readonly name: string;
  /** Changes when the content does. */
  version(): string;
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const chunkBytes = 256 * 1024;

/** The bytes of a file. `version` throws DriverError `device` when it is not there. */
export function fileBytes(path: string): ReplayBytes {
  return {
    name: path,
    version: () => {
      const { size, mtimeMs } = fileStatus(path);
      return `${size} ${mtimeMs}`;
    },
    chunks: () => createReadStream(path, { highWaterMark: chunkBytes }),
  };
}

function fileStatus(path: string): { size: number; mtimeMs: number } {
  if (path === '') {
    throw new DriverError(
      'bad-configuration',
      'path',
      'the replay has no file: give the path of a recorded DAQ file',
    );
  }
  try {
    const status = statSync(path);
    if (!status.isFile()) throw new DriverError('device', path, `${path} is no file`);
    return status;
  } catch (thrown) {
    if (thrown instanceof DriverError) throw thrown;
    const known = thrown instanceof Error ? thrown.message : String(thrown);
    const reason = /^ENOENT/.test(known) ? 'there is no such file on the machine that takes data' : known;
    throw new DriverError('device', path, `cannot read ${path}: ${reason}`, { cause: thrown });
  }
}

/** A FlashCam recording made by software: two channels with thorium lines, by seed. */
export function simulatedBytes(config: ReplayConfig): ReplayBytes {
  return {
    name: 'simulated FlashCam recording',
    version: () => 'simulated',
    chunks: () =>
      gathered(
        simulateFcio({
          seed: config.seed,
          events: config.simulatedEvents,
          channels: 2,
          samples: 512,
          rateHz: 200,
          statusEvery: 500,
          lines: [
            { amplitude: 5832, weight: 2 },
            { amplitude: 26_145, weight: 2 },
          ],
        }),
      ),
  };
}

function* gathered(messages: Iterable<Uint8Array>): Generator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for (const message of messages) {
    parts.push(message);
    bytes += message.length;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    bytes = 0;
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
