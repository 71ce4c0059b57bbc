import { Lh5Error } from '../errors.js';
import { type Hdf5Source, UnknownFormat } from './source.js';

/** Opens a file with an implementation that knows the whole of the format. */
export type SourceFactory = (file: string) => Promise<Hdf5Source>;

interface Opened<T> {
  readonly source: Hdf5Source;
  readonly view: T;
}

/** An open file that asks another implementation where it meets a part of the format that the first does not know. */
export class SourceChoice<T> {
  readonly #file: string;
  readonly #view: (source: Hdf5Source) => T;
  readonly #whole: SourceFactory | undefined;
  readonly #first: Opened<T>;
  #second: Promise<Opened<T>> | undefined;
  #open = true;

  /** `view` is what is asked; one is made for each implementation. `whole` opens the other one when it is needed. */
  constructor(source: Hdf5Source, view: (source: Hdf5Source) => T, whole?: SourceFactory) {
    this.#file = source.file;
    this.#view = view;
    this.#whole = whole;
    this.#first = { source, view: view(source) };
  }

  /** Asks the file; where its format is beyond this implementation, with the one that knows all of it. */
  async ask<R>(question: (view: T) => R): Promise<R> {
    this.#check();
    try {
      return question(this.#first.view);
    } catch (cause) {
      if (!(cause instanceof UnknownFormat) || this.#whole === undefined) throw cause;
      this.#second ??= this.#other(this.#whole);
      const { view } = await this.#second;
      this.#check();
      return question(view);
    }
  }

  /** Closes the file; closing twice does nothing. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#first.source.close();
    const second = await this.#second?.catch(() => undefined);
    second?.source.close();
  }

  #check(): void {
    if (!this.#open) throw new Lh5Error('closed', 'the file has been closed', { file: this.#file });
  }

  async #other(whole: SourceFactory): Promise<Opened<T>> {
    const source = await whole(this.#file);
    return { source, view: this.#view(source) };
  }
}
