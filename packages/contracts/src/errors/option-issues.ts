import type { z } from 'zod';
import { type Counted, englishOptionWords, type OptionWords } from './option-words.js';

/** A fault of options, and its place as a path with dots. */
export interface OptionIssue {
  readonly path: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/**
 * What a schema complains of, in words for people: what is wrong and, when the schema is given, what there is instead. Texts
 * that the author of a schema wrote stay as they are; all others come out of `words`.
 */
export function optionIssues(
  issues: readonly Issue[],
  schema?: z.ZodType,
  words: OptionWords = englishOptionWords,
): OptionIssue[] {
  return issues.flatMap((issue) => worded({ schema, words }, issue, []));
}

interface Telling {
  readonly schema: z.ZodType | undefined;
  readonly words: OptionWords;
}

function worded(telling: Telling, issue: Issue, above: readonly PropertyKey[]): OptionIssue[] {
  const { schema, words } = telling;
  const keys = [...above, ...issue.path];
  const path = keys.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = schema === undefined ? undefined : keysAt(schema, keys);
    return issue.keys.map((key) => ({ path, message: words.noOption(key, known) }));
  }
  // Of a key that cannot be a name, what its author says it should be.
  if (issue.code === 'invalid_key')
    return issue.issues.map((one) => ({ path, message: messageOf(one, words) }));
  if (issue.code !== 'invalid_union') return [{ path, message: messageOf(issue, words) }];
  const meant = issue.errors.filter((branch) => !branch.some(isOtherForm));
  const [best] = [...(meant.length === 0 ? issue.errors : meant)].sort((a, b) => depthOf(b) - depthOf(a));
  if (best !== undefined && depthOf(best) > 0 && !isOneOf(issue.errors))
    return best.flatMap((one) => worded(telling, one, keys));
  return [{ path: pathOfChoice(issue, path), message: messageOfUnion(issue, words) }];
}

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

/** A branch of a union that got further into the value is the one that was meant. */
function depthOf(issues: readonly Issue[]): number {
  return Math.max(
    0,
    ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)),
  );
}

/** A branch that wants another constant is not the one that was meant. */
function isOtherForm(issue: Issue): boolean {
  return issue.code === 'invalid_value' && issue.values.length === 1;
}

/** Whether all branches only want another constant at the same place: the value that tells them apart is a wrong one. */
function isOneOf(branches: readonly (readonly Issue[])[]): boolean {
  const places = branches.map(([first]) =>
    first?.code === 'invalid_value' ? first.path.join('.') : undefined,
  );
  return places.length > 1 && places.every((place) => place !== undefined && place === places[0]);
}

function pathOfChoice({ errors }: UnionIssue, path: string): string {
  const inner = isOneOf(errors) ? (errors[0]?.[0]?.path ?? []).map(String) : [];
  return [path, ...inner].filter((part) => part !== '').join('.');
}

function messageOfUnion(issue: UnionIssue, words: OptionWords): string {
  const { options } = issue as { readonly options?: readonly unknown[] };
  if (options !== undefined && options.length > 0) return words.oneOf(options.map(String));
  const values = issue.errors.flatMap(([first]) =>
    first?.code === 'invalid_value' ? first.values.map(String) : [],
  );
  if (isOneOf(issue.errors)) return words.oneOf([...new Set(values)]);
  const all = issue.errors.flat();
  const others = all.filter(({ code }) => code !== 'invalid_type').map((one) => messageOf(one, words));
  if (others.length > 0) return [...new Set(others)].join(`, ${words.or} `);
  const types = all.flatMap((one) => (one.code === 'invalid_type' ? [nameOf(one.expected, words)] : []));
  return types.length === 0 ? issue.message : words.type([...new Set(types)].join(` ${words.or} `));
}

/** Texts of the library, which are for programmers. */
const isBuiltIn = /^(Too (small|big)|Invalid (option|input|string|number)): /;

function messageOf(issue: Issue, words: OptionWords): string {
  if (issue.code === 'invalid_type')
    return (/received undefined$/.test(issue.message) ? words.missing : words.type)(
      nameOf(issue.expected, words),
    );
  if (!isBuiltIn.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      if (issue.exact === true) return words.exactly(countedIn(issue.origin), String(issue.minimum));
      return words.least(countedIn(issue.origin), String(issue.minimum), issue.inclusive === false);
    case 'too_big':
      if (issue.exact === true) return words.exactly(countedIn(issue.origin), String(issue.maximum));
      return words.most(countedIn(issue.origin), String(issue.maximum), issue.inclusive === false);
    case 'invalid_value':
      return words.oneOf(issue.values.map(String));
    case 'not_multiple_of':
      return words.multipleOf(String(issue.divisor));
    case 'invalid_format':
      return words.otherForm;
    default:
      return issue.message;
  }
}

function countedIn(origin: string): Counted {
  if (origin === 'string') return 'characters';
  return origin === 'array' || origin === 'set' ? 'entries' : 'number';
}

function nameOf(expected: string, words: OptionWords): string {
  return words.types[expected] ?? words.otherType(expected);
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
