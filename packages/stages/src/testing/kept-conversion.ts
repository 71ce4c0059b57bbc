import { parseOptions } from '@countroom/pipeline';
import { daqToRaw } from '../daq-to-raw/daq-to-raw.stage.js';
import { runByteStage } from '../files/run-byte-stage.js';

/**
 * A conversion in a process of its own that may be killed at any time, for tests: `node kept-conversion.js <input> <output>`.
 * Its state is kept after every 256 KiB of input.
 */
const [, , input = '', output = ''] = process.argv;
const keep = { resume: true, markBytes: 256 << 10, seconds: 0 };
const told: string[] = [];
await runByteStage(
  daqToRaw,
  parseOptions(daqToRaw, { checksums: true, bufferRows: 500 }),
  { input, output, keep },
  {},
  {
    onLog: (_, text) => told.push(text),
  },
);
process.stdout.write(told.some((text) => text.startsWith('goes on')) ? 'gone on' : 'in one go');
