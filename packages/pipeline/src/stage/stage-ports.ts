import type { StageDeclaration } from './stage.js';
import { StageError } from './stage-errors.js';
import type { Stage } from './table-stage.js';

/**
 * The ports of a stage with these options: the data kinds that it reads, the main one first. A port is named after its
 * data kind. Throws a StageError when a stage asks for a kind that it did not declare, which is a fault of the stage.
 */
export function portsOf<Config>(stage: StageDeclaration<Config>, config: Config): readonly string[] {
  const ports = stage.reads?.(config) ?? [stage.dependsOn];
  const known = [stage.dependsOn, ...(stage.alsoReads ?? [])];
  const foreign = ports.find((port) => !known.includes(port));
  if (foreign !== undefined) throw new StageError(stage.name, `reads ${known.join(', ')}, not ${foreign}`);
  return [...new Set(ports)];
}

/** Whether a port of a stage takes several data sets: their tables are read as those of one. */
export function takesSeveral(stage: Stage): boolean {
  return stage.work === 'tables';
}
