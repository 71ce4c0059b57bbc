import type { Finding } from '../settings/finding.js';
import { type LooseValue, looseBoolean, looseList, looseNumber, looseText } from './loose-values.js';
import type { Settings } from './read-settings.js';

/** What became of one key of an imported file. */
export interface ImportLine {
  readonly key: string;
  /** `missing`: not in the file, the old program's default is used. `refused`: it could not be read. */
  readonly outcome: 'taken' | 'changed' | 'ignored' | 'missing' | 'refused';
  /** For a person. */
  readonly message: string;
}

/** Reads keys one by one and keeps account of what became of each. */
export class ImportReport {
  readonly lines: ImportLine[] = [];
  /** One for each value that could not be read: something else stands in its place. */
  readonly faults: Finding[] = [];
  private readonly settings: Settings;
  private readonly places: Readonly<Record<string, string>>;
  private readonly seen = new Set<string>();

  /** `places`: where the value of a key is in the configuration, for the faults. */
  constructor(settings: Settings, places: Readonly<Record<string, string>> = {}) {
    this.settings = settings;
    this.places = places;
  }

  /** Whether the file has the key. */
  has(key: string): boolean {
    return this.settings[key] !== undefined && this.settings[key] !== null;
  }

  number(key: string, fallback: number): number {
    return this.read(key, looseNumber, fallback, 'is no number');
  }

  text(key: string, fallback: string): string {
    return this.read(key, looseText, fallback, 'is no text');
  }

  boolean(key: string, fallback: boolean): boolean {
    return this.read(key, looseBoolean, fallback, 'is neither true nor false');
  }

  numbers(key: string, fallback: readonly number[]): readonly number[] {
    return this.list(key, looseNumber, fallback, 'is no number');
  }

  booleans(key: string, fallback: readonly boolean[]): readonly boolean[] {
    return this.list(key, looseBoolean, fallback, 'is neither true nor false');
  }

  texts(key: string, fallback: readonly string[]): readonly string[] {
    return this.list(key, looseText, fallback, 'is no text');
  }

  /** Tells what became of a key. What was told of it before stays only where it was more than the plain reading. */
  tell(key: string, outcome: ImportLine['outcome'], message: string): void {
    this.seen.add(key);
    const place = this.lines.findIndex((line) => line.key === key);
    const before = this.lines[place];
    if (before === undefined) {
      this.lines.push({ key, outcome, message: short(message) });
      return;
    }
    const plain = before.outcome === 'taken' || before.outcome === 'missing' || before.message === message;
    const both = plain ? message : `${before.message}; ${message}`;
    this.lines[place] = { key, outcome, message: short(both) };
  }

  /** Tells of every key that nobody asked for. */
  finish(why: (key: string) => string): void {
    for (const key of Object.keys(this.settings)) {
      if (!this.seen.has(key)) this.tell(key, 'ignored', this.has(key) ? why(key) : 'it has no value');
    }
  }

  private read<T>(
    key: string,
    parse: (given: unknown) => LooseValue<T> | undefined,
    fallback: T,
    fault: string,
  ): T {
    if (!this.has(key)) {
      this.tell(key, 'missing', `${JSON.stringify(fallback)}, as in the old program`);
      return fallback;
    }
    const given = this.settings[key];
    const parsed = parse(given);
    if (parsed === undefined) {
      const problem = short(`${key}: ${JSON.stringify(given)} ${fault}`);
      const stand = `${JSON.stringify(fallback)} stands in its place`;
      this.tell(key, 'refused', `${JSON.stringify(given)} ${fault}; ${stand}`);
      const place = this.places[key] ?? '';
      this.faults.push({
        place,
        severity: 'error',
        problem,
        remedy: `${stand}: give the value that is meant`,
      });
      return fallback;
    }
    this.tell(
      key,
      parsed.note === undefined ? 'taken' : 'changed',
      parsed.note ?? JSON.stringify(parsed.value),
    );
    return parsed.value;
  }

  private list<T>(
    key: string,
    parse: (given: unknown) => LooseValue<T> | undefined,
    fallback: readonly T[],
    fault: string,
  ): readonly T[] {
    const items = (given: unknown): LooseValue<readonly T[]> | undefined => {
      const list = looseList(given);
      const parsed = list.value.map(parse);
      if (parsed.some((item) => item === undefined)) return undefined;
      const notes = [list.note, ...parsed.map((item) => item?.note)].filter((note) => note !== undefined);
      const value = parsed.map((item) => item!.value);
      return notes.length === 0 ? { value } : { value, note: notes.join('; ') };
    };
    return this.read(key, items, fallback, `has an entry that ${fault}`);
  }
}

/** Values of a file can be of any length. */
function short(message: string): string {
  return message.length > 300 ? `${message.slice(0, 300)} …` : message;
}
