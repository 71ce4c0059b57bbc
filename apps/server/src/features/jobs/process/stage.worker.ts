import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { CancelledError } from '@countroom/pipeline';
import { runStageOnInputs, stages } from '@countroom/stages';
import type { StageThreadData, StageThreadMessage, StageThreadOrder } from './stage-thread.protocol.js';

const port = parentPort;
const tell = (message: StageThreadMessage): void => port?.postMessage(message);

let running: AbortController | undefined;

port?.on('message', (order: StageThreadOrder) => {
  if (order.type === 'stop') running?.abort();
  else void run(order.data);
});

async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}

async function run({ stage, options, inputs, output, threads }: StageThreadData): Promise<void> {
  const stop = new AbortController();
  running = stop;
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
    const sha256 = await sha256Of(unnamed, stop.signal);
    const { size } = await stat(unnamed);
    await rename(unnamed, output);
    running = undefined;
    const { rows, tables, report } = result;
    tell({ type: 'done', rows, tables, report, sha256, bytes: size });
  } catch (error) {
    const cancelled = stop.signal.aborted || error instanceof CancelledError;
    tell({ type: 'failed', cancelled, message: error instanceof Error ? error.message : String(error) });
    port?.close();
  }
}
