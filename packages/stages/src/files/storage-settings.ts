import type { StoreOptions } from '@countroom/lh5';

type ColumnOptions = Omit<StoreOptions, 'columns'>;

/** Deflate level for compressions that are written as deflate instead. */
const fastLevel = 1;

/**
 * Storage options by column path, from settings in the words of HDF5 libraries: `compression` (`gzip`, a level, null),
 * `compression_opts`, `shuffle`, `fletcher32`, `chunks`. Other compressions become deflate, with a remark.
 */
export function storeColumns(settings: unknown): {
  readonly columns: Readonly<Record<string, ColumnOptions>>;
  readonly remarks: readonly string[];
} {
  const remarks: string[] = [];
  if (typeof settings !== 'object' || settings === null)
    return { columns: {}, remarks: ['this is not an object: write {"path": {"compression": …}}'] };
  const columns = Object.fromEntries(
    Object.entries(settings).map(([path, value]) => [path, columnOptions(path, value, remarks)]),
  );
  return { columns, remarks };
}

function columnOptions(path: string, value: unknown, remarks: string[]): ColumnOptions {
  const options: { -readonly [K in keyof ColumnOptions]: ColumnOptions[K] } = {};
  if (typeof value !== 'object' || value === null) {
    remarks.push(`${path} is not an object and is passed over`);
    return options;
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of fields.keys()) {
    if (!['compression', 'compression_opts', 'shuffle', 'fletcher32', 'chunks'].includes(name))
      remarks.push(`${path}.${name} is not known here and is passed over`);
  }
  if (fields.has('compression')) {
    options.compression = compressionOf(
      path,
      fields.get('compression'),
      fields.get('compression_opts'),
      remarks,
    );
  }
  const [shuffle, fletcher32, chunks] = [
    fields.get('shuffle'),
    fields.get('fletcher32'),
    fields.get('chunks'),
  ];
  if (typeof shuffle === 'boolean') options.shuffle = shuffle;
  if (typeof fletcher32 === 'boolean') options.fletcher32 = fletcher32;
  const rows: unknown = Array.isArray(chunks) ? chunks[0] : chunks;
  if (typeof rows === 'number' && Number.isInteger(rows) && rows > 0) options.chunkRows = rows;
  return options;
}

function compressionOf(
  path: string,
  compression: unknown,
  level: unknown,
  remarks: string[],
): Exclude<StoreOptions['compression'], undefined> {
  if (compression === null || compression === false || compression === 'none' || compression === 0)
    return 'none';
  const wanted = typeof compression === 'number' ? compression : level;
  const gzip = typeof wanted === 'number' && wanted >= 1 && wanted <= 9 ? Math.round(wanted) : 4;
  if (typeof compression === 'number' || compression === 'gzip') return { gzip };
  remarks.push(
    `${path}: compression ${JSON.stringify(compression)} is written as deflate of level ${fastLevel}`,
  );
  return { gzip: fastLevel };
}
