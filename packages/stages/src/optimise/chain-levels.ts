import type { JsonValue } from '@countroom/contracts';
import type { ParameterDatabase } from '@countroom/dsp';
import { isTree, mergeTrees, type ParameterTree, referencesIn } from '@countroom/parameters';
import { batchFromTable, type Table, tableFromBatch } from '@countroom/records';
import { treeAt } from '../analysis/tree-at.js';
import { planTask } from '../raw-to-dsp/chain-kernel.js';

type Value = string | number;

/** Processors that have to run again when the parameter of their level changes, and what later ones need of them. */
interface Level {
  readonly processors: Readonly<Record<string, JsonValue>>;
  readonly outputs: readonly string[];
}

/**
 * A chain cut into levels: level 0 does not depend on any of the parameters, level k on the k-th one and perhaps those
 * before it. What was computed for a level is kept, so that a change of a parameter runs only what is behind it.
 */
export class ChainLevels {
  private readonly levels: readonly Level[];
  private readonly kept: ({ key: string; table: Table } | undefined)[];
  /** How often each level has been computed. */
  readonly runs: number[];

  /**
   * @param config outputs and processors
   * @param parameters names behind `db.`, the one that changes slowest first
   * @param wanted variables that the figure of merit is made of
   */
  constructor(
    private readonly path: string,
    config: Readonly<Record<string, JsonValue>>,
    private readonly parameters: readonly string[],
    private readonly database: ParameterDatabase,
    wanted: readonly string[],
  ) {
    this.levels = levelsOf(config, parameters, wanted);
    this.kept = this.levels.map(() => undefined);
    this.runs = this.levels.map(() => 0);
  }

  /** The variables that are wanted, for values of the parameters. Throws a DspError for values that the chain refuses. */
  evaluate(input: Table, values: readonly Value[]): Table {
    let table = input;
    this.levels.forEach((level, index) => {
      const key = JSON.stringify(values.slice(0, index));
      const known = this.kept[index];
      if (known?.key === key) {
        table = known.table;
        return;
      }
      table = this.run(level, table, values.slice(0, index));
      this.runs[index]!++;
      this.kept[index] = { key, table };
      // What lies behind was made of the values before.
      this.kept.fill(undefined, index + 1);
    });
    return table;
  }

  private run(level: Level, input: Table, values: readonly Value[]): Table {
    if (level.outputs.length === 0) return input;
    const chosen = values.reduce<ParameterTree>(
      (tree, value, index) => mergeTrees(tree, treeAt(this.parameters[index]!, value)),
      isTree(this.database) ? this.database : {},
    );
    const config = { outputs: level.outputs, processors: level.processors };
    const chain = planTask(this.path, { config, database: chosen, sample: input });
    const made = tableFromBatch(chain.run(batchFromTable(this.path, input), { firstRow: 0 }));
    return { ...input, columns: new Map([...input.columns, ...made.columns]) };
  }
}

function levelsOf(
  config: Readonly<Record<string, JsonValue>>,
  parameters: readonly string[],
  wanted: readonly string[],
): Level[] {
  const written = isTree(config['processors']) ? config['processors'] : {};
  const recipes = Object.entries(written).map(([key, recipe]) => ({
    key,
    recipe,
    names: key.split(/[\s,]+/).filter((name) => name !== ''),
    words: wordsOf(recipe),
  }));
  const makerOf = new Map(recipes.flatMap((one) => one.names.map((name) => [name, one] as const)));
  const levels = new Map<string, number>();
  const levelOf = (one: (typeof recipes)[number]): number => {
    const known = levels.get(one.key);
    if (known !== undefined) return known;
    // Against circles, which planning the chain tells of.
    levels.set(one.key, 0);
    const own = referencesIn(one.recipe).map(
      (path) => parameters.findLastIndex((name) => path === name || path.startsWith(`${name}.`)) + 1,
    );
    const makers = one.words.flatMap((word) => makerOf.get(word) ?? []).filter((maker) => maker !== one);
    const level = Math.max(0, ...own, ...makers.map(levelOf));
    levels.set(one.key, level);
    return level;
  };
  const needed = neededBy(wanted, makerOf);
  const used = recipes.filter(({ key }) => needed.has(key));
  return Array.from({ length: parameters.length + 1 }, (_, level) => {
    const here = used.filter((one) => levelOf(one) === level);
    const later = new Set([
      ...wanted,
      ...used.filter((one) => levelOf(one) > level).flatMap(({ words }) => words),
    ]);
    return {
      processors: Object.fromEntries(here.map(({ key, recipe }) => [key, recipe])),
      outputs: here.flatMap(({ names }) => names.filter((name) => later.has(name))),
    };
  });
}

function neededBy(
  wanted: readonly string[],
  makerOf: ReadonlyMap<string, { readonly key: string; readonly words: readonly string[] }>,
): Set<string> {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    const maker = makerOf.get(name);
    if (maker === undefined || needed.has(maker.key)) return;
    needed.add(maker.key);
    maker.words.forEach(visit);
  };
  wanted.forEach(visit);
  return needed;
}

/** Every word of the texts of a recipe: what it could depend on. */
function wordsOf(recipe: JsonValue | undefined): string[] {
  const text = JSON.stringify(isTree(recipe) ? { ...recipe, description: '' } : recipe);
  return [...new Set(text.match(/[A-Za-z_]\w*/g) ?? [])];
}
