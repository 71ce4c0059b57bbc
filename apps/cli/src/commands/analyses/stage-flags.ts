import { stages } from '@countroom/stages';
import type { Command } from 'commander';
import { z } from 'zod';
import { addFlags, type OptionSchema } from './schema-flags.js';

/** What a stage takes. */
export function schemaOf(stage: string): OptionSchema {
  const { configSchema } = stages.get(stage);
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as OptionSchema;
}

/** Gives a command the description and the options of a stage. */
export function addStageFlags(command: Command, stage: string): void {
  command.description(stages.get(stage).description);
  addFlags(command, schemaOf(stage));
}
