import {
  AppError,
  type ConfigurationKind,
  detectorConfiguration,
  type JsonValue,
  type ProblemIssue,
  pipelineDefinition,
} from '@countroom/contracts';
import { builtinConsumers, registry } from '@countroom/drivers';
import { stages } from '@countroom/stages';
import { z } from 'zod';
import { issuesOf } from '../../platform/http/zod-issues.js';
import { inputFaults } from './consumer-inputs.js';

export type Content = Record<string, JsonValue>;

/** Schema of a kind's content; undefined for a stage that this version does not have. */
export function schemaOf(kind: ConfigurationKind): z.ZodType | undefined {
  if (kind === 'detector') return detectorConfiguration;
  if (kind === 'pipeline') return pipelineDefinition;
  return stages.has(kind) ? stages.get(kind).configSchema : undefined;
}

/** JSON Schema for forms. */
export function formSchemaOf(kind: ConfigurationKind): Record<string, unknown> {
  const schema = schemaOf(kind) ?? z.record(z.string(), z.json());
  const document: Record<string, unknown> = {
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  };
  const { $ref, ...rest } = document;
  if (typeof $ref !== 'string') return document;
  // A schema with a name of its own is only referred to; forms begin with its fields.
  const defined = (rest['$defs'] ?? {}) as Record<string, object>;
  return { ...rest, ...defined[$ref.replace('#/$defs/', '')] };
}

/** The content as it is to be stored. Throws `input.invalid` with every fault and where it is. */
export function checkContent(kind: ConfigurationKind, content: unknown): Content {
  const issues: ProblemIssue[] = [];
  const parsed = schemaOf(kind)?.safeParse(content);
  if (parsed?.success === false) issues.push(...issuesOf(parsed.error, 'content'));
  if (issues.length === 0 && kind === 'detector')
    issues.push(...sourceFaults(content), ...consumerFaults(content));
  if (issues.length === 0 && kind === 'pipeline') issues.push(...stageFaults(content));
  if (issues.length === 0) return content as Content;
  const faults = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  throw new AppError('input.invalid', `The configuration cannot be used: ${faults}`, { issues });
}

function stageFaults(content: unknown): ProblemIssue[] {
  return pipelineDefinition.parse(content).stages.flatMap(({ stage, configuration, config }, index) => {
    const path = `content.stages.${index}`;
    if (!stages.has(stage)) {
      const known = stages.list().map(({ name }) => name);
      return [{ path: `${path}.stage`, message: `no stage ${stage}; known are ${known.join(', ')}` }];
    }
    if (configuration !== undefined && config !== undefined)
      return [{ path, message: 'give either a stored configuration or options, not both' }];
    if (config === undefined) return [];
    const parsed = stages.get(stage).configSchema.safeParse(config);
    return parsed.success ? [] : issuesOf(parsed.error, `${path}.config`);
  });
}

function sourceFaults(content: unknown): ProblemIssue[] {
  const { sources } = detectorConfiguration.parse(content);
  return sources.flatMap((source, index) => {
    const path = `content.sources.${index}`;
    const issues: ProblemIssue[] = [];
    if (sources.findIndex((other) => other.name === source.name) !== index)
      issues.push({ path: `${path}.name`, message: `there are two sources named ${source.name}` });
    if (!registry.kinds.includes(source.driver)) {
      const known = registry.kinds.join(', ');
      return [
        ...issues,
        { path: `${path}.driver`, message: `no driver ${source.driver}; known are ${known}` },
      ];
    }
    const parsed = registry.get(source.driver).configSchema.safeParse(source.config);
    return parsed.success ? issues : [...issues, ...issuesOf(parsed.error, `${path}.config`)];
  });
}

/** What can be known without the device; channels are looked at before a run. */
function consumerFaults(content: unknown): ProblemIssue[] {
  const configuration = detectorConfiguration.parse(content);
  const { consumers = [] } = configuration;
  const issues = consumers.flatMap(({ kind, config, module }, index) => {
    const path = `content.consumers.${index}`;
    if (kind === 'module')
      return module === undefined ? [{ path: `${path}.module`, message: 'name the file of the module' }] : [];
    const builtin = builtinConsumers.find((one) => one.kind === kind);
    if (builtin === undefined) {
      const known = [...builtinConsumers.map((one) => one.kind), 'module'].join(', ');
      return [{ path: `${path}.kind`, message: `no kind of consumer ${kind}; known are ${known}` }];
    }
    const parsed = builtin.configSchema.safeParse(config);
    return parsed.success ? [] : issuesOf(parsed.error, `${path}.config`);
  });
  return [...issues, ...inputFaults(configuration)];
}
