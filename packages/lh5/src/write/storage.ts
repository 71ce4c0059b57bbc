import { Lh5Error } from '../errors.js';
import type { StoragePlan } from '../hdf5/output.js';
import type { StoreOptions } from '../ports.js';

const defaultLevel = 4;

type Layer = Omit<StoreOptions, 'columns'>;

function gzipLevel(compression: StoreOptions['compression']): number {
  if (compression === undefined) return defaultLevel;
  if (compression === 'none') return 0;
  const { gzip } = compression;
  if (!Number.isInteger(gzip) || gzip < 1 || gzip > 9)
    throw new Lh5Error('argument-invalid', `the gzip level is ${gzip}: give a whole number from 1 to 9`);
  return gzip;
}

function merged(layers: readonly (Layer | undefined)[]): StoragePlan {
  const chunkRows = layers.find((layer) => layer?.chunkRows !== undefined)?.chunkRows;
  if (chunkRows !== undefined && (!Number.isSafeInteger(chunkRows) || chunkRows < 1)) {
    throw new Lh5Error('argument-invalid', `${chunkRows} rows per chunk: give a whole number of at least 1`);
  }
  return {
    gzip: gzipLevel(layers.find((layer) => layer?.compression !== undefined)?.compression),
    shuffle: layers.find((layer) => layer?.shuffle !== undefined)?.shuffle ?? true,
    fletcher32: layers.find((layer) => layer?.fletcher32 !== undefined)?.fletcher32 ?? false,
    sha256: layers.find((layer) => layer?.sha256 !== undefined)?.sha256 ?? false,
    chunkRows,
  };
}

/** Plans of the columns of one object: column options before those of the call before those of the writer. */
export class StoragePlans {
  readonly #call: StoreOptions;
  readonly #writer: StoreOptions;

  constructor(call: StoreOptions, writer: StoreOptions) {
    this.#call = call;
    this.#writer = writer;
  }

  /** Fails when an option has no meaning. */
  check(): void {
    for (const column of [
      '',
      ...Object.keys(this.#call.columns ?? {}),
      ...Object.keys(this.#writer.columns ?? {}),
    ])
      this.of(column);
  }

  /** The same plans without compression. */
  uncompressed(): StoragePlans {
    return new StoragePlans({ ...this.#call, compression: 'none', columns: {} }, this.#writer);
  }

  /** The plan for a column by its path within the object; '' for the object itself. */
  of(column: string): StoragePlan {
    return merged([this.#call.columns?.[column], this.#call, this.#writer.columns?.[column], this.#writer]);
  }
}
