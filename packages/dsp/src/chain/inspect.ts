import type { RecordBatch } from '@countroom/records';
import { type ConfigPath, DSPFatal, DspError, ProcessingChainError } from '../errors.js';
import { kernelOf } from '../spec/kernels.js';
import type { KernelModule } from '../wasm/kernel-module.js';
import { Assembler } from './assemble.js';
import { ChainBuilder, type Compatibility } from './builder.js';
import type { Chain } from './chain.js';
import type { ChainFiles } from './chain-files.js';
import { functionPath, type ReadConfig, type Recipe, readConfig } from './config.js';
import type { ParameterDatabase } from './database.js';
import { type ExplainedVariable, explainVariable } from './explanation.js';
import { InputTable } from './input.js';
import { type OutputColumn, outputColumns } from './output.js';
import { chainOf } from './plan.js';
import type { RecipeCall } from './recipe-call.js';

/** Something about a configuration that its author should know. */
export interface ChainFinding {
  /** An error keeps a processor from being run; a warning tells of a result that may surprise. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What of the configuration it is about; [] is the whole. */
  readonly path: ConfigPath;
  /** First character at fault in the text at `path`, from 0, when it is known. */
  readonly character: number | undefined;
  /** Key of the processor that it is about. */
  readonly processor: string | undefined;
}

/** A processor of a configuration, as far as it could be resolved. */
export interface InspectedProcessor {
  /** Its key in the configuration. */
  readonly key: string;
  /** Where its description stands. */
  readonly path: ConfigPath;
  /** Variables that it makes. */
  readonly names: readonly string[];
  /** Variables and columns that it needs; empty when it could not be read. */
  readonly needs: readonly string[];
  /** What it does: a function with its module, such as `dspeed.processors.pole_zero`, or the text of an expression. */
  readonly work: string;
  /** `failed`: at fault itself; `blocked`: something that it needs is. */
  readonly state: 'ready' | 'failed' | 'blocked';
  /** False when no output needs it. */
  readonly needed: boolean;
}

/** A configuration as it would be run, with everything that is wrong in it. */
export interface ChainInspection {
  readonly findings: readonly ChainFinding[];
  /** In the order of the configuration. */
  readonly processors: readonly InspectedProcessor[];
  /** Named variables that can be computed, and the columns that are read. */
  readonly variables: readonly ExplainedVariable[];
  /** Names of the columns that are read. */
  readonly inputs: readonly string[];
  /** Asked-for outputs. */
  readonly outputs: readonly string[];
  /**
   * Computes every variable that can be computed, also those that no output needs, and copies the columns that are read;
   * undefined when there is nothing.
   */
  readonly chain: Chain | undefined;
}

/** How a configuration is inspected. */
export interface InspectOptions {
  /** Parameters of the channel, for `db.…` look-ups. */
  readonly database?: ParameterDatabase;
  /** Replaces the configuration's own list of outputs. */
  readonly outputs?: readonly string[];
  /** Rows of the table, at least one. */
  readonly input: RecordBatch;
  readonly kernels: KernelModule;
  readonly compatibility?: Compatibility;
  readonly files?: ChainFiles;
  /** Processors to be left out, with the reason: those that failed in a run. */
  readonly without?: ReadonlyMap<string, DSPFatal>;
}

function findingOf(fault: DspError, recipe?: Recipe): ChainFinding {
  const own = fault instanceof ProcessingChainError ? fault : undefined;
  const key = own?.processor ?? (fault instanceof DSPFatal ? fault.processor : undefined);
  return {
    severity: 'error',
    message: fault.message,
    path: own?.path ?? (recipe === undefined ? [] : pathOfFatal(fault, recipe)),
    character: own?.character,
    processor: key,
  };
}

/** The argument that a run found at fault, when it has a place of its own, else the function. */
function pathOfFatal(fault: DspError, recipe: Recipe): ConfigPath {
  const name = /\w+(?=\s*(\(|$))/.exec(recipe.function)?.[0] ?? '';
  const argument = fault instanceof DSPFatal ? fault.argument : undefined;
  const position = kernelOf(name)?.args.findIndex((one) => one.name === argument) ?? -1;
  if (position === -1 || recipe.args?.[position] === undefined) return functionPath(recipe);
  return [...recipe.path, 'args', position];
}

function workOf(recipe: Recipe, call: RecipeCall | undefined): string {
  if (call?.kind === 'function') return `${call.module}.${call.name}`;
  return recipe.function;
}

/** Recipes that the outputs need, directly or through others. */
function neededRecipes(config: ReadConfig, done: Assembler['done']): ReadonlySet<Recipe> {
  const needed = new Set<Recipe>();
  const visit = (name: string): void => {
    const recipe = config.recipes.get(name);
    if (recipe === undefined || needed.has(recipe)) return;
    needed.add(recipe);
    (done.get(recipe)?.needs ?? []).forEach(visit);
  };
  config.outputs.forEach(visit);
  return needed;
}

/** A configuration that could not even be read. */
function unreadable(findings: readonly ChainFinding[]): ChainInspection {
  return { findings, processors: [], variables: [], inputs: [], outputs: [], chain: undefined };
}

/** Reads what can be read. Faults are collected; undefined when the whole is at fault. */
function readTolerantly(
  config: unknown,
  outputs: readonly string[] | undefined,
  faults: Set<DspError>,
): ReadConfig | undefined {
  try {
    return readConfig(config, outputs, (fault) => faults.add(fault));
  } catch (fault) {
    if (!(fault instanceof DspError)) throw fault;
    faults.add(fault);
    return undefined;
  }
}

/**
 * Plans every processor of a configuration by itself, so that a fault in one hides nothing in the others: for editors. The
 * chain that comes with it computes the same numbers as that of planChain, and all intermediate ones. Throws nothing
 * about the configuration; findings tell.
 */
export function inspectChain(config: unknown, options: InspectOptions): ChainInspection {
  const faults = new Set<DspError>();
  const read = readTolerantly(config, options.outputs, faults);
  if (read === undefined) return unreadable([...faults].map((fault) => findingOf(fault)));
  const builder = new ChainBuilder(options.compatibility ?? 'none', options.files);
  const inputs = new InputTable(options.input);
  const assembler = new Assembler(builder, read, options.database ?? {}, inputs);
  const recipes = [...new Set(read.recipes.values())];
  for (const recipe of recipes) {
    const fault = options.without?.get(recipe.key);
    if (fault !== undefined) assembler.failed.set(recipe, fault);
  }
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (fault) {
      if (!(fault instanceof DspError)) throw fault;
      faults.add(fault);
    }
  };
  const outputs: OutputColumn[] = [];
  for (const recipe of recipes) {
    for (const name of recipe.names) {
      attempt(() => {
        assembler.require(name);
        Object.assign(builder, { label: recipe.key, place: recipe.path });
        outputs.push(...outputColumns(builder, builder.variable(name)));
      });
    }
  }
  const missing = read.outputs.flatMap((name, index): ChainFinding[] => {
    if (read.recipes.has(name) || inputs.has(name)) return [];
    const message = `output '${name}' is neither computed nor in the table and is left out`;
    const path = ['outputs', index];
    return [{ severity: 'warning', message, path, character: undefined, processor: undefined }];
  });
  const linked = inputs
    .fields()
    .filter((name) => read.outputs.includes(name) || builder.variables.get(name)?.view !== undefined)
    .filter((name) => !read.recipes.has(name));
  const needed = neededRecipes(read, assembler.done);
  const own = new Map(recipes.map((recipe) => [recipe.key, recipe]));
  const warnings = builder.warnings.map(
    ({ message, processor, path }): ChainFinding => ({
      severity: 'warning',
      message,
      path: path ?? [],
      character: undefined,
      processor,
    }),
  );
  const copied = linked.flatMap((name) => inputs.columnsOf(name));
  return {
    findings: [
      ...[...faults].map((fault) => findingOf(fault, faultyRecipe(fault, own))),
      ...missing,
      ...warnings,
    ],
    processors: recipes.map((recipe) => {
      const done = assembler.done.get(recipe);
      const fault = assembler.failed.get(recipe);
      const isOwn = fault !== undefined && faultyRecipe(fault, own) === recipe;
      return {
        key: recipe.key,
        path: recipe.path,
        names: recipe.names,
        needs: done?.needs ?? [],
        work: workOf(recipe, done?.call),
        state: fault === undefined ? 'ready' : isOwn ? 'failed' : 'blocked',
        needed: needed.has(recipe),
      };
    }),
    variables: [...builder.variables.values()].flatMap((variable) => explainVariable(variable) ?? []),
    inputs: linked,
    outputs: read.outputs,
    chain:
      outputs.length + copied.length === 0
        ? undefined
        : chainOf({ builder, inputs, outputs, copied }, options),
  };
}

/** The recipe that a fault is about. */
function faultyRecipe(fault: DspError, recipes: ReadonlyMap<string, Recipe>): Recipe | undefined {
  const key =
    fault instanceof ProcessingChainError || fault instanceof DSPFatal ? fault.processor : undefined;
  return key === undefined ? undefined : recipes.get(key);
}
