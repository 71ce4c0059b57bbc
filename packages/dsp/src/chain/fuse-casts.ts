import { ElementwiseOperation } from './elementwise-operation.js';
import { KernelOperation } from './kernel-operation.js';
import type { Operation } from './operation.js';
import type { Storage } from './storage.js';

/**
 * Gives a float32 waveform as it is to kernels that take it so beside numbers in double, instead of a copy in double.
 * Copies that nobody reads any more are still among the operations.
 */
export function fuseCasts(operations: readonly Operation[]): Operation[] {
  const sources = new Map<Storage, Storage>();
  return operations.map((operation) => {
    if (operation instanceof ElementwiseOperation && operation.widened !== undefined)
      sources.set(operation.writes[0]!, operation.widened);
    if (!(operation instanceof KernelOperation) || operation.call.spec.widens !== true) return operation;
    const [waveform, ...others] = operation.call.operands;
    const source = waveform === undefined ? undefined : sources.get(waveform.view.storage);
    if (waveform === undefined || source === undefined) return operation;
    const asItIs = { ...waveform, view: { ...waveform.view, storage: source } };
    return new KernelOperation(operation.label, { ...operation.call, operands: [asItIs, ...others] });
  });
}
