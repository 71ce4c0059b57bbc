import type { KernelSpec, Numbers } from '../spec/kernel-spec.js';
import { KernelOperation } from './kernel-operation.js';
import type { Operation } from './operation.js';
import { type Storage, sizeOf } from './storage.js';

const fused = new Map<KernelSpec, KernelSpec>();

/** A filter and the search for its largest sample as one kernel; the reference still does one after the other. */
function topSpec(filter: KernelSpec, top: string, search: KernelSpec): KernelSpec {
  const known = fused.get(filter);
  if (known !== undefined) return known;
  const spec: KernelSpec = {
    ...filter,
    name: top,
    args: [...filter.args.slice(0, -1), search.args.at(-1)!],
    reference(...args) {
      const [waveform] = args as [Numbers];
      const filtered = waveform.slice();
      const fault = filter.reference(...args.slice(0, -1), filtered);
      if (fault !== 0 || filtered.some(Number.isNaN)) return fault;
      return search.reference(filtered, args.at(-1)!);
    },
  };
  fused.set(filter, spec);
  return spec;
}

/** The search for the largest sample when that is all that a step does and is done with its result. */
function topOf(filter: KernelOperation, readers: readonly Operation[]): KernelOperation | undefined {
  const result = filter.call.operands.at(-1)?.view;
  const [search] = readers;
  if (filter.call.spec.top === undefined || result === undefined || readers.length !== 1) return undefined;
  if (!(search instanceof KernelOperation) || search.call.spec.name !== 'amax') return undefined;
  const whole = search.call.operands[0]!;
  const isAll = whole.count === sizeOf(result.shape) && whole.view.start === result.start;
  return isAll && search.call.repetitions === 1 && filter.call.repetitions === 1 ? search : undefined;
}

/**
 * Makes one step of a filter and the search for its largest sample where nothing else is wanted of the filtered
 * waveform: it is then never written. `kept`: what is wanted at the end.
 */
export function fuseTops(operations: readonly Operation[], kept: ReadonlySet<Storage>): Operation[] {
  const readers = new Map<Storage, Operation[]>();
  for (const operation of operations) {
    for (const storage of operation.reads) {
      const known = readers.get(storage);
      if (known === undefined) readers.set(storage, [operation]);
      else known.push(operation);
    }
  }
  const gone = new Set<Operation>();
  return operations.flatMap((operation) => {
    if (gone.has(operation)) return [];
    const storage = operation.writes[0];
    if (!(operation instanceof KernelOperation) || storage === undefined || kept.has(storage))
      return [operation];
    const search = topOf(operation, readers.get(storage) ?? []);
    const { spec, operands } = operation.call;
    if (search === undefined || spec.top === undefined) return [operation];
    gone.add(search);
    const call = {
      ...operation.call,
      spec: topSpec(spec, spec.top, search.call.spec),
      operands: [...operands.slice(0, -1), search.call.operands.at(-1)!],
    };
    return [new KernelOperation(operation.label, call)];
  });
}
