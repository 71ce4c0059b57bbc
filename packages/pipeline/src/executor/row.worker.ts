import { parentPort, workerData } from 'node:worker_threads';
import { BlockWork, KernelFailure } from './block-work.js';
import {
  type BlockMessage,
  type BlockReply,
  type RowThreadData,
  type RowThreadModule,
  started,
} from './thread-protocol.js';
import { transferables } from './transferables.js';

const data = workerData as RowThreadData;
const port = parentPort!;
const module = (await import(data.module)) as RowThreadModule;
const work = new BlockWork(data.tasks, (task) => module.kernelOf(data.stage, task));
const source = data.source === undefined ? undefined : await module.openSource!(data.source.elsewhere);

async function replyTo({ id, rows, ...block }: BlockMessage): Promise<void> {
  try {
    const result =
      rows === undefined
        ? await work.make(source!, block)
        : await work.compute(block.task, block.start, rows);
    const reply: BlockReply = { id, ok: true, rows: result };
    port.postMessage(reply, transferables(result));
  } catch (error) {
    const cause = error instanceof KernelFailure ? error.cause : error;
    const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) };
    const reply: BlockReply = { id, ok: false, reading: !(error instanceof KernelFailure), name, message };
    port.postMessage(reply);
  }
}

// One block after the other: reading goes into memory that is used again.
let last: Promise<void> = work.kernel(data.firstTask).then(
  () => undefined,
  // The block that meets the fault tells of it.
  () => undefined,
);
port.on('message', (message: BlockMessage) => {
  last = last.then(() => replyTo(message));
});
await last;
port.postMessage({ id: started, ok: true, rows: undefined } satisfies BlockReply);
