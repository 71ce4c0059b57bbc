import type { JsonValue } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader } from '@countroom/lh5';
import type { DataObject } from '@countroom/records';

/** The INFO lines stand in the log of the run already. */
const lines = 'records';

/** What a raw file says of its run: facts, and of each source what its device was set to. */
export async function runInfoView(reader: Lh5Reader): Promise<Record<string, JsonValue>> {
  const info = await reader.read('run/info');
  if (info.kind !== 'struct')
    throw new Lh5Error('data-inconsistent', `is a ${info.kind}, not the facts of a run`, {
      object: 'run/info',
    });
  return structOf([...info.fields].filter(([name]) => name !== lines));
}

function structOf(fields: Iterable<readonly [string, DataObject]>): Record<string, JsonValue> {
  const known: Record<string, JsonValue> = {};
  for (const [name, object] of fields) {
    const value = plain(object);
    if (value !== undefined) known[name] = value;
  }
  return known;
}

/** Undefined for what is no fact but data. */
function plain(object: DataObject): JsonValue | undefined {
  switch (object.kind) {
    case 'struct':
      return structOf(object.fields);
    case 'strings':
      return [...object.values];
    case 'scalar':
      return typeof object.value === 'bigint' ? object.value.toString() : exact(object.value);
    default:
      return undefined;
  }
}

/** NaN and infinities have no form of their own in JSON. */
function exact(value: number | boolean | string): JsonValue {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
