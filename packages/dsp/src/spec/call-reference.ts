import { type AnyNumbers, isBig } from '../reference/any-numbers.js';
import type { KernelSpec, Numbers, Sizes } from './kernel-spec.js';

function hasNan(values: Numbers): boolean {
  for (let i = 0; i < values.length; i += 1) if (Number.isNaN(values[i]!)) return true;
  return false;
}

/** True when the NaN rule makes all results of this row NaN. */
export function isNanRow(spec: KernelSpec, args: readonly Numbers[]): boolean {
  if (spec.nan === 'own') return false;
  return spec.args.some(
    ({ output, nanAllowed }, position) => output !== true && nanAllowed !== true && hasNan(args[position]!),
  );
}

function clear(array: AnyNumbers): void {
  if (isBig(array)) array.fill(0n);
  else array.fill(Number.NaN);
}

/** Marks all results of one row as not computed: NaN, or 0 in integers. */
export function clearResults(spec: KernelSpec, args: readonly Numbers[]): void {
  spec.args.forEach(({ output }, position) => {
    if (output !== true) return;
    clear(args[position]!);
  });
}

/**
 * Runs the reference of a kernel on one row with all rules around it: results are NaN at first, a NaN input ends it
 * there, parameters are checked after that. `scalars` is filled for the check and may be used again. Returns the
 * text of a fault or undefined.
 */
export function callReference(
  spec: KernelSpec,
  args: readonly Numbers[],
  sizes: Sizes,
  scalars: Record<string, number>,
): string | undefined {
  clearResults(spec, args);
  if (isNanRow(spec, args)) return undefined;
  if (spec.check !== undefined) {
    spec.args.forEach(({ name }, position) => {
      scalars[name] = args[position]![0] ?? Number.NaN;
    });
    const fault = spec.check(scalars, sizes);
    if (fault !== undefined) return fault;
  }
  if (spec.args.some(({ output }, position) => output !== true && args[position]!.length === 0))
    return undefined;
  const fault = spec.reference(...args);
  return fault === 0 ? undefined : (spec.faults?.[fault - 1] ?? `fault ${fault.toString()}`);
}
