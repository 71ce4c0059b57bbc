import type { z } from 'zod';
import { parseWith } from '../../configuration.js';
import type { CreateConsumer } from '../consumer-module.api.js';

/** A kind of consumer that comes with the product. */
export interface BuiltinConsumer {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly configSchema: z.ZodType;
  /** Throws DriverError `bad-configuration` that lists every fault. */
  parse(config: unknown): unknown;
  readonly create: CreateConsumer;
}

/** Keeps types while a kind is written down. */
export function defineConsumer<C extends z.ZodType>(definition: {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly configSchema: C;
  readonly create: (
    config: z.output<C>,
    context: Parameters<CreateConsumer>[0],
  ) => ReturnType<CreateConsumer>;
}): BuiltinConsumer {
  const { kind, configSchema, create } = definition;
  const parse = (config: unknown): z.output<C> =>
    parseWith(configSchema, config ?? {}, 'bad-configuration', `configuration of ${kind}`);
  return { ...definition, parse, create: (context) => create(parse(context.config), context) };
}
