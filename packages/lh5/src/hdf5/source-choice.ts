import { Lh5Error } from '../errors.js';
import { type Hdf5Source, UnknownFormat } from './source.js';

/** Opens a file with an implementation that knows the whole of the format. */
export type SourceFactory = (file: string) => Promise<Hdf5Source>;

/** An open file that goes over to another implementation as soon as it meets a part of the format that the first does not know. */
export class SourceChoice<T> {
  readonly #file: string;
  readonly #view: (source: Hdf5Source) => T;
  readonly #whole: SourceFactory | undefined;
  #source: Hdf5Source;
  #viewed: T;
  #open = true;
  #exchanged: Promise<void> | undefined;

  /** `view` is what is asked; it is made anew for the other implementation, which `whole` opens. */
  constructor(source: Hdf5Source, view: (source: Hdf5Source) => T, whole?: SourceFactory) {
    this.#file = source.file;
    this.#source = source;
    this.#view = view;
    this.#viewed = view(source);
    this.#whole = whole;
  }

  /** Asks the file; where its format is beyond this implementation, with the one that knows all of it. */
  async ask<R>(question: (view: T) => R): Promise<R> {
    if (!this.#open) throw new Lh5Error('closed', 'the file has been closed', { file: this.#file });
    try {
      return question(this.#viewed);
    } catch (cause) {
      if (!(cause instanceof UnknownFormat) || this.#whole === undefined) throw cause;
      this.#exchanged ??= this.#exchange(this.#whole);
      await this.#exchanged;
      return question(this.#viewed);
    }
  }

  /** Closes the file; closing twice does nothing. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open) {
        this.#open = false;
        this.#source.close();
      }
      resolve();
    });
  }

  async #exchange(whole: SourceFactory): Promise<void> {
    const source = await whole(this.#file);
    this.#source.close();
    this.#source = source;
    this.#viewed = this.#view(source);
    // The file may have been closed meanwhile.
    if (!this.#open) source.close();
  }
}
