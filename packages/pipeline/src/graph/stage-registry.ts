import { StageError } from '../stage/stage-errors.js';
import type { Stage } from '../stage/table-stage.js';

/** The stages there are. */
export class StageRegistry {
  private readonly stages = new Map<string, Stage>();

  /**
   * @param stages each name once
   * @throws StageError when two have one name
   */
  constructor(stages: readonly Stage[]) {
    for (const stage of stages) {
      if (this.stages.has(stage.name)) throw new StageError(stage.name, 'is declared twice');
      this.stages.set(stage.name, stage);
    }
  }

  /** All stages in the order of their declaration. */
  list(): Stage[] {
    return [...this.stages.values()];
  }

  /** The stage of a name. Throws a StageError that lists the known ones. */
  get(name: string): Stage {
    const stage = this.stages.get(name);
    if (stage === undefined) {
      throw new StageError(name, `there is no such stage; known are ${[...this.stages.keys()].join(', ')}`);
    }
    return stage;
  }

  /** Whether there is a stage of a name. */
  has(name: string): boolean {
    return this.stages.has(name);
  }
}
