import { type KernelCall, KernelOperation, type Operand } from './kernel-operation.js';
import { LoadOperation } from './load-operation.js';
import type { Operation } from './operation.js';
import { Storage } from './storage.js';

/** Part of a waveform that may be loaded a second time for it: beyond a third that takes longer than subtracting afterwards. */
const mostLoadedTwice = 1 / 4;

/** Samples [from, to) of a waveform. */
interface Section {
  readonly from: number;
  readonly to: number;
}

/** The operands of a step that are sections of a storage without gaps; undefined when it takes others of it. */
function sectionsOf(operation: Operation, storage: Storage): readonly Section[] | undefined {
  if (!(operation instanceof KernelOperation) || operation.call.repetitions !== 1) return undefined;
  const operands = operation.call.operands.filter(({ view }) => view.storage === storage);
  if (operands.some(({ view }) => view.step !== 1)) return undefined;
  return operands.map(({ view, count }) => ({ from: view.start, to: view.start + count }));
}

/** The subtraction of a number per row from a loaded waveform, as a step of the chain. */
interface Subtraction {
  readonly step: KernelOperation;
  readonly waveform: Operand;
  readonly baseline: Operand;
  readonly result: Storage;
}

function subtractionOf(operation: Operation, loaded: Storage): Subtraction | undefined {
  if (!(operation instanceof KernelOperation) || operation.call.spec.name !== 'bl_subtract') return undefined;
  const [waveform, baseline, output] = operation.call.operands;
  if (waveform?.view.storage !== loaded || waveform.view.step !== 1) return undefined;
  if (operation.call.repetitions !== 1 || baseline === undefined || output === undefined) return undefined;
  const { storage, start, step } = output.view;
  const isWhole = start === 0 && step === 1 && storage.length === waveform.count;
  const isSameType = [storage, baseline.view.storage].every(({ dtype }) => dtype === loaded.dtype);
  const isApart = baseline.view.storage !== loaded;
  return isWhole && isSameType && isApart
    ? { step: operation, waveform, baseline, result: storage }
    : undefined;
}

/** The same call with a section of the waveform in the place of all of it. */
function onSection(call: KernelCall, whole: Storage, section: Storage, from: number): KernelCall {
  const operands = call.operands.map((operand) => {
    const { view } = operand;
    if (view.storage !== whole) return operand;
    return { ...operand, view: { ...view, storage: section, start: view.start - from } };
  });
  return { ...call, operands };
}

/** The steps that take the place of others so that a subtraction happens while the waveform is loaded. */
function replacements(
  load: LoadOperation,
  readers: readonly Operation[],
): ReadonlyMap<Operation, readonly Operation[]> | undefined {
  const { column, target: loaded } = load;
  const [subtraction, ...more] = readers.flatMap((reader) => subtractionOf(reader, loaded) ?? []);
  if (subtraction === undefined || more.length > 0) return undefined;
  const others = readers.filter((reader) => reader !== subtraction.step);
  const sections = others.map((reader) => sectionsOf(reader, loaded));
  if (sections.some((found) => found === undefined)) return undefined;
  const all = sections.flatMap((found) => found ?? []);
  const from = Math.min(...all.map((one) => one.from));
  const to = Math.max(from, ...all.map((one) => one.to));
  const { step, waveform, baseline, result } = subtraction;
  if (all.length > 0 && to - from > mostLoadedTwice * waveform.count) return undefined;
  const less = new LoadOperation(
    step.label,
    { ...column, start: column.start + waveform.view.start },
    result,
    baseline.view,
  );
  const replaced = new Map<Operation, readonly Operation[]>([
    [load, []],
    [step, [less]],
  ]);
  if (all.length === 0) return replaced;
  const section = new Storage(loaded.dtype, to - from, loaded.label);
  replaced.set(load, [new LoadOperation(load.label, { ...column, start: column.start + from }, section)]);
  for (const reader of others) {
    if (reader instanceof KernelOperation)
      replaced.set(reader, [
        new KernelOperation(reader.label, onSection(reader.call, loaded, section, from)),
      ]);
  }
  return replaced;
}

/**
 * Subtracts baselines while waveforms are loaded, where the waveform with its baseline is not needed as a whole: statistics over a
 * short part of it get that part alone, loaded before. `kept`: what is wanted at the end.
 */
export function fuseLoads(operations: readonly Operation[], kept: ReadonlySet<Storage>): Operation[] {
  let steps = [...operations];
  for (const load of operations) {
    if (!(load instanceof LoadOperation)) continue;
    const { target: loaded } = load;
    if (loaded.length < 2 || kept.has(loaded)) continue;
    const readers = steps.filter(({ reads }) => reads.includes(loaded));
    const replaced = replacements(load, readers);
    if (replaced !== undefined) steps = steps.flatMap((step) => replaced.get(step) ?? [step]);
  }
  return steps;
}
