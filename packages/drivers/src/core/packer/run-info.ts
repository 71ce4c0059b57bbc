import type { DataObject, NdArray, Scalar, StringArray, Struct, Table } from '@countroom/records';
import { beginningRun, endingRun, type InfoLine } from '../info-table.js';
import type { SpoolHeader } from '../spool/spool.api.js';

/** An INFO line with the source that said it. */
export interface SourceLine extends InfoLine {
  readonly source: string;
}

type Fact = string | number | boolean;

function scalar(value: Fact | bigint, attrs: Scalar['attrs'] = {}): Scalar {
  return { kind: 'scalar', value, ...(typeof value === 'bigint' ? { dtype: 'int64' as const } : {}), attrs };
}

function strings(values: readonly string[]): StringArray {
  return { kind: 'strings', values, attrs: {} };
}

function struct(fields: Iterable<readonly [string, DataObject]>): Struct {
  return { kind: 'struct', fields: new Map(fields), attrs: {} };
}

/** Names of fields in files: letters, digits and underscores. */
function fieldName(key: string): string {
  return key.replace(/[^A-Za-z0-9_]/g, '_');
}

function facts(values: Readonly<Record<string, Fact>>): Struct {
  return struct(Object.entries(values).map(([key, value]) => [fieldName(key), scalar(value)]));
}

/** Lines of all sources in order of time; lines of one source keep their order. */
export function orderLines(lines: readonly SourceLine[]): SourceLine[] {
  return [...lines].sort((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0));
}

/**
 * The object `run/info`: run facts as scalars, each source's device facts, and the INFO lines as the table
 * `records` (time in ns since 1970, source, message). `complete` is false when a source never said that the
 * run ended: it was interrupted.
 */
export function runInfo(headers: readonly SpoolHeader[], lines: readonly SourceLine[]): Struct {
  const ordered = orderLines(lines);
  const sources = [...new Map(headers.map((header) => [header.source, header])).values()];
  const run = sources[0]?.run;
  const said = (source: string, message: string): boolean =>
    ordered.some((line) => line.source === source && line.message === message);
  const complete = sources.every(({ source }) => said(source, beginningRun) && said(source, endingRun));
  const times: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'int64',
    shape: [ordered.length],
    data: BigInt64Array.from(ordered, (line) => line.timeNs),
    attrs: { units: 'ns' },
  };
  const records: Table = {
    kind: 'table',
    rows: ordered.length,
    columns: new Map<string, DataObject>([
      ['time', times],
      ['source', strings(ordered.map((line) => line.source))],
      ['message', strings(ordered.map((line) => line.message))],
    ]),
    attrs: {},
  };
  const fields: [string, DataObject][] = [
    ['run_id', scalar(run?.runId ?? '')],
    ['detector', scalar(run?.detector ?? '')],
    ['complete', scalar(complete)],
    ['begin_time', scalar(ordered[0]?.timeNs ?? 0n, { units: 'ns' })],
    ['end_time', scalar(ordered.at(-1)?.timeNs ?? 0n, { units: 'ns' })],
    ['facts', facts(run?.facts ?? {})],
    ['sources', struct(sources.map(({ source, device }) => [fieldName(source), facts(device)]))],
    ['records', records],
  ];
  if (run?.runNumber !== undefined) fields.push(['run_number', scalar(BigInt(run.runNumber))]);
  return struct(fields);
}
