import type { KernelSpec, Numbers } from '../spec/kernel-spec.js';
import { type KernelCall, KernelOperation } from './kernel-operation.js';
import type { Operation } from './operation.js';
import { lanes, type Storage, sizeOf } from './storage.js';

/** A filter and the search for its largest sample as one kernel; the reference still does one after the other. */
function topSpec(filter: KernelSpec, top: string, search: KernelSpec): KernelSpec {
  return {
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
}

/** The call that finds the largest of all samples of a filter's result. */
function topCall(filter: KernelCall, search: KernelCall): KernelCall | undefined {
  const { spec, operands } = filter;
  const [whole, ...rest] = search.operands;
  if (spec.top === undefined || whole?.count !== sizeOf(operands.at(-1)!.view.shape)) return undefined;
  return {
    ...filter,
    spec: topSpec(spec, spec.top, search.spec),
    operands: [...operands.slice(0, -1), rest.at(-1)!],
  };
}

/** A filter and the look at some places of its result as one kernel; the parameters have been checked. */
function placesSpec(filter: KernelSpec, at: string, limit: number, pick: KernelSpec): KernelSpec {
  return {
    ...filter,
    name: at,
    check: () => undefined,
    args: [...filter.args.slice(0, -1), ...pick.args.slice(1)],
    faults: pick.faults ?? [],
    reference(...args) {
      const [waveform] = args as [Numbers];
      const filtered = waveform.slice();
      const fault = filter.reference(...args.slice(0, -2), filtered);
      const part = filtered.subarray(0, limit);
      if (fault !== 0 || part.some(Number.isNaN)) return fault;
      return pick.reference(part, ...args.slice(-2));
    },
  };
}

/** The parameters of a call by name when they are the same in all rows. */
function constantScalars({ spec, operands }: KernelCall): Record<string, number> | undefined {
  const scalars: Record<string, number> = {};
  for (const [position, { view, count }] of operands.entries()) {
    if (count > 1) continue;
    const value = view.storage.constant?.[view.start * lanes];
    if (value === undefined) return undefined;
    scalars[spec.args[position]!.name] = Number(value);
  }
  return scalars;
}

/** The call that gives some samples of a filter's result, when few samples of the waveform have to be read for them. */
function placesCall(filter: KernelCall, pick: KernelCall): KernelCall | undefined {
  const { spec, operands, sizes } = filter;
  const [part, ...rest] = pick.operands;
  const lengths = constantScalars(filter);
  if (spec.at === undefined || part === undefined || lengths === undefined) return undefined;
  const { m } = pick.sizes;
  const reads = 2 * m * Object.values(lengths).reduce((sum, length) => sum + length, 0);
  if (reads > sizes.n || spec.check?.(lengths, sizes) !== undefined) return undefined;
  return {
    spec: placesSpec(spec, spec.at, part.count, pick.spec),
    operands: [...operands.slice(0, -1), ...rest],
    sizes: { ...sizes, m, p: part.count },
    dimensions: [sizes.n, part.count, m],
    repetitions: 1,
  };
}

/** Both calls as one, when the second is all that is done with the result of the first. */
function fusedCall(filter: KernelCall, reader: KernelCall): KernelCall | undefined {
  const result = filter.operands.at(-1)?.view;
  const read = reader.operands[0]?.view;
  if (filter.repetitions !== 1 || reader.repetitions !== 1) return undefined;
  if (result === undefined || read?.storage !== result.storage || read.start !== result.start)
    return undefined;
  if (reader.spec.name === 'amax') return topCall(filter, reader);
  return reader.spec.name === 'multi_a_filter' ? placesCall(filter, reader) : undefined;
}

/**
 * Makes one step of a filter and what is done with its result where that is all: the search for its largest sample, or a look
 * at some places. The filtered waveform is then never written. `kept`: what is wanted at the end.
 */
export function fuseResults(operations: readonly Operation[], kept: ReadonlySet<Storage>): Operation[] {
  const readers = new Map<Storage, Operation[]>();
  for (const operation of operations) {
    for (const storage of operation.reads) readers.set(storage, [...(readers.get(storage) ?? []), operation]);
  }
  const gone = new Set<Operation>();
  const fused = new Map<Operation, Operation>();
  for (const operation of operations) {
    const storage = operation.writes[0];
    if (!(operation instanceof KernelOperation) || storage === undefined || kept.has(storage)) continue;
    const [reader, ...others] = readers.get(storage) ?? [];
    if (!(reader instanceof KernelOperation) || others.length > 0) continue;
    const call = fusedCall(operation.call, reader.call);
    if (call === undefined) continue;
    gone.add(operation);
    // Faults of a search are those of the filter's parameters; at some places only the places can be wrong.
    const label = call.spec.name === operation.call.spec.top ? operation.label : reader.label;
    fused.set(reader, new KernelOperation(label, call));
  }
  return operations.flatMap((operation) => (gone.has(operation) ? [] : [fused.get(operation) ?? operation]));
}
