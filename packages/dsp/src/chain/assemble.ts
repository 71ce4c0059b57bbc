import { type ConfigPath, DspError, ProcessingChainError } from '../errors.js';
import { namesIn } from '../expression/names.js';
import { parseExpression } from '../expression/parser.js';
import { isComplex } from '../spec/number-types.js';
import { unitOf } from '../units/unit-registry.js';
import type { ChainBuilder } from './builder.js';
import { addCall } from './call.js';
import { resolveCallee } from './callee.js';
import { functionPath, type ReadConfig, type Recipe } from './config.js';
import type { ParameterDatabase } from './database.js';
import { dtypeNamed } from './dtype-names.js';
import { arrayValue, evaluate } from './evaluate.js';
import { type InitEntry, initValueOf } from './factory.js';
import { atZero, type Grid } from './grid.js';
import type { InputTable } from './input.js';
import type { NamedValue } from './library-functions.js';
import { dependenciesOf, interpret, type RecipeArgument, type RecipeCall } from './recipe-call.js';
import { wholeOf } from './storage.js';
import { numberValue, type Value, type Variable } from './variable.js';

/** Walks from the outputs back through the processors and adds what is needed, each once. */
export class Assembler {
  /** Processors that were added, with their call and the variables that they need. */
  readonly done = new Map<Recipe, { readonly call: RecipeCall; readonly needs: readonly string[] }>();
  /** Processors that cannot be added, with the fault, which may be another one's. */
  readonly failed = new Map<Recipe, DspError>();
  private readonly open = new Set<Recipe>();

  constructor(
    private readonly builder: ChainBuilder,
    private readonly config: ReadConfig,
    private readonly database: ParameterDatabase,
    private readonly inputs: InputTable,
  ) {}

  /** Makes sure that a variable exists: computes it or links it to the input table. */
  require(name: string): void {
    const recipe = this.config.recipes.get(name);
    if (recipe !== undefined) {
      this.make(recipe);
      return;
    }
    const known = this.builder.variables.get(name);
    if (known?.view !== undefined) return;
    this.inputs.link(this.builder, name);
  }

  /** Requires what a call names; a result that its key does not name looks like a missing column. */
  private need(name: string, call: RecipeCall): void {
    const isUnknown =
      !this.config.recipes.has(name) &&
      this.builder.variables.get(name)?.view === undefined &&
      !this.inputs.has(name);
    this.builder.place = placeOfName(name, call) ?? this.builder.place;
    if (call.kind === 'function' && isUnknown) {
      throw this.builder.fail(
        `nothing makes '${name}' and the input table has no such column (it has ${this.inputs.fields().join(', ')}); if it is a result of ${call.name}, add it to the processor's key`,
      );
    }
    this.require(name);
  }

  private make(recipe: Recipe): void {
    if (this.done.has(recipe)) return;
    const known = this.failed.get(recipe);
    if (known !== undefined) throw known;
    if (this.open.has(recipe)) {
      const circle = [...this.open].map(({ key }) => key).join(' -> ');
      throw new ProcessingChainError(`depends on itself (${circle} -> ${recipe.key})`, {
        processor: recipe.key,
        recipe: recipe.source,
        path: functionPath(recipe),
      });
    }
    this.open.add(recipe);
    const { label, place } = this.builder;
    try {
      this.build(recipe);
    } catch (fault) {
      if (fault instanceof DspError) this.failed.set(recipe, fault);
      throw fault;
    } finally {
      Object.assign(this.builder, { label, place });
      this.open.delete(recipe);
    }
  }

  private build(recipe: Recipe): void {
    const begin = () => Object.assign(this.builder, { label: recipe.key, place: functionPath(recipe) });
    begin();
    const call = interpret(recipe, this.database);
    this.declareInputs(call);
    const needs = dependenciesOf(recipe, call);
    for (const dependency of needs) {
      begin();
      this.need(dependency, call);
    }
    begin();
    try {
      this.settleNames(recipe);
      this.add(recipe, call);
    } catch (cause) {
      if (cause instanceof ProcessingChainError || !(cause instanceof DspError)) throw cause;
      const path = functionPath(recipe);
      throw new ProcessingChainError(cause.message, {
        processor: recipe.key,
        recipe: recipe.source,
        path,
        cause,
      });
    }
    this.done.set(recipe, { call, needs });
  }

  /**
   * An input that is declared where it is used must know its room (vectors) and whether its numbers are complex
   * before it is linked.
   */
  private declareInputs(call: RecipeCall): void {
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (value instanceof Map) {
        for (const part of value.values()) visit(part);
        return;
      }
      const node = value as {
        kind?: string;
        callee?: { name?: string };
        keywords?: ReadonlyMap<string, unknown>;
        args?: readonly unknown[];
      };
      const name = node.callee?.name;
      if (
        node.kind === 'call' &&
        name !== undefined &&
        unitOf(name) === undefined &&
        !this.config.recipes.has(name) &&
        this.inputs.has(name)
      ) {
        const shape = (node.keywords?.get('shape') ?? node.args?.[0]) as
          | { kind?: string; value?: number }
          | undefined;
        if (shape?.kind === 'number' && shape.value !== undefined)
          this.builder.variable(name).shape ??= [shape.value];
        const type = [node.keywords?.get('dtype'), ...(node.args ?? [])].find(
          (part) => (part as { kind?: string } | undefined)?.kind === 'text',
        ) as { value: string } | undefined;
        const named = type === undefined ? undefined : dtypeNamed(type.value);
        if (named !== undefined && isComplex(named)) this.builder.variable(name).dtype ??= named;
      }
      for (const part of Object.values(value)) visit(part);
    };
    visit(call);
  }

  private settleNames(recipe: Recipe): void {
    recipe.names.forEach((name, index) => {
      const variable = this.builder.variable(name);
      variable.unit = recipe.units[index];
      variable.description = recipe.description;
      variable.attrs = recipe.attrs;
    });
  }

  private add(recipe: Recipe, call: RecipeCall): void {
    if (call.kind === 'inline') {
      this.alias(recipe, evaluate(this.builder, call.expression));
      return;
    }
    const initEntries = call.initArgs?.map((argument) => this.initEntryOf(argument));
    const args = call.args.map((argument) => this.valueOf(argument));
    const { callee, values } = resolveCallee(this.builder, recipe, call, args, initEntries);
    addCall(this.builder, callee, values, this.coordGrid(recipe));
    const untouched = recipe.names.find((name) => this.builder.variable(name).view === undefined);
    if (untouched !== undefined)
      throw this.builder.fail(`'${untouched}' is not among the outputs of ${call.name}`);
  }

  private valueOf(argument: RecipeArgument): NamedValue {
    const { builder } = this;
    const place = builder.place;
    builder.place = argument.path;
    const value =
      argument.kind === 'expression'
        ? evaluate(builder, argument.expression)
        : this.plainValue(argument.value);
    builder.writtenAt(value, argument.path);
    builder.place = place;
    return { keyword: argument.kind === 'expression' ? argument.keyword : undefined, value };
  }

  private initEntryOf(argument: RecipeArgument): InitEntry {
    if (argument.kind === 'value') return { keyword: undefined, value: argument.value as InitEntry['value'] };
    const value = evaluate(this.builder, argument.expression);
    return { keyword: argument.keyword, value: initValueOf(this.builder, value) };
  }

  private plainValue(value: unknown): Value {
    if (typeof value === 'number') return numberValue(value);
    if (typeof value === 'boolean' || value === null) return { kind: 'constant', value };
    if (Array.isArray(value))
      return arrayValue(
        this.builder,
        value.map((item) => this.plainValue(item)),
      );
    throw this.builder.fail(
      `an argument must be a number, a text, a list or null, not ${JSON.stringify(value)}`,
    );
  }

  private coordGrid(recipe: Recipe): Grid | undefined {
    const { coordGrid } = recipe;
    if (coordGrid === undefined) return undefined;
    const parts = Array.isArray(coordGrid) ? coordGrid : [coordGrid];
    const [first, offset] = parts.map((part: unknown) =>
      typeof part === 'string' ? evaluate(this.builder, parseExpression(part)) : this.plainValue(part),
    );
    if (first?.kind === 'variable' && first.variable.grid) return first.variable.grid;
    if (first?.kind === 'grid') return first.grid;
    if (first?.kind !== 'quantity')
      throw this.builder.fail("'coord_grid' must be a variable with a grid, or a period");
    const fixed = offset?.kind === 'number' ? offset.value * first.value : 0;
    return { period: first, offset: { ...atZero, fixed } };
  }

  /** Names the result of an expression; constants become variables that are the same in all rows. */
  private alias(recipe: Recipe, value: Value): void {
    const name = recipe.names[0] ?? recipe.key;
    if (recipe.names.length > 1) throw this.builder.fail('an expression has one result; give one name');
    const variable = this.builder.variable(name);
    if (value.kind === 'variable') {
      const source = value.variable;
      if (source.view === undefined) throw this.builder.fail(`'${source.name}' has not been computed`);
      this.copySettings(variable, source);
      return;
    }
    if (
      value.kind === 'text' ||
      value.kind === 'grid' ||
      (value.kind === 'constant' && value.value === null)
    ) {
      throw this.builder.fail(`a ${value.kind === 'constant' ? 'None' : value.kind} is no result`);
    }
    const { values, shape, dtype } = constantParts(value);
    const view = this.builder.constant(values, shape, dtype);
    if (value.kind === 'quantity') variable.unit = value.unit.text;
    Object.assign(variable, {
      dtype,
      shape,
      grid: null,
      coordinate: 'none',
      view: wholeOf(view.storage, shape),
    });
  }

  /** An expression's own unit comes before the one that the recipe states, as in stored results. */
  private copySettings(variable: Variable, source: Variable): void {
    variable.dtype = source.dtype;
    variable.shape =
      source.dtype !== undefined && isComplex(source.dtype) ? source.shape : source.view?.shape;
    variable.unit = source.unit ?? variable.unit;
    variable.grid = source.grid;
    variable.coordinate = source.coordinate;
    variable.vectorLength = source.vectorLength;
    variable.view = source.view;
  }
}

/** Where a call first mentions a name; undefined when it does so in a text of several arguments. */
function placeOfName(name: string, call: RecipeCall): ConfigPath | undefined {
  if (call.kind === 'inline') return undefined;
  return [...call.args, ...(call.initArgs ?? [])].find(
    (argument) => argument.kind === 'expression' && namesIn(argument.expression).includes(name),
  )?.path;
}

function constantParts(value: Value): {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: 'int64' | 'float64' | 'bool';
} {
  if (value.kind === 'array')
    return { values: value.values, shape: value.shape, dtype: value.integer ? 'int64' : 'float64' };
  if (value.kind === 'number')
    return { values: [value.value], shape: [], dtype: value.integer ? 'int64' : 'float64' };
  if (value.kind === 'quantity') return { values: [value.value], shape: [], dtype: 'float64' };
  return { values: [Number(value.kind === 'constant' && value.value === true)], shape: [], dtype: 'bool' };
}
