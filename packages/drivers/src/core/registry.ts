import type { DriverDefinition } from './driver-definition.js';
import { DriverError } from './errors.js';

/** The kinds of devices that a process knows. */
export interface DriverRegistry {
  /** Kinds in the order of the list. */
  readonly kinds: readonly string[];
  readonly definitions: readonly DriverDefinition[];
  /** Definition of a kind. Throws DriverError `unknown-kind` with the list of known ones. */
  get(kind: string): DriverDefinition;
}

/** A registry of an explicit list. Throws DriverError `unknown-kind` when a kind is listed twice. */
export function createRegistry(definitions: readonly DriverDefinition[]): DriverRegistry {
  const byKind = new Map<string, DriverDefinition>();
  for (const definition of definitions) {
    if (byKind.has(definition.kind)) {
      throw new DriverError(
        'unknown-kind',
        definition.kind,
        `driver kind ${definition.kind} is listed twice`,
      );
    }
    byKind.set(definition.kind, definition);
  }
  const kinds = [...byKind.keys()];
  return {
    kinds,
    definitions,
    get(kind) {
      const definition = byKind.get(kind);
      if (definition === undefined) {
        const known = kinds.join(', ');
        throw new DriverError('unknown-kind', kind, `there is no driver kind ${kind}; known are: ${known}`);
      }
      return definition;
    },
  };
}
