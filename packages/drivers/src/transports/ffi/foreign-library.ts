import koffi, { type LibraryHandle } from 'koffi';
import { DriverError } from '../../core/errors.js';

/** Types of parameters and results: numbers by width, addresses, and the library's one kind of callback. */
export type ForeignType =
  | 'void'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float'
  | 'double'
  | 'pointer'
  | 'text'
  | 'callback';

/** A function of a library: symbol, type of its result, types of its parameters. */
export type ForeignPrototype = readonly [symbol: string, result: ForeignType, ...parameters: ForeignType[]];

/** Functions by the names that the caller uses, and the type of callbacks (result first). */
export interface ForeignTable {
  readonly functions: Readonly<Record<string, ForeignPrototype>>;
  readonly callback?: readonly [ForeignType, ...ForeignType[]];
}

/** What can be handed over: numbers, memory (typed arrays: must live as long as the library uses it), texts, callbacks. */
export type ForeignArgument =
  | number
  | bigint
  | string
  | null
  | NodeJS.TypedArray
  | ((...values: never[]) => void);

/** A shared library that was loaded. */
export interface ForeignLibrary {
  /** Where it was found. */
  readonly path: string;
  /** Calls a function in this thread. Throws a DriverError `device` when the library has no such function. */
  call(name: string, ...values: ForeignArgument[]): number;
  /**
   * A function that gives a number, for calls that are made all the time: nothing is looked up, and no memory is left
   * behind for the engine to collect. Throws a DriverError `device` when the library has no such function.
   */
  bind(name: string): (...values: ForeignArgument[]) => number;
  /** Calls a function in a thread of its own; this thread goes on meanwhile. */
  callAside(name: string, ...values: ForeignArgument[]): Promise<number>;
  /** Whether the library has a function. */
  has(name: string): boolean;
}

type Callable = ReturnType<LibraryHandle['func']>;

/** Callback types by their parameters: koffi knows each by a name of its own. */
const callbackTypes = new Map<string, ReturnType<typeof koffi.pointer>>();

function callbackType(table: ForeignTable): ReturnType<typeof koffi.pointer> {
  const [result, ...parameters] = table.callback ?? ['void'];
  const key = [result, ...parameters].join('_');
  let type = callbackTypes.get(key);
  if (type === undefined) {
    const proto = koffi.proto(
      `callback_${key}`,
      result,
      parameters.map((name) => typeName(name)),
    );
    type = koffi.pointer(proto);
    callbackTypes.set(key, type);
  }
  return type;
}

function typeName(type: ForeignType): string {
  if (type === 'pointer') return 'void *';
  return type === 'text' ? 'str' : type;
}

/**
 * Loads the first of the libraries that is there. Functions are looked up when they are first called, so a library
 * that lacks one is usable for the rest. Throws a DriverError `device` at `place` with the remedy when none can be loaded.
 */
export function openLibrary(
  candidates: readonly string[],
  table: ForeignTable,
  place: string,
  remedy: string,
): ForeignLibrary {
  const failures: string[] = [];
  for (const path of candidates) {
    try {
      return wrap(path, koffi.load(path), table);
    } catch (thrown) {
      if (thrown instanceof DriverError) throw thrown;
      failures.push(thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown));
    }
  }
  throw new DriverError(
    'device',
    place,
    `${remedy} (looked for ${candidates.join(', ')}: ${failures.at(-1) ?? ''})`,
  );
}

function wrap(path: string, handle: LibraryHandle, table: ForeignTable): ForeignLibrary {
  const found = new Map<string, Callable>();
  // Asked for with every record: a library that lacks a function is not searched again.
  const missing = new Set<string>();
  const lookUp = (name: string): Callable => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const prototype = table.functions[name];
    if (prototype === undefined) throw new DriverError('device', path, `${path} has no function ${name}`);
    const [symbol, result, ...parameters] = prototype;
    try {
      const types = parameters.map((type) => (type === 'callback' ? callbackType(table) : typeName(type)));
      const callable = handle.func(symbol, typeName(result), types);
      found.set(name, callable);
      return callable;
    } catch (thrown) {
      throw new DriverError(
        'device',
        path,
        `${path} has no function ${symbol}: it is too old or another library`,
        {
          cause: thrown,
        },
      );
    }
  };
  return {
    path,
    call: (name, ...values) => Number(lookUp(name)(...values) ?? 0),
    bind: (name) => lookUp(name) as (...values: ForeignArgument[]) => number,
    callAside: (name, ...values) =>
      new Promise((resolve, reject) => {
        lookUp(name).async(...values, (fault: unknown, value: unknown) => {
          if (fault === null || fault === undefined) resolve(Number(value ?? 0));
          else reject(fault instanceof Error ? fault : new Error(`${name} failed`));
        });
      }),
    has: (name) => {
      if (missing.has(name)) return false;
      try {
        lookUp(name);
        return true;
      } catch {
        missing.add(name);
        return false;
      }
    },
  };
}

/** Numbers at an address that a library gave, as a view of its memory that is valid for the present call alone. */
export function viewInt16(address: unknown, count: number): Int16Array {
  return new Int16Array(koffi.view(address, 2 * count));
}

/** Addresses in a list at an address; null for those that are not set. */
export function pointersAt(address: unknown, count: number): unknown[] {
  return koffi.decode(address, koffi.array('void *', count)) as unknown[];
}
