import type { ColumnType } from '@countroom/expressions';
import { EventError } from '../errors.js';
import { parseCall } from './call-text.js';
import type { EventOperation } from './event-config.js';
import type { EventArguments, PreparedEventFunction } from './event-functions.js';
import type { EventInputs } from './event-plan.js';
import { type HitContext, type HitName, readHitName, resolveHitName } from './hit-names.js';
import type { FieldType, FieldValues } from './text-column.js';

/** One field that a registered function makes. */
export class FunctionOperation {
  /** Type of the field. */
  readonly type: FieldType;
  /** Columns of hits that it reads. */
  readonly columns: readonly HitName[];
  private readonly prepared: PreparedEventFunction;

  /** Throws an EventError for a call that cannot be read, unknown functions, and arguments that do not fit. */
  constructor(
    operation: EventOperation,
    readonly tables: readonly number[],
    inputs: EventInputs,
    fields: ReadonlyMap<string, ColumnType>,
  ) {
    const { name, args } = parseCall(operation.expression ?? '');
    const functions = inputs.functions ?? [];
    const found = functions.find((one) => name === one.name || name.endsWith(`.${one.name}`));
    if (found === undefined) {
      const known = functions.map((one) => one.name).join(', ');
      throw new EventError(`there is no function ${name}; there are ${known === '' ? 'none' : known}`);
    }
    this.prepared = found.prepare(withParameters(args, operation.parameters ?? {}));
    this.columns = this.prepared.columns.map((column) => resolveHitName(column, inputs, tables, fields));
    const fieldNames = this.prepared.fields.map((field) => resolveHitName(field, inputs, tables, fields));
    this.type = this.prepared.type(
      new Map([...this.columns, ...fieldNames].map((one) => [one.name, one.type])),
    );
  }

  /** The field for a chunk of events. */
  run(context: HitContext): FieldValues {
    const { chunk, keys, selection, fields } = context;
    return this.prepared.run({
      map: chunk.map,
      firstHit: chunk.firstHit,
      keys,
      selection,
      tables: this.tables,
      columns: new Map(this.columns.map((one) => [one.name, readHitName(one, context)])),
      fields: new Map(this.prepared.fields.map((field) => [field, fields.get(field)])),
    });
  }
}

/** Arguments that name a parameter get its value. */
function withParameters(
  args: EventArguments,
  parameters: Readonly<Record<string, number | boolean>>,
): EventArguments {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => [
      key,
      typeof value === 'string' && Object.hasOwn(parameters, value) ? parameters[value]! : value,
    ]),
  );
}
