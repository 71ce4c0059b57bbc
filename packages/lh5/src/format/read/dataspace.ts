import { ByteReader, Damage } from './byte-reader.js';

/** Extents of a dataset or attribute: null for no data at all, none for a single element. */
export interface Dataspace {
  readonly shape: readonly number[] | null;
  /** Largest extents; infinite where unlimited. */
  readonly most: readonly number[];
}

/** Takes a dataspace message apart. */
export function decodeDataspace(message: Uint8Array<ArrayBuffer>): Dataspace {
  const reader = new ByteReader(message);
  const version = reader.u8();
  if (version !== 1 && version !== 2) throw new Damage(`a data space of version ${version}`);
  const rank = reader.u8();
  const flags = reader.u8();
  const noData = 2;
  if (version === 1) reader.skip(5);
  else if (reader.u8() === noData) return { shape: null, most: [] };
  if (rank > 32) throw new Damage(`${rank} axes`);
  const shape = Array.from({ length: rank }, () => reader.u64());
  const most = (flags & 1) === 0 ? shape : Array.from({ length: rank }, () => reader.extent());
  return { shape, most };
}
