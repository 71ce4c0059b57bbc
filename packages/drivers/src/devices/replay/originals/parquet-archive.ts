import type { DecodedBatch } from '@countroom/decoders';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { parquetReadObjects } from 'hyparquet';
import { DriverError } from '../../../core/errors.js';
import type { ReplayBytes } from '../replay.io.js';
import { batchOf, eventTimes, timeColumns } from './line-table.js';
import { archiveKind, BrokenArchive, tarEntries } from './tar-entries.js';

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
      scalarColumn('channel', 'uint32', { description: 'place of the column' }),
      ...timeColumns('made up: the archive has no times; ten records a second'),
      scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      {
        name: 'waveform/values',
        dtype: 'float32',
        shape: [samples],
        variableLength: false,
        units: 'mV',
        description: label,
      },
    ],
  };
}

/**
 * Recordings of mimoCoRB: an archive with one Parquet file per record, `<name>_<number>.parquet`, whose columns are
 * channels and whose rows are samples. What cannot be read, or has another form than the first record, is passed over and
 * told to `onFault`; an archive that is cut off ends there. Throws a DriverError `device` when no record can be read.
 */
export async function* parquetRecords(
  bytes: ReplayBytes,
  sampleNs: number,
  onFault: (message: string) => void = () => undefined,
): AsyncGenerator<DecodedBatch[]> {
  let [records, names, samples] = [0, undefined as readonly string[] | undefined, 0];
  let fault: DriverError | undefined;
  const pass = (reason: DriverError): void => {
    fault ??= reason;
    onFault(reason.message);
  };
  try {
    for await (const entry of tarEntries(bytes.chunks(), bytes.name)) {
      if (!entry.name.endsWith('.parquet')) continue;
      const rows = await rowsOf(entry.bytes, `${bytes.name}: ${entry.name}`);
      if (rows instanceof DriverError) {
        pass(rows);
        continue;
      }
      const columns: readonly string[] = names ?? Object.keys(rows[0] ?? {});
      const waves = columns.map((name) => Float32Array.from(rows, (row) => Number(row[name] ?? Number.NaN)));
      const same = samples === 0 ? rows.length > 0 : rows.length === samples;
      if (!same || waves.some((wave) => wave.some(Number.isNaN))) {
        const problem = records === 0 ? 'holds no waveforms' : 'has another form than the records before it';
        pass(new DriverError('device', bytes.name, `${entry.name} ${problem}`));
        continue;
      }
      [names, samples] = [columns, rows.length];
      records += 1;
      const number = BigInt(/_(\d+)\.parquet$/.exec(entry.name)?.[1] ?? records);
      yield waves.map((wave, channel) => ({
        stream: '',
        decoder: parquetArchive,
        batch: batchOf(schemaOf(channel, columns[channel]!, samples), [
          [number, channel, ...eventTimes(records / recordHz), 0, sampleNs, wave],
        ]),
      }));
    }
  } catch (thrown) {
    if (!(thrown instanceof BrokenArchive) && !isUnpacking(thrown)) throw thrown;
    pass(thrown);
  }
  if (records > 0) return;
  throw fault ?? new DriverError('device', bytes.name, `there is no Parquet file in ${bytes.name}`);
}

/** The packed bytes of an archive end before their time. */
function isUnpacking(thrown: unknown): thrown is DriverError {
  return thrown instanceof DriverError && / cannot be unpacked: /.test(thrown.message);
}

async function rowsOf(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Record<string, unknown>[] | DriverError> {
  try {
    return await parquetReadObjects({ file: bytes.buffer });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new DriverError('device', name, `${name} cannot be read as Parquet: ${why}`, { cause });
  }
}
