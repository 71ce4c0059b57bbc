import type { ColumnData, ColumnSchema, RecordBatch } from '@countroom/records';
import { DSPFatal, ProcessingChainError } from '../errors.js';
import { fillIn, type ParameterDatabase } from './database.js';

/** A further table whose columns stand beside those of the raw table, row by row. */
export interface JoinedInput {
  readonly file: string;
  /** Path of the table in the file. */
  readonly group: string;
  /** Put in front of its columns' names. */
  readonly prefix: string;
  /** Put behind its columns' names. */
  readonly suffix: string;
}

const known = new Set(['file', 'group', 'prefix', 'suffix']);
const place = { key: 'inputs', defaults: {} };

function readOne(source: unknown, database: ParameterDatabase): JoinedInput {
  const fail = (message: string) => new ProcessingChainError(`'inputs': ${message}`, { recipe: source });
  if (typeof source !== 'object' || source === null || Array.isArray(source))
    throw fail('an entry must be an object with file and group');
  const unknown = Object.keys(source).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw fail(`an entry has a field '${unknown}' that means nothing; known: ${[...known].join(', ')}`);
  const fields = source as Readonly<Record<string, unknown>>;
  const text = (name: string, missing?: string): string => {
    const value = fillIn(fields[name] ?? missing, database, { ...place, source });
    if (typeof value !== 'string' || (value === '' && missing === undefined))
      throw fail(`an entry needs '${name}', a text`);
    return value;
  };
  return {
    file: text('file'),
    group: text('group'),
    prefix: text('prefix', ''),
    suffix: text('suffix', ''),
  };
}

/**
 * The tables that a configuration joins to the raw table, look-ups filled in. Empty when it joins none. Throws a
 * ProcessingChainError for a faulty entry.
 */
export function joinedInputs(config: unknown, database: ParameterDatabase = {}): readonly JoinedInput[] {
  const inputs =
    typeof config === 'object' && config !== null && 'inputs' in config ? config.inputs : undefined;
  if (inputs === undefined) return [];
  const list: readonly unknown[] = Array.isArray(inputs) ? inputs : [inputs];
  return list.map((source) => readOne(source, database));
}

/** The name that a column (a path such as `wf/values`) of a joined table gets beside the raw table. */
export function joinedName(path: string, { prefix, suffix }: JoinedInput): string {
  const [field = '', ...inner] = path.split('/');
  return [`${prefix}${field}${suffix}`, ...inner].join('/');
}

/**
 * Rows of the raw table with the same rows of joined tables beside them, columns named as their entry says. Nothing is
 * copied. Throws a ProcessingChainError when two columns get the same name and a DSPFatal when a table has not as many
 * rows.
 */
export function joinColumns(
  batch: RecordBatch,
  tables: readonly { readonly input: JoinedInput; readonly batch: RecordBatch }[],
): RecordBatch {
  const schemas: ColumnSchema[] = [...batch.schema.columns];
  const columns: ColumnData[] = [...batch.columns];
  const names = new Set(schemas.map(({ name }) => name));
  for (const { input, batch: joined } of tables) {
    if (joined.rows !== batch.rows) {
      throw new DSPFatal(
        `'${input.group}' of ${input.file} has ${joined.rows.toString()} rows where the table has ${batch.rows.toString()}: both must be about the same events`,
      );
    }
    joined.schema.columns.forEach((schema, index) => {
      const name = joinedName(schema.name, input);
      if (names.has(name)) {
        throw new ProcessingChainError(
          `'inputs': '${name}' of ${input.file} is there already: give the entry a prefix or a suffix`,
        );
      }
      names.add(name);
      schemas.push({ ...schema, name });
      columns.push(joined.columns[index]!);
    });
  }
  return { schema: { name: batch.schema.name, columns: schemas }, rows: batch.rows, columns };
}
