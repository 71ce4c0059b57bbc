import { parseSignature } from '../spec/kernel-spec.js';
import type { NumberType } from '../spec/number-types.js';
import type { ChainBuilder } from './builder.js';
import type { Callee } from './call.js';
import { loopOrder } from './casting.js';
import { numberValue, type Value } from './variable.js';

/** An argument of a call: a value, with a keyword when it was written as `key = value`. */
export interface NamedValue {
  readonly keyword: string | undefined;
  readonly value: Value;
}

const everyType: readonly NumberType[] = [...loopOrder, 'complex64', 'complex128'];

/** numpy.copyto(dst, src): a copy under another name, and in another type where the destination is declared so. */
export const copyTo: Callee = {
  name: 'numpy.copyto',
  shapes: parseSignature('(),()'),
  types: everyType.map((type) => [type, type]),
  isOutput: [true, false],
  append(builder, operands) {
    const [target, source] = operands;
    if (target === undefined || source === undefined) return;
    builder.elementwise(
      (a) => a,
      [source.view],
      target.view,
      (a) => a,
    );
  },
};

/** Positional names of scipy.ndimage.gaussian_filter1d. */
const gaussianNames = ['input', 'sigma', 'axis', 'order', 'output', 'mode', 'cval', 'truncate'] as const;

function isNumber(value: Value | undefined, ...wanted: readonly number[]): boolean {
  return value === undefined || (value.kind === 'number' && wanted.includes(value.value));
}

/**
 * Arguments of scipy.ndimage.gaussian_filter1d as those of our smoothing kernel: waveform, sigma, truncate, output.
 * Throws a ProcessingChainError for what the kernel does not do.
 */
export function smoothingArguments(builder: ChainBuilder, args: readonly NamedValue[]): readonly Value[] {
  const given = new Map<string, Value>();
  args.forEach(({ keyword, value }, position) => {
    const name = keyword ?? gaussianNames[position];
    if (name !== undefined) given.set(name, value);
  });
  const name = 'scipy.ndimage.gaussian_filter1d';
  const [input, sigma, output] = [given.get('input'), given.get('sigma'), given.get('output')];
  if (input === undefined || sigma === undefined || output === undefined)
    throw builder.fail(`${name} needs a waveform, a sigma and output=…`);
  if (!isNumber(given.get('axis'), 1, -1))
    throw builder.fail(`${name} works along the samples here: axis must be 1 or -1`);
  if (!isNumber(given.get('order'), 0))
    throw builder.fail(`${name} has no derivatives here: order must be 0`);
  const mode = given.get('mode');
  if (mode !== undefined && !(mode.kind === 'text' && mode.value === 'reflect'))
    throw builder.fail(`${name} mirrors at the edges here: mode must be 'reflect'`);
  return [input, sigma, given.get('truncate') ?? numberValue(4), output];
}
