import { optionIssues } from '@countroom/contracts/option-issues';
import { z } from 'zod';
import type { DriverDefinition } from './driver-definition.js';
import { DriverError } from './errors.js';

/**
 * Parses a driver's configuration. Throws DriverError `bad-configuration` that lists every fault with the
 * key it is at.
 */
export function parseConfig<C extends z.ZodType>(
  definition: DriverDefinition<C>,
  value: unknown,
): z.output<C> {
  return parseWith(
    definition.configSchema,
    value,
    'bad-configuration',
    `configuration of ${definition.kind}`,
  );
}

/** Parses by a schema; faults become one DriverError of the code, each named by its path. */
export function parseWith<S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: 'bad-configuration' | 'bad-parameters',
  what: string,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = optionIssues(parsed.error.issues, schema).map(
    ({ path, message }) => `${path || '(top)'}: ${message}`,
  );
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new DriverError(code, place, `${what} is not usable: ${faults.join('; ')}`, { cause: parsed.error });
}

/** A driver kind as plain data that JSON can carry: for forms, browsing and documentation. */
export interface DriverDescription {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly capabilities: DriverDefinition['capabilities'];
  /** JSON schema of the configuration (input side: keys with defaults are optional). */
  readonly config: object;
  readonly commands: readonly {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly parameters: object;
    readonly allowedIn: readonly string[];
    readonly cancellable: boolean;
  }[];
}

/** Describes a driver kind for those who cannot load it. */
export function describeDefinition(definition: DriverDefinition): DriverDescription {
  return {
    kind: definition.kind,
    title: definition.title,
    description: definition.description,
    capabilities: definition.capabilities,
    config: z.toJSONSchema(definition.configSchema, { io: 'input' }),
    commands: Object.entries(definition.commands).map(([name, command]) => ({
      name,
      title: command.title,
      description: command.description,
      parameters: z.toJSONSchema(command.parameters, { io: 'input' }),
      allowedIn: command.allowedIn,
      cancellable: command.cancellable,
    })),
  };
}
