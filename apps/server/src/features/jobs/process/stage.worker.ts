import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError } from '@countroom/pipeline';
import { runStageOnInputs, stages } from '@countroom/stages';
import type { StageThreadData, StageThreadMessage } from './stage-thread.protocol.js';

const { stage, options, inputs, output, threads } = workerData as StageThreadData;
const port = parentPort;
const tell = (message: StageThreadMessage): void => port?.postMessage(message);

const stop = new AbortController();
// There is one command only.
port?.on('message', () => stop.abort());

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal: stop.signal })) {
    hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}

try {
  // The result gets its name last: a file of that name is whole, and its checksum known.
  const unnamed = `${output}.new`;
  const result = await runStageOnInputs(
    { stage: stages.get(stage), options, inputs, output: unnamed, threads },
    {
      signal: stop.signal,
      onProgress: (progress) => tell({ type: 'progress', ...progress }),
      onLog: (level, text) => tell({ type: 'log', level, text }),
    },
  );
  const sha256 = await sha256Of(unnamed);
  const { size } = await stat(unnamed);
  await rename(unnamed, output);
  const { rows, tables, report } = result;
  tell({ type: 'done', rows, tables, report, sha256, bytes: size });
} catch (error) {
  const cancelled = stop.signal.aborted || error instanceof CancelledError;
  tell({ type: 'failed', cancelled, message: error instanceof Error ? error.message : String(error) });
} finally {
  port?.close();
}
