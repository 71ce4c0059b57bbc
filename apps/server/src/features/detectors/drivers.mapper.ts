import type { ConsumerInfo, DriverInfo } from '@countroom/contracts';
import { type BuiltinConsumer, type DriverDefinition, describeDefinition } from '@countroom/drivers';
import { z } from 'zod';

/** What forms and pages need to know of a kind of device. Signals are those of a device with all defaults. */
export function toDriverInfo(definition: DriverDefinition): DriverInfo {
  const description = describeDefinition(definition);
  const defaults = definition.configSchema.safeParse({});
  const signals = defaults.success ? definition.signals(defaults.data) : [];
  return {
    kind: description.kind,
    title: description.title,
    description: description.description,
    capabilities: Object.entries(description.capabilities).flatMap(([name, has]) => (has ? [name] : [])),
    configSchema: { ...description.config },
    signals: signals.map((signal) => ({
      name: signal.name,
      title: signal.title,
      unit: signal.unit ?? '',
      writable: signal.access === 'setting',
    })),
    commands: description.commands.map((command) => ({
      name: command.name,
      title: command.title,
      description: command.description,
      states: [...command.allowedIn],
      paramsSchema: { ...command.parameters },
    })),
  };
}

export function toConsumerInfo({ kind, title, description, configSchema }: BuiltinConsumer): ConsumerInfo {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  return { kind, title, description, configSchema: { ...schema } };
}
