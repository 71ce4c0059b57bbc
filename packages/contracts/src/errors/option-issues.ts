import type { z } from 'zod';

/** A fault of options, and its place as a path with dots. */
export interface OptionIssue {
  readonly path: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** What a schema complains of, in words for people: what is wrong and, when the schema is given, what there is instead. */
export function optionIssues(issues: readonly Issue[], schema?: z.ZodType): OptionIssue[] {
  return issues.flatMap((issue) => worded(schema, issue, []));
}

function worded(schema: z.ZodType | undefined, issue: Issue, above: readonly PropertyKey[]): OptionIssue[] {
  const keys = [...above, ...issue.path];
  const path = keys.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = schema === undefined ? undefined : keysAt(schema, keys);
      const instead =
        known === undefined ? '' : known.length === 0 ? '; it takes none' : `; there are ${known.join(', ')}`;
      return issue.keys.map((key) => ({ path, message: `there is no option ${key}${instead}` }));
    }
    case 'invalid_type':
      return [{ path, message: ofType(issue.expected, issue.message) }];
    case 'invalid_union': {
      const [best] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a));
      if (best !== undefined && depthOf(best) > 0) return best.flatMap((one) => worded(schema, one, keys));
      const types = issue.errors.flatMap((branch) =>
        branch.flatMap((one) => (one.code === 'invalid_type' ? [nameOf(one.expected)] : [])),
      );
      const others = issue.errors.flatMap((branch) =>
        branch.filter(({ code }) => code !== 'invalid_type').map(({ message }) => message),
      );
      const [only] = others;
      if (only !== undefined) return [{ path, message: [...new Set(others)].join(', or ') }];
      return [
        { path, message: types.length === 0 ? issue.message : `must be ${[...new Set(types)].join(' or ')}` },
      ];
    }
    default:
      return [{ path, message: issue.message }];
  }
}

/** A branch of a union that got further into the value is the one that was meant. */
function depthOf(issues: readonly Issue[]): number {
  return Math.max(
    0,
    ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)),
  );
}

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object of options',
  record: 'an object of names and values',
};

function nameOf(expected: string): string {
  return names[expected] ?? `of type ${expected}`;
}

function ofType(expected: string, message: string): string {
  return /received undefined$/.test(message)
    ? `is missing; it must be ${nameOf(expected)}`
    : `must be ${nameOf(expected)}`;
}

/** Names of the options at a place, as far as the schema tells. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [key, ...rest] = path;
  const { def } = (schema as z.ZodType)._zod as { def: Definition };
  if (def.innerType !== undefined) return keysAt(def.innerType, path);
  if (def.in !== undefined) return keysAt(def.in, path);
  if (def.options !== undefined) return [...new Set(def.options.flatMap((one) => keysAt(one, path)))];
  if (key === undefined) return Object.keys(def.shape ?? {});
  const inner = def.shape?.[String(key)] ?? def.element ?? def.valueType;
  return inner === undefined ? [] : keysAt(inner, rest);
}

/** What definitions of schemas have that hold others. */
interface Definition {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}
