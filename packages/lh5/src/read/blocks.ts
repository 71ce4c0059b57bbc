import { below } from '../hdf5/place.js';
import type { BlockOptions, RowRange } from '../ports.js';
import { ColumnMask } from './column-mask.js';
import type { FileNode } from './node.js';
import type { ObjectReader } from './object-reader.js';

const defaultBlockBytes = 16 << 20;
const bytesPerDecodedSample = 4;

interface Size {
  readonly bytes: number;
  /** Largest number of rows in a chunk of any column. */
  readonly chunkRows: number;
}

function partsOf(objects: ObjectReader, node: FileNode, mask: ColumnMask): [FileNode, ColumnMask][] {
  const names = node.datatype?.kind === 'vov' ? ['cumulative_length', 'flattened_data'] : undefined;
  if (names !== undefined) return names.map((name) => [objects.node(below(node.at, name)), ColumnMask.all]);
  if (node.datatype?.kind !== 'table') return [];
  return node.datatype.fields.flatMap((name) => {
    const rest = mask.below(name);
    return rest === undefined
      ? []
      : [[objects.node(below(node.at, name)), rest] satisfies [FileNode, ColumnMask]];
  });
}

function encodedBytes(objects: ObjectReader, node: FileNode): number {
  const rows = objects.rowCount(node) ?? 0;
  const sizes = objects.read(objects.node(below(node.at, 'decoded_size')), {
    rows: undefined,
    mask: ColumnMask.all,
    decode: false,
  });
  if (sizes.kind === 'scalar') return rows * Number(sizes.value) * bytesPerDecodedSample;
  if (sizes.kind !== 'array') return 0;
  let samples = 0;
  for (const size of sizes.data) samples += Number(size);
  return samples * bytesPerDecodedSample;
}

/** Bytes of an object in memory, decoded, as far as its descriptions tell. */
function sizeOf(objects: ObjectReader, node: FileNode, mask: ColumnMask): Size {
  if (node.dataset !== undefined) {
    const { bytes, chunks } = node.dataset.storage;
    return { bytes, chunkRows: chunks?.[0] ?? 1 };
  }
  if (node.datatype?.kind === 'encoded-vov' || node.datatype?.kind === 'encoded-aoesa') {
    return { bytes: encodedBytes(objects, node), chunkRows: 1 };
  }
  const parts = partsOf(objects, node, mask).map(([part, rest]) => sizeOf(objects, part, rest));
  const chunkRows =
    node.datatype?.kind === 'vov'
      ? (parts[0]?.chunkRows ?? 1)
      : Math.max(1, ...parts.map((part) => part.chunkRows));
  return { bytes: parts.reduce((total, part) => total + part.bytes, 0), chunkRows };
}

function rowsPerBlock(objects: ObjectReader, node: FileNode, rows: number, options: BlockOptions): number {
  if (options.blockRows !== undefined) return Math.max(1, Math.trunc(options.blockRows));
  const { bytes, chunkRows } = sizeOf(objects, node, ColumnMask.of(options.columns));
  const wanted = Math.max(
    1,
    Math.floor((options.blockBytes ?? defaultBlockBytes) / Math.max(1, bytes / Math.max(1, rows))),
  );
  return wanted > chunkRows ? wanted - (wanted % chunkRows) : wanted;
}

/**
 * Cuts the wanted rows into ranges of bounded size, ending at chunk borders where chunks are smaller than blocks. Vectors
 * of very uneven length can exceed the wanted bytes: their mean length is what counts.
 */
export function blockRanges(objects: ObjectReader, node: FileNode, options: BlockOptions): RowRange[] {
  const rows = objects.rowCount(node) ?? 0;
  const start = Math.min(options.rows?.[0] ?? 0, rows);
  const stop = Math.min(options.rows?.[1] ?? rows, rows);
  if (start >= stop) return [];
  const step = rowsPerBlock(objects, node, rows, options);
  const ranges: RowRange[] = [];
  for (let at = start; at < stop; ) {
    const next =
      options.blockRows === undefined
        ? Math.min(stop, (Math.floor(at / step) + 1) * step)
        : Math.min(stop, at + step);
    ranges.push([at, next]);
    at = next;
  }
  return ranges;
}
