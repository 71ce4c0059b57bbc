import type { OptimiseOptions } from './optimise-options.js';

type Value = string | number;
type Parameters = OptimiseOptions['parameters'];

/** Names behind db. of all that changes: each parameter, and behind it those that change in step with it. */
export function namesTogether(parameters: Parameters): string[] {
  return parameters.flatMap(({ name, together }) => [name, ...together.map((one) => one.name)]);
}

/** Values of all that changes at a point, in the order of {@link namesTogether}. */
export function valuesTogether(parameters: Parameters, point: readonly Value[]): Value[] {
  return parameters.flatMap(({ values, together }, i) => {
    const place = values.indexOf(point[i]!);
    return [point[i]!, ...together.map((one) => one.values[place]!)];
  });
}
