import { StageError } from '@countroom/pipeline';
import { expect } from 'vitest';

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** Keys that lead to a value. */
export type Path = readonly string[];

/** Options that work, and what is done with them. */
export interface Attempt {
  readonly options: Json;
  readonly work: (options: Json) => Promise<void>;
}

/** Paths of a value and of all that it holds. */
export function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** What stands at a path. */
export function at(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as Record<string, Json>)[key]!, value);
}

/** The value with something else at a path; `rename` gives the key itself another name. */
export function changed(value: Json, [key, ...rest]: Path, change: { put: Json } | { rename: string }): Json {
  if (key === undefined) return 'put' in change ? change.put : value;
  const put = (inner: Json): Json => changed(inner, rest, change);
  if (Array.isArray(value))
    return (value as Json[]).map((inner, i) => (String(i) === key ? put(inner) : inner));
  const entries = Object.entries(value as Record<string, Json>).map(([name, inner]): [string, Json] => {
    if (name !== key) return [name, inner];
    return rest.length === 0 && 'rename' in change ? [change.rename, inner] : [name, put(inner)];
  });
  return Object.fromEntries(entries);
}

/** What is thrown for options; undefined when they are taken. */
export async function faultOf({ work }: Pick<Attempt, 'work'>, options: Json): Promise<Error | undefined> {
  try {
    await work(options);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A fault of a person's making: of the stage, and without words of the machine. */
export function expectForPeople(fault: Error | undefined, where: string): asserts fault is Error {
  expect(fault, `${where} is accepted`).toBeInstanceOf(StageError);
  expect(fault!.message, where).not.toMatch(/undefined|\[object|is not a function|Cannot read|Invalid input/);
}
