import type { DecodedBatch } from '@countroom/decoders';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { parquetReadObjects } from 'hyparquet';
import { DriverError } from '../../../core/errors.js';
import type { ReplayBytes } from '../replay.io.js';
import { batchOf } from './line-table.js';
import { archiveKind, tarEntries } from './tar-entries.js';

/** Name of the format. */
export const parquetArchive = 'mimocorb-tar';
/** Rate at which records are replayed, Hz: the files hold no times. */
const recordHz = 10;

/** Whether a recording is such an archive by its first bytes. */
export async function isParquetArchive(bytes: ReplayBytes): Promise<boolean> {
  for await (const chunk of bytes.chunks()) return archiveKind(chunk) !== undefined;
  return false;
}

function schemaOf(channel: number, label: string, samples: number): TableSchema {
  return {
    name: `ch${String(channel).padStart(7, '0')}/raw`,
    columns: [
      scalarColumn('eventnumber', 'int64', { description: 'number in the name of the file' }),
      scalarColumn('channel', 'uint32', { description: `place of the column ${label}` }),
      scalarColumn('timestamp', 'float64', {
        units: 's',
        description: 'made up: the archive has no times; ten records a second',
      }),
      scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      { name: 'waveform/values', dtype: 'float32', shape: [samples], variableLength: false, units: 'mV' },
    ],
  };
}

/**
 * Recordings of mimoCoRB: an archive with one Parquet file per record, `<name>_<number>.parquet`, whose columns are
 * channels and whose rows are samples. Every record must have the columns and the length of the first. Throws a DriverError
 * `device` that names the file which cannot be read.
 */
export async function* parquetRecords(bytes: ReplayBytes, sampleNs: number): AsyncGenerator<DecodedBatch[]> {
  let [records, names, samples] = [0, undefined as readonly string[] | undefined, 0];
  for await (const entry of tarEntries(bytes.chunks(), bytes.name)) {
    if (!entry.name.endsWith('.parquet')) continue;
    const rows = await rowsOf(entry.bytes, `${bytes.name}: ${entry.name}`);
    names ??= Object.keys(rows[0] ?? {});
    if (samples === 0) samples = rows.length;
    const waves = names.map((name) => Float32Array.from(rows, (row) => Number(row[name] ?? Number.NaN)));
    if (rows.length !== samples || waves.some((wave) => wave.some(Number.isNaN)))
      throw new DriverError(
        'device',
        bytes.name,
        `${entry.name} has another form than the records before it`,
      );
    records += 1;
    const number = BigInt(/_(\d+)\.parquet$/.exec(entry.name)?.[1] ?? records);
    const channels = names;
    yield waves.map((wave, channel) => ({
      stream: '',
      decoder: parquetArchive,
      batch: batchOf(schemaOf(channel, channels[channel]!, samples), [
        [number, channel, records / recordHz, 0, sampleNs, wave],
      ]),
    }));
  }
  if (records === 0) throw new DriverError('device', bytes.name, `there is no Parquet file in ${bytes.name}`);
}

async function rowsOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Record<string, unknown>[]> {
  try {
    return await parquetReadObjects({ file: bytes.buffer });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DriverError('device', name, `${name} cannot be read as Parquet: ${why}`, { cause });
  }
}
