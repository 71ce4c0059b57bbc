import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ExplainedFile, FileTimes, TableTimes } from '@countroom/stages';
import { isRecord, readDatabases } from '../terminal/records.js';
import { report } from '../terminal/report.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { textTable } from '../terminal/text-table.js';
import { UsageError } from '../terminal/usage-error.js';
import { type FileStageExtras, type FileStageOptions, runFileStage } from './run-file-stage.js';

/** Options of raw-to-dsp as the command line gives them. */
export interface RawToDspArguments extends Omit<FileStageOptions, 'out'> {
  readonly out?: string;
  readonly config?: string;
  readonly chanConfig?: string;
  readonly db?: string[];
  readonly table?: string[];
  readonly outputs?: string[];
  readonly firstRow?: number;
  readonly nMax?: number;
  readonly profile?: boolean;
  readonly explain?: boolean;
}

/** Processes a raw file, or explains how it would be. Files are read here: the stage gets what is in them. */
export async function runRawToDsp(input: string, options: RawToDspArguments): Promise<void> {
  const stageOptions = await stageOptionsOf(options);
  if (options.explain === true) {
    await explain(input, stageOptions, options);
    return;
  }
  const { out } = options;
  if (out === undefined) throw new UsageError('give the file to make (--out), or --explain');
  if (options.profile === true && (options.threads ?? 1) > 1)
    throw new UsageError('--profile looks at one thread: leave --threads out, or give 1');
  if (!existsSync(input)) throw new Error(`${input}: there is no such file`);
  const { prepareRawToDsp } = await import('@countroom/stages');
  const prepared = await prepareRawToDsp(input, stageOptions);
  try {
    const extras = options.profile === true ? await profiling() : {};
    const { through } = prepared;
    await runFileStage('raw_to_dsp', input, prepared.options, { ...options, out }, { ...extras, through });
  } finally {
    await prepared.close();
  }
}

/** What makes a run tell where its time went. */
async function profiling(): Promise<FileStageExtras> {
  const { profiledRawToDsp } = await import('@countroom/stages');
  const processors: TableTimes = new Map();
  const times: FileTimes = { reading: 0, writing: 0 };
  return {
    stage: profiledRawToDsp(processors),
    times,
    conclude: ({ rows }) => ({
      json: { profile: { ...times, processors: plain(processors) } },
      text: profileText(processors, times, rows),
    }),
  };
}

async function stageOptionsOf(options: RawToDspArguments): Promise<object> {
  if (options.config === undefined && options.chanConfig === undefined)
    throw new UsageError('give a chain for all tables (--config) or one per table (--chan-config)');
  const { outputs, firstRow, nMax } = options;
  return {
    ...(options.config === undefined ? {} : { config: await readStructuredFile(options.config) }),
    ...(options.chanConfig === undefined ? {} : { channelConfigs: await channelConfigs(options.chanConfig) }),
    database: await readDatabases(options.db),
    tables: options.table ?? [],
    ...(outputs === undefined ? {} : { outputs }),
    ...(firstRow === undefined ? {} : { firstRow }),
    ...(nMax === undefined ? {} : { nMax }),
  };
}

/** Chains by pattern, in the order of the file; a text is the name of a file beside it. */
async function channelConfigs(file: string): Promise<unknown> {
  const content = await readStructuredFile(file);
  if (!isRecord(content))
    throw new Error(`${file} must hold an object: path or pattern of tables, and chain or file name`);
  return Promise.all(
    Object.entries(content).map(async ([tables, config]) => ({
      tables,
      config: typeof config === 'string' ? await readStructuredFile(resolve(dirname(file), config)) : config,
    })),
  );
}

async function explain(input: string, stageOptions: object, options: RawToDspArguments): Promise<void> {
  if (!existsSync(input)) throw new Error(`${input}: there is no such file`);
  const { explainRawToDsp } = await import('@countroom/stages');
  const explained = await explainRawToDsp(input, stageOptions);
  report({ ok: true, input, ...explained }, explanationText(explained), options);
}

function explanationText({ tables, remarks }: ExplainedFile): string {
  const parts = tables.map(({ input, output, columns, warnings, chain }) => {
    const variables = chain.variables.map((one) => [
      one.name,
      `${one.dtype}${one.shape.length === 0 ? '' : `[${one.shape.join(', ')}]`}`,
      one.unit ?? '',
      one.period ?? '',
      [
        ...(one.constant ? ['constant'] : []),
        ...(one.coordinate === 'point' ? ['time'] : []),
        ...(one.coordinate === 'interval' ? ['distance of times'] : []),
        ...(one.lengthIn === undefined ? [] : [`${one.lengthIn} elements`]),
      ].join(', '),
    ]);
    const steps = chain.steps.map(({ processor, work, writes, bytesPerRow }, index) => [
      (index + 1).toString(),
      processor,
      work,
      writes.join(', '),
      bytesPerRow.toString(),
    ]);
    const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;
    return [
      `${input} -> ${output}`,
      `reads ${columns.join(', ')}`,
      ...warnings.map((warning) => `note: ${warning}`),
      '',
      textTable(['', 'processor', 'work', 'writes', 'bytes a row'], steps),
      '',
      textTable(['variable', 'type', 'unit', 'period', ''], variables),
      '',
      `${chain.blockRows} rows are worked on together in ${kilobytes(chain.blockBytes)} (${kilobytes(chain.unsharedBytes)} if nothing shared memory); constants ${kilobytes(chain.constantBytes)}`,
    ].join('\n');
  });
  return [...parts, ...remarks.map((remark) => `note: ${remark}`)].join('\n\n');
}

function plain(times: TableTimes): object {
  return Object.fromEntries([...times].map(([table, own]) => [table, Object.fromEntries(own)]));
}

/** Times per table, the longest first. */
function profileText(processors: TableTimes, times: FileTimes, rows: number): string {
  const sumOf = (own: ReadonlyMap<string, number>): number =>
    [...own.values()].reduce((sum, value) => sum + value, 0);
  const all =
    times.reading + times.writing + [...processors.values()].reduce((sum, own) => sum + sumOf(own), 0);
  const line = (what: string, milliseconds: number): string[] => [
    what,
    `${milliseconds.toFixed(1)} ms`,
    `${((100 * milliseconds) / all).toFixed(1)} %`,
    `${((1000 * milliseconds) / Math.max(1, rows)).toFixed(2)} us a row`,
  ];
  const lines = [...processors].flatMap(([table, own]) => [
    line(table, sumOf(own)),
    ...[...own].sort((a, b) => b[1] - a[1]).map(([processor, time]) => line(`  ${processor}`, time)),
  ]);
  const table = textTable(
    ['', 'time', 'share', ''],
    [line('reading and decoding', times.reading), ...lines, line('compressing and writing', times.writing)],
  );
  return `\n\n${table}`;
}
