/** Registered numbers of HDF5 filters that are named here. */
export const filterId = {
  deflate: 1,
  shuffle: 2,
  fletcher32: 3,
  lzf: 32000,
  blosc: 32001,
  zstd: 32015,
} as const;

const names: Readonly<Record<number, string>> = {
  1: 'gzip',
  2: 'shuffle',
  3: 'fletcher32',
  4: 'szip',
  5: 'nbit',
  6: 'scaleoffset',
  307: 'bzip2',
  32000: 'lzf',
  32001: 'blosc',
  32004: 'lz4',
  32008: 'bitshuffle',
  32013: 'zfp',
  32015: 'zstd',
  32017: 'sz',
  32019: 'jpeg',
  32024: 'sz3',
  32026: 'blosc2',
};
/** Where Blosc's parameters name its inner codec; Snappy and zlib there. */
const bloscCodecAt = 6;
const ownBloscCodecs: ReadonlySet<number | undefined> = new Set([3, 4]);

/** Whether a filter is Blosc with Snappy or zlib inside: the plugin of the HDF5 library lacks the one and breaks down over the other. */
export function isOwnBlosc(id: number, parameters: readonly number[]): boolean {
  return id === filterId.blosc && ownBloscCodecs.has(parameters[bloscCodecAt]);
}

const withLevel: ReadonlySet<number> = new Set([filterId.deflate, filterId.zstd]);

/** A filter with its level as text: `gzip:4`, `shuffle`, `filter 305`. */
export function filterText(id: number, parameters: readonly number[]): string {
  const name = names[id] ?? `filter ${id}`;
  const level = parameters[0];
  return withLevel.has(id) && level !== undefined ? `${name}:${level}` : name;
}
