import { parentPort, workerData } from 'node:worker_threads';
import type { StageRegistry } from '../graph/stage-registry.js';
import type { RowKernel } from '../stage/stage.js';
import type { BlockMessage, BlockReply, RowThreadData } from './thread-protocol.js';
import { transferables } from './transferables.js';

const data = workerData as RowThreadData;
const port = parentPort!;
const module = (await import(data.registryModule)) as { readonly stages: StageRegistry };
const stage = module.stages.get(data.stage);
const kernels = new Map<number, Promise<RowKernel>>();

async function kernelOf(task: number): Promise<RowKernel> {
  if (stage.work !== 'rows') throw new TypeError(`${stage.name} does not work on rows`);
  let kernel = kernels.get(task);
  if (kernel === undefined) {
    kernel = Promise.resolve(stage.kernel(data.tasks[task]!));
    kernels.clear();
    kernels.set(task, kernel);
  }
  return kernel;
}

port.on('message', (message: BlockMessage) => {
  void kernelOf(message.task)
    .then((kernel) => {
      const rows = kernel.process(message.rows, message.start);
      const reply: BlockReply = { id: message.id, ok: true, rows };
      port.postMessage(reply, transferables(rows));
    })
    .catch((error: unknown) => {
      const reply: BlockReply =
        error instanceof Error
          ? { id: message.id, ok: false, name: error.name, message: error.message }
          : { id: message.id, ok: false, name: 'Error', message: String(error) };
      port.postMessage(reply);
    });
});
