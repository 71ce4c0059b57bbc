import { allocate } from '@countroom/records';
import type { Numbers, SharedTransform } from '../spec/kernel-spec.js';
import { KernelOperation, type Operand } from './kernel-operation.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { lanes, Storage } from './storage.js';

/** Does what several calls want done with the same waveform, once. */
class TransformOperation implements Operation {
  readonly work: string;
  readonly scratchBytes = 0;
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
  readonly result: Storage;
  private readonly table: Storage;

  constructor(
    readonly label: string,
    private readonly plan: SharedTransform,
    private readonly operand: Operand,
  ) {
    const { dtype } = operand.view.storage;
    this.work = plan.kernel;
    this.result = new Storage(dtype, plan.samples, `transform of ${operand.view.storage.label}`);
    this.table = new Storage(dtype, Math.ceil(plan.table.length / lanes), `table of ${plan.kernel}`);
    const data = allocate(dtype, this.table.length * lanes) as Numbers;
    data.set(plan.table);
    this.table.constant = data;
    this.reads = [operand.view.storage, this.table];
    this.writes = [this.result];
  }

  /** Nothing is done where the function is missing: then the calls go by their references, which do not want it. */
  bind(memory: Memory): (block: Block) => void {
    const { plan, operand, result, table } = this;
    const { storage, start } = operand.view;
    const bytes = memory.array(storage).BYTES_PER_ELEMENT;
    const kernel = memory.kernel(`${plan.kernel}${bytes === 8 ? '_f64' : '_f32'}`);
    if (kernel === undefined) return () => undefined;
    const from = memory.address(storage) + start * lanes * bytes;
    const fromBytes = memory.tileStride(storage) * bytes;
    const to = memory.address(result);
    const toBytes = memory.tileStride(result) * bytes;
    const args = [operand.count, 0, 0, ...plan.extra, memory.address(table)];
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        args[1] = from + tile * fromBytes;
        args[2] = to + tile * toBytes;
        kernel(...args);
      }
    };
  }
}

/** Puts the transforms that calls want before them, each once. */
export function shareTransforms(operations: readonly Operation[]): Operation[] {
  const known = new Map<Storage, Map<string, Storage>>();
  return operations.flatMap((operation) => {
    if (!(operation instanceof KernelOperation) || operation.transform === undefined) return [operation];
    const { plan, operand } = operation.transform;
    const { storage, start } = operand.view;
    const key = [start, operand.count, plan.kernel, ...plan.extra].join(' ');
    const ofStorage = known.get(storage) ?? new Map<string, Storage>();
    known.set(storage, ofStorage);
    const found = ofStorage.get(key);
    if (found !== undefined) return [operation.after(found)];
    const step = new TransformOperation(operation.label, plan, operand);
    ofStorage.set(key, step.result);
    return [step, operation.after(step.result)];
  });
}
