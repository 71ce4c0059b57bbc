import {
  type ChainFinding,
  type ChainInspection,
  chainFields,
  chainFiles,
  DSPFatal,
  DspError,
  type FileRequest,
  inspectChain,
  type JoinedInput,
  type KernelModule,
  ProcessingChainError,
} from '@countroom/dsp';
import type { RecordBatch } from '@countroom/records';
import type { Json } from '../../lib/form/schema-node';
import { filesOf, type KnownNumbers, withReasons } from './chain-numbers';
import { isFields } from './chain-text';
import { valueAt } from './draft';
import { type JoinedRows, joinsOf, withJoined } from './joined-tables';

/** What is asked about a chain. */
export interface ChainQuestion {
  readonly config: unknown;
  readonly database: Readonly<Record<string, unknown>>;
  /** Variables whose waveforms are wanted; numbers come in any case. */
  readonly show: readonly string[];
  /** Numbers of files that the chain names, as far as they are known. */
  readonly numbers?: KnownNumbers;
}

/** A chain as it was resolved, with its results for the rows at hand. */
export interface ChainAnswer extends Omit<ChainInspection, 'chain'> {
  /** Numbers of every variable and the waveforms that were asked for; null when there are no rows or nothing to compute. */
  readonly results: RecordBatch | null;
  /** Milliseconds for resolving and for computing. */
  readonly planMs: number;
  readonly runMs: number;
  /** Rows were computed. */
  readonly rows: number;
  /** What the chain needs of files. */
  readonly files: readonly FileRequest[];
  /** Tables that it joins to the raw table. */
  readonly joins: readonly JoinedInput[];
  /** Names of the columns that came with them. */
  readonly joined: readonly string[];
}

const nothing: Omit<ChainAnswer, 'findings'> = {
  processors: [],
  variables: [],
  inputs: [],
  outputs: [],
  results: null,
  planMs: 0,
  runMs: 0,
  rows: 0,
  files: [],
  joins: [],
  joined: [],
};

/** Without rows types and shapes are not known: only what the text itself says can be looked at. */
function readOnly({ config, database }: ChainQuestion): ChainAnswer {
  try {
    return { ...nothing, inputs: chainFields(config, { database }), findings: [] };
  } catch (fault) {
    if (!(fault instanceof DspError)) throw fault;
    const place = fault instanceof ProcessingChainError ? fault : undefined;
    const finding: ChainFinding = {
      severity: 'error',
      message: fault.message,
      path: place?.path ?? [],
      character: place?.character,
      processor: place?.processor,
    };
    return { ...nothing, findings: [finding] };
  }
}

/** Resolves a chain and computes everything in it for some rows. A processor that stops the run is left out, with a finding. */
export function inspect(
  question: ChainQuestion,
  rows: RecordBatch | null,
  kernels: KernelModule,
  tables: readonly JoinedRows<RecordBatch>[] = [],
): ChainAnswer {
  if (rows === null) return readOnly(question);
  const { config, database, show, numbers = {} } = question;
  const named = joinsOf(config, database);
  const { input, joined, findings: joining } = withJoined(rows, named.joins, tables);
  const files = filesOf(numbers);
  const requested = requestedFiles(question);
  const without = new Map<string, DSPFatal>();
  let planMs = 0;
  let runMs = 0;
  for (;;) {
    const begun = performance.now();
    const { chain, ...found } = inspectChain(config, { database, input, kernels, without, files });
    const findings = [
      ...named.findings,
      ...joining,
      ...withReasons(found.findings, config, requested, numbers),
    ];
    const inspection = { ...found, findings, files: requested, joins: named.joins, joined };
    const planned = performance.now();
    planMs += planned - begun;
    if (chain === undefined || input.rows === 0)
      return { ...inspection, results: null, planMs, runMs, rows: input.rows };
    try {
      const results = chain.run(input);
      runMs += performance.now() - planned;
      return { ...inspection, results: shown(results, show), planMs, runMs, rows: input.rows };
    } catch (fault) {
      const key = fault instanceof DSPFatal ? fault.processor : undefined;
      if (!(fault instanceof DSPFatal) || key === undefined || without.has(key)) throw fault;
      without.set(key, fault);
    }
  }
}

/** What each processor asks of files, one by one: a fault in one says nothing about the others. */
function requestedFiles({ config, database }: ChainQuestion): readonly FileRequest[] {
  const processors = isFields(config as Json) ? valueAt(config as Json, ['processors']) : undefined;
  const found = new Map<string, FileRequest>();
  for (const [key, recipe] of Object.entries(isFields(processors) ? processors : {})) {
    const outputs = key.split(/[\s,]+/).filter((name) => name !== '');
    try {
      for (const one of chainFiles({ outputs, processors: { [key]: recipe } }, { database }))
        found.set(`${one.file}\n${one.path}`, one);
    } catch (fault) {
      if (!(fault instanceof DspError)) throw fault;
    }
  }
  return [...found.values()];
}

/** The numbers, and the waveforms that are wanted. */
function shown(batch: RecordBatch, show: readonly string[]): RecordBatch {
  const wanted = new Set(show);
  const kept = batch.schema.columns.flatMap((column, index) => {
    const isNumber = column.shape.length === 0 && !column.variableLength;
    const [name = ''] = column.name.split('/');
    return (isNumber && !column.name.includes('/')) || wanted.has(name) ? [index] : [];
  });
  return {
    schema: { ...batch.schema, columns: kept.map((index) => batch.schema.columns[index]!) },
    rows: batch.rows,
    columns: kept.map((index) => batch.columns[index]!),
  };
}
