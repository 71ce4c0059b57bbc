/** How a value was read: as it stood, or with a change that is worth telling. */
export interface LooseValue<T> {
  readonly value: T;
  /** What was done to it; undefined when nothing. */
  readonly note?: string;
}

const octal = /^([-+]?)0([0-7]+)$/;
const sexagesimal = /^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/;
const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?$/;

/**
 * A number in every spelling that people used: `50.E-9`, `1.`, `1e-5`, `1,5`, `1_000`, `"16.E-6"`, and those of YAML 1.1
 * that surprise: `010` is 8, `1:30` is 90. Undefined for anything else.
 */
export function looseNumber(given: unknown): LooseValue<number> | undefined {
  if (typeof given === 'number') return Number.isFinite(given) ? { value: given } : undefined;
  if (typeof given === 'bigint') return { value: Number(given) };
  if (typeof given !== 'string') return undefined;
  const text = given
    .trim()
    .replaceAll('_', '')
    .replace(/^([-+]?\d+),(\d+)/, '$1.$2');
  const told = (value: number, why = ''): LooseValue<number> | undefined =>
    Number.isFinite(value)
      ? { value, note: `the text "${given}" is read as the number ${value}${why}` }
      : undefined;
  const [, sign, digits] = octal.exec(text) ?? [];
  if (digits !== undefined)
    return told(Number.parseInt(`${sign ?? ''}${digits}`, 8), ': octal, as in the old program');
  if (sexagesimal.test(text)) return told(sexagesimalValue(text), ': base 60, as in the old program');
  return number.test(text) ? told(Number(text.replace(/[dD]/, 'e'))) : undefined;
}

function sexagesimalValue(text: string): number {
  const sum = text
    .replace(/^[-+]/, '')
    .split(':')
    .reduce((all, part) => 60 * all + Number(part), 0);
  return text.startsWith('-') ? -sum : sum;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/** A truth value in the spellings of YAML 1.1. Undefined for anything else. */
export function looseBoolean(given: unknown): LooseValue<boolean> | undefined {
  if (typeof given === 'boolean') return { value: given };
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const value = truths.get(String(given).trim().toLowerCase());
  return value === undefined
    ? undefined
    : { value, note: `${JSON.stringify(given)} is read as ${String(value)}` };
}

/** A text; numbers are written out. Undefined for anything else. */
export function looseText(given: unknown): LooseValue<string> | undefined {
  if (typeof given === 'string') return { value: given };
  return typeof given === 'number' ? { value: String(given) } : undefined;
}

/** A list; a single value stands for a list of one. */
export function looseList(given: unknown): LooseValue<readonly unknown[]> {
  if (Array.isArray(given)) return { value: given as unknown[] };
  return { value: [given], note: 'a single value is read as a list of one' };
}
