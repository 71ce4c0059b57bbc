import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainFields } from '@countroom/dsp';
import { lh5Backend, openReader } from '@countroom/lh5';
import type { DataObject, Table } from '@countroom/records';

const goldenFiles: Readonly<Record<string, string>> = {
  minimal: 'minimal.geds',
  hpge: 'hpge.geds_rows0_49',
  sipm: 'sipm.ch0',
};

/** A chain and the recorded rows that it is measured on. */
export interface FileCase {
  readonly name: string;
  readonly configPath: string;
  readonly config: unknown;
  readonly database: Readonly<Record<string, unknown>>;
  /** Recorded rows, with the columns that the chain reads. */
  readonly rows: Table;
}

interface GoldenFile {
  readonly config: string;
  readonly database: Readonly<Record<string, unknown>>;
  readonly input: {
    readonly path: string;
    readonly table: string;
    readonly first_row: number;
    readonly n_rows: number;
  };
}

/** The configurations in a folder of test data of which the recordings are there. */
export async function fileCases(testData: string): Promise<FileCase[]> {
  const cases: FileCase[] = [];
  for (const [name, golden] of Object.entries(goldenFiles)) {
    const path = join(testData, `dsp/chains/${golden}.golden.json`);
    if (!existsSync(path)) continue;
    const { config: file, database, input } = readJson(path) as GoldenFile;
    const source = join(testData, 'legend', input.path.replace(/^data\//, ''));
    if (!existsSync(source)) continue;
    const configPath = join(testData, 'dsp/configs', file);
    const config = readJson(configPath);
    const reader = await openReader(source);
    const all = await reader.readTable(input.table, {
      rows: [input.first_row, input.first_row + input.n_rows],
    });
    await reader.close();
    const wanted = chainFields(config, { database });
    const columns = new Map([...all.columns].filter(([column]) => wanted.includes(column)));
    cases.push({ name, configPath, config, database, rows: { ...all, columns } });
  }
  return cases;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

let state = 12_345;

/** Adds -2 to 2 to every sample of integer waveforms, so that no two rows are the same. */
function withNoise(object: DataObject): DataObject {
  if (object.kind === 'table') {
    const columns = new Map([...object.columns].map(([name, column]) => [name, withNoise(column)]));
    return { ...object, columns };
  }
  if (object.kind !== 'array' || !(object.data instanceof Uint16Array) || object.shape.length < 2)
    return object;
  const data = object.data.map((value) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.max(0, value + ((state >>> 16) % 5) - 2);
  });
  return { ...object, data };
}

/** Rows of recorded blocks over and over, with noise, until there are so many; the last block may go beyond. */
export function* repeatedRows(rows: Table, count: number): Generator<Table> {
  const perBlock = rows.rows;
  for (let done = 0; done < count; done += perBlock) yield withNoise(rows) as Table;
}

/** Writes a raw file of about so many rows; the rows that it has. */
export async function writeRawFile(file: string, table: string, rows: Table, count: number): Promise<number> {
  const writer = await lh5Backend.createWriter(file, { compression: { gzip: 4 }, overwrite: true });
  let done = 0;
  for (const block of repeatedRows(rows, count)) {
    await writer.append(table, block);
    done += block.rows;
  }
  await writer.close();
  return done;
}
