import { canonicalJson, type JsonValue } from '@countroom/contracts/canonical-json';
import { optionIssues } from '@countroom/contracts/option-issues';
import type { Lineage } from '@countroom/run-model';
import type { StageDeclaration } from './stage.js';
import { StageError } from './stage-errors.js';

/** Options after the stage's schema, with its defaults. Throws a StageError that lists every fault with its place. */
export function parseOptions<Config>(
  stage: Pick<StageDeclaration<Config>, 'name' | 'configSchema'>,
  options: unknown,
): Config {
  const parsed = parsedBy(stage, options);
  if (parsed.success) return parsed.data;
  const issues = optionIssues(parsed.error.issues, stage.configSchema);
  const list = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  throw new StageError(stage.name, `the options cannot be used: ${list}`, issues, parsed.error);
}

function parsedBy<Config>(
  { name, configSchema }: Pick<StageDeclaration<Config>, 'name' | 'configSchema'>,
  options: unknown,
): ReturnType<StageDeclaration<Config>['configSchema']['safeParse']> {
  try {
    return configSchema.safeParse(options);
  } catch (cause) {
    // Schemas go into values as deep as those are, and end with the stack.
    if (!(cause instanceof RangeError)) throw cause;
    throw new StageError(name, 'the options cannot be used: they are nested too deeply', [], cause);
  }
}

/**
 * The options that influence the result, defaults filled in: equal results-to-be have equal tracked options, whether or
 * not a default was written out.
 */
export function trackedOptions<Config>(stage: StageDeclaration<Config>, config: Config): JsonValue {
  const all = config as Record<string, JsonValue>;
  const tracked = Object.fromEntries(Object.entries(all).filter(([name]) => !stage.untracked.includes(name)));
  return JSON.parse(canonicalJson(tracked)) as JsonValue;
}

/** Lineage of what the stage makes with these options from inputs of these lineages. */
export function stageLineage<Config>(
  stage: StageDeclaration<Config>,
  config: Config,
  inputs: readonly Lineage[],
): Lineage {
  return {
    dataKind: stage.provides,
    stage: stage.name,
    version: stage.version,
    options: trackedOptions(stage, config),
    inputs,
  };
}

/** Lineage of a file that came from outside: its content is its identity. `sha256` is in hexadecimal digits. */
export function fileLineage(dataKind: string, sha256: string): Lineage {
  return { dataKind, stage: 'file', version: '1', options: { sha256 }, inputs: [] };
}

/** Lineage of what a run recorded itself: the run is its identity. */
export function runLineage(dataKind: string, runId: string): Lineage {
  return { dataKind, stage: 'acquisition', version: '1', options: { run: runId }, inputs: [] };
}
