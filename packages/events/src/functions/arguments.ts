import type { EventArguments } from '../building/event-functions.js';
import { EventError } from '../errors.js';

/** The arguments of a call, read one by one; every fault names the argument. */
export class Arguments {
  /** Throws an EventError for arguments that the function does not have. */
  constructor(
    private readonly name: string,
    private readonly given: EventArguments,
    known: readonly string[],
  ) {
    const foreign = Object.keys(given).find((one) => !known.includes(one));
    if (foreign !== undefined) {
      throw new EventError(`${name} has no argument ${foreign}; it has ${known.join(', ')}`);
    }
  }

  /** Whether there is one with a value. */
  has(name: string): boolean {
    return (this.given[name] ?? null) !== null;
  }

  /** A text. */
  text(name: string, otherwise?: string): string {
    const value = this.given[name] ?? otherwise;
    if (typeof value === 'string' && value !== '') return value;
    throw new EventError(`${this.name}: ${name} must be given as a text`);
  }

  /** One of several texts. */
  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const value = this.text(name, otherwise);
    const found = choices.find((one) => one === value);
    if (found !== undefined) return found;
    throw new EventError(`${this.name}: ${name} is one of ${choices.join(', ')}, not ${value}`);
  }

  /** A number; NaN is one. */
  number(name: string, otherwise?: number): number {
    const value = this.given[name] ?? otherwise;
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && /^(np\.|numpy\.)?nan$/i.test(value)) return Number.NaN;
    throw new EventError(`${this.name}: ${name} must be given as a number`);
  }

  /** A truth value. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.given[name] ?? otherwise;
    if (typeof value === 'boolean') return value;
    throw new EventError(`${this.name}: ${name} must be True or False`);
  }

  /** Numbers in brackets: `[1, 2.5]` or `(1, 2.5)`. */
  numbers(name: string): readonly number[] {
    const parts = /^\s*[[(](.*)[\])]\s*$/s.exec(this.text(name))?.[1]?.split(',') ?? [''];
    const values = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (!values.some(Number.isNaN)) return values;
    throw new EventError(`${this.name}: ${name} must be given as numbers in brackets, such as [1, 2]`);
  }

  /** A column of hits: `tier.column`. */
  column(name: string, otherwise?: string): string {
    const value = this.text(name, otherwise);
    if (/^[A-Za-z_]\w*\.[A-Za-z_]\w*$/.test(value) && !value.startsWith('evt.')) return value;
    throw new EventError(
      `${this.name}: ${name} must name a column of hits, such as hit.energy, not ${value}`,
    );
  }

  /** A field of the event table: `evt.name`. */
  field(name: string): string {
    const value = this.text(name);
    if (/^evt\.[A-Za-z_]\w*$/.test(value)) return value;
    throw new EventError(`${this.name}: ${name} must name a field made before, such as evt.t0, not ${value}`);
  }

  /** A number, or a field with a number per event. */
  numberOrField(name: string): number | string {
    const value = this.given[name];
    return typeof value === 'string' && value.startsWith('evt.') ? this.field(name) : this.number(name);
  }
}
