import { type ParameterTree, valueAt } from '@countroom/parameters';
import { StageError } from '@countroom/pipeline';
import { type HitConfig, type HitOperation, hitOperation, type WrittenConfig } from './hit-config.js';

const stage = 'dsp_to_hit';

/** A configuration with its values, or which `db.…` there is none for. */
export type Filled = { readonly config: HitConfig } | { readonly missing: readonly string[] };

/**
 * Puts the values of a channel in the place of `db.…`: a whole operation, or a parameter of one. Throws a StageError for
 * values that are no operation and no number.
 */
export function fillReferences(written: WrittenConfig, values: ParameterTree, path: string): Filled {
  const missing: string[] = [];
  const operations: Record<string, HitOperation> = {};
  for (const [name, operation] of Object.entries(written.operations)) {
    if (typeof operation === 'string') {
      const found = valueAt(values, operation.slice(3));
      if (found === undefined) missing.push(operation);
      else operations[name] = operationFrom(found, operation, `${path}, operations.${name}`);
      continue;
    }
    const { defaults, ...rest } = operation;
    const parameters: Record<string, number | boolean> = {};
    for (const [parameter, value] of Object.entries(operation.parameters)) {
      if (typeof value !== 'string') {
        parameters[parameter] = value;
        continue;
      }
      const found = valueAt(values, value.slice(3)) ?? defaults[value];
      if (found === undefined) missing.push(value);
      else if (typeof found === 'number' || typeof found === 'boolean') parameters[parameter] = found;
      else
        throw new StageError(
          stage,
          `${path}, operations.${name}: ${value} is ${JSON.stringify(found)}, not a number`,
        );
    }
    operations[name] = { ...rest, parameters };
  }
  return missing.length > 0 ? { missing } : { config: { ...written, operations } };
}

function operationFrom(found: unknown, reference: string, place: string): HitOperation {
  const parsed = hitOperation.safeParse(found);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new StageError(stage, `${place}: ${reference} is no operation: ${faults}`);
}
