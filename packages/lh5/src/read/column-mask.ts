import { Lh5Error, type Lh5ErrorPlace } from '../errors.js';

/**
 * Which columns are wanted, as paths: `waveform/values` wants that part of `waveform`, `waveform` all of it. Without
 * paths everything is wanted.
 */
export class ColumnMask {
  readonly #paths: readonly (readonly string[])[] | undefined;

  /** Every column. */
  static readonly all = new ColumnMask(undefined);

  private constructor(paths: readonly (readonly string[])[] | undefined) {
    this.#paths = paths;
  }

  /** The mask for column paths; everything when undefined. */
  static of(columns: readonly string[] | undefined): ColumnMask {
    if (columns === undefined) return ColumnMask.all;
    return new ColumnMask(columns.map((path) => path.split('/').filter((part) => part !== '')));
  }

  /** Whether everything is wanted. */
  get everything(): boolean {
    return this.#paths === undefined || this.#paths.some((path) => path.length === 0);
  }

  /** What is wanted of the column `name`: a mask for what is below it, or undefined for nothing. */
  below(name: string): ColumnMask | undefined {
    if (this.everything) return ColumnMask.all;
    const rests = (this.#paths ?? []).filter((path) => path[0] === name).map((path) => path.slice(1));
    return rests.length === 0 ? undefined : new ColumnMask(rests);
  }

  /** Fails when a name is wanted that is not among those that are there. */
  check(there: readonly string[], place: Lh5ErrorPlace): void {
    if (this.everything) return;
    const absent = (this.#paths ?? []).map((path) => path[0]!).find((name) => !there.includes(name));
    if (absent === undefined) return;
    const known = there.length > 0 ? `there are ${there.join(', ')}` : 'there are none';
    throw new Lh5Error('object-missing', `there is no column ${absent}; ${known}`, place);
  }
}
