import { type ChainFinding, DspError, type JoinedInput, joinColumns, joinedInputs } from '@countroom/dsp';
import type { RecordBatch } from '@countroom/records';
import type { Json } from '../../lib/form/schema-node';
import { isFields } from './chain-text';
import { valueAt } from './draft';
import type { JsonPath } from './json-places';

/** A table that a chain joins, and where the chain says so. */
export interface NamedJoin extends JoinedInput {
  readonly path: JsonPath;
}

/** The rows of a joined table that stand beside the chosen ones. */
export interface JoinedRows<Rows> {
  readonly file: string;
  readonly group: string;
  /** Null when there are none, or none yet. */
  readonly rows: Rows | null;
  /** Why the table cannot be joined. */
  readonly fault: string | undefined;
  /** What may surprise about its rows. */
  readonly remark: string | undefined;
}

const findingAt = (
  path: JsonPath,
  message: string,
  severity: ChainFinding['severity'] = 'error',
): ChainFinding => ({ severity, message, path, character: undefined, processor: undefined });

/** The tables that a chain joins. A faulty entry is a finding and hides nothing in the others. */
export function joinsOf(
  config: unknown,
  database: Readonly<Record<string, unknown>>,
): { readonly joins: readonly NamedJoin[]; readonly findings: readonly ChainFinding[] } {
  const inputs = isFields(config as Json) ? valueAt(config as Json, ['inputs']) : undefined;
  if (inputs === undefined) return { joins: [], findings: [] };
  const entries = Array.isArray(inputs) ? (inputs as readonly Json[]) : [inputs];
  const joins: NamedJoin[] = [];
  const findings: ChainFinding[] = [];
  entries.forEach((entry, index) => {
    const path = Array.isArray(inputs) ? ['inputs', index] : ['inputs'];
    try {
      joins.push(...joinedInputs({ inputs: entry }, { ...database }).map((join) => ({ ...join, path })));
    } catch (fault) {
      if (!(fault instanceof DspError)) throw fault;
      findings.push(findingAt(path, fault.message));
    }
  });
  return { joins, findings };
}

/** The chosen rows with those of joined tables beside them, as far as they are there; findings tell of the others. */
export function withJoined(
  input: RecordBatch,
  joins: readonly NamedJoin[],
  tables: readonly JoinedRows<RecordBatch>[],
): { readonly input: RecordBatch; readonly joined: readonly string[]; readonly findings: ChainFinding[] } {
  let batch = input;
  const findings: ChainFinding[] = [];
  for (const join of joins) {
    const { file, group, path } = join;
    const found = tables.find((table) => table.file === file && table.group === group);
    if (found?.rows === undefined || found.rows === null) {
      findings.push(findingAt(path, found?.fault ?? `${group} of ${file} is being read`));
      continue;
    }
    try {
      batch = joinColumns(batch, [{ input: join, batch: found.rows }]);
      if (found.remark !== undefined) findings.push(findingAt(path, found.remark, 'warning'));
    } catch (fault) {
      if (!(fault instanceof DspError)) throw fault;
      findings.push(findingAt(path, fault.message));
    }
  }
  const own = input.schema.columns.length;
  const names = batch.schema.columns.slice(own).map(({ name }) => name.split('/')[0] ?? '');
  return { input: batch, joined: [...new Set(names)], findings };
}
