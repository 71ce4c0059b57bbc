import {
  type ColumnType,
  type CompiledExpression,
  compileExpression,
  expressionNames,
  type Vector,
} from '@countroom/expressions';
import { EventError } from '../errors.js';
import {
  allHits,
  anyHit,
  fieldKind,
  gatherPlaces,
  type HitValues,
  hitAt,
  type Initial,
  pickHits,
  sumHits,
} from './aggregate.js';
import { type AggregationMode, parseSort } from './aggregation-mode.js';
import { channelsAt, compatCounts, compatKeepAtChannel } from './compat.js';
import { type EventOperation, initialValue } from './event-config.js';
import type { EventInputs } from './event-plan.js';
import { pickRows } from './hit-columns.js';
import { type HitContext, type HitName, readHitName, resolveHitName } from './hit-names.js';
import { keepAtChannel, keepAtIndex } from './keep.js';

type Mode = Exclude<AggregationMode, { readonly type: 'function' }>;

/** One field that is made by aggregating an expression over hits. */
export class HitOperation {
  /** Type of the field. */
  readonly type: ColumnType;
  private readonly names = new Map<string, HitName>();
  private readonly expression: CompiledExpression;
  private readonly query: { readonly compiled: CompiledExpression; readonly perEvent: boolean } | undefined;
  private readonly sort: { readonly field: string; readonly descending: boolean } | undefined;
  private readonly initial: Initial;

  /**
   * @param tables positions of the chosen tables in the map, in the order in which they count
   * @param fields types of the fields of the event table made before
   * @param compat repeat the results of the reference, with its defects
   * Throws an EventError or ExpressionError that says what does not fit.
   */
  constructor(
    private readonly operation: EventOperation,
    private readonly mode: Mode,
    readonly tables: readonly number[],
    private readonly inputs: EventInputs,
    private readonly fields: ReadonlyMap<string, ColumnType>,
    private readonly compat = false,
  ) {
    this.initial = initialOf(operation, mode, compat);
    this.query = this.compileQuery();
    this.sort = this.compileSort();
    if (mode.type === 'first_at' || mode.type === 'last_at') this.numberPerHit(mode.field);
    if (operation.expression === undefined) throw new EventError('it has no expression');
    this.expression = this.compile(operation.expression, 'expression');
    this.type = this.resultType();
  }

  /** Columns of hits that it reads. */
  get columns(): readonly HitName[] {
    return [...this.names.values()].filter(({ tier }) => tier !== 'evt' && tier !== 'tcm');
  }

  /** The field for a chunk of events. */
  run(context: HitContext): Vector {
    const { selection } = context;
    const count = selection.hits.length;
    const vectors = new Map([...this.names].map(([key, name]) => [key, readHitName(name, context)]));
    const values = this.expression.evaluate(vectors, count);
    const hits = this.countingHits(
      { selection, values, counts: this.counting(vectors, context) },
      vectors,
      context,
    );
    const { mode, initial } = this;
    switch (mode.type) {
      case 'sum':
        return sumHits(hits, initial);
      case 'any':
        return anyHit(hits, initial);
      case 'all':
        return allHits(hits, initial);
      case 'first_at':
      case 'last_at':
        return hitAt(hits, vectors.get(mode.field)!, mode.type === 'first_at' ? 'first' : 'last', initial);
      case 'gather': {
        const { sort } = this;
        const by = sort && { field: vectors.get(sort.field)!, descending: sort.descending };
        const { places, offsets } = gatherPlaces(hits, by);
        const picked = values.offsets === undefined ? pickHits(values, places, 0) : pickRows(values, places);
        return { ...picked, offsets: [offsets, ...(picked.offsets ?? [])] };
      }
      case 'keep_at_ch':
      case 'keep_at_idx':
        return this.keep(mode, hits, context);
    }
  }

  private keep(
    mode: Extract<Mode, { readonly field: string }>,
    hits: HitValues,
    context: HitContext,
  ): Vector {
    const { map, firstHit } = context.chunk;
    const { keys } = context;
    const field = context.fields.get(mode.field);
    if (!this.compat && mode.type === 'keep_at_idx') return keepAtIndex(hits, field, firstHit, this.initial);
    const channels = mode.type === 'keep_at_idx' ? channelsAt(field, map, firstHit, keys) : field;
    return this.compat && field.offsets === undefined
      ? compatKeepAtChannel(hits, channels, map, keys, this.initial)
      : keepAtChannel(hits, channels, map, keys, this.initial);
  }

  /** The hits as the reference counts them, when that is asked for. */
  private countingHits(
    hits: HitValues,
    vectors: ReadonlyMap<string, Vector>,
    { chunk }: HitContext,
  ): HitValues {
    const { mode } = this;
    if (!this.compat || (mode.type !== 'sum' && mode.type !== 'last_at' && mode.type !== 'gather'))
      return hits;
    const field = mode.type === 'last_at' ? vectors.get(mode.field) : undefined;
    return { ...hits, counts: compatCounts(mode.type, hits, chunk.map, field) };
  }

  /** 1 for each chosen hit that the query lets count. */
  private counting(vectors: ReadonlyMap<string, Vector>, context: HitContext): Uint8Array {
    const { hits, event } = context.selection;
    if (this.query === undefined) return new Uint8Array(hits.length).fill(1);
    const { compiled, perEvent } = this.query;
    if (!perEvent) return compiled.evaluate(vectors, hits.length).data as Uint8Array;
    const flags = compiled.evaluate(context.fields.vectors, context.fields.rows).data;
    return Uint8Array.from(event, (e) => (flags[e] ? 1 : 0));
  }

  private compileQuery(): { compiled: CompiledExpression; perEvent: boolean } | undefined {
    const { query, parameters = {} } = this.operation;
    if (query === undefined) return undefined;
    const used = expressionNames(query).filter((name) => name.includes('.') && !name.startsWith('np.'));
    const perEvent = used.length > 0 && used.every((name) => name.startsWith('evt.'));
    if (!perEvent && used.some((name) => name.startsWith('evt.'))) {
      throw new EventError('query: it mixes values per event (evt.) with values per hit; use one of them');
    }
    const types = new Map([...this.fields].map(([name, type]) => [`evt.${name}`, type]));
    const compiled = perEvent ? compileExpression(query, types, parameters) : this.compile(query, 'query');
    if (compiled.kind !== 'bool' || compiled.depth > 0) {
      throw new EventError(
        `query: it must give one truth value per ${perEvent ? 'event' : 'hit'}; compare with something`,
      );
    }
    return { compiled, perEvent };
  }

  private compileSort(): { field: string; descending: boolean } | undefined {
    const { sort } = this.operation;
    if (sort === undefined) return undefined;
    if (this.mode.type !== 'gather') throw new EventError('sort: only gather has an order');
    const parsed = parseSort(sort);
    this.numberPerHit(parsed.field);
    return parsed;
  }

  private numberPerHit(field: string): void {
    const { type } = this.use(field);
    if (type.depth > 0) throw new EventError(`${field} holds lists; hits are ordered by one number each`);
  }

  private use(name: string): HitName {
    const known = this.names.get(name) ?? resolveHitName(name, this.inputs, this.tables, this.fields);
    this.names.set(name, known);
    return known;
  }

  private compile(expression: string, what: string): CompiledExpression {
    const { parameters = {} } = this.operation;
    for (const name of expressionNames(expression)) {
      if (Object.hasOwn(parameters, name) || /^((np|numpy)\.)?(nan|inf|pi)$/.test(name)) continue;
      this.use(name);
    }
    const types = new Map([...this.names].map(([name, { type }]) => [name, type]));
    const compiled = compileExpression(expression, types, parameters);
    if (compiled.reduces)
      throw new EventError(`${what}: it reduces all hits to one value; use the mode sum, any or all`);
    return compiled;
  }

  private resultType(): ColumnType {
    const { mode, initial, expression } = this;
    if (mode.type === 'gather') return { kind: expression.kind, depth: expression.depth + 1 };
    if (expression.depth > 0) {
      throw new EventError(
        'expression: it gives a list per hit; reduce it first, for example with ak.sum(…, axis=-1)',
      );
    }
    if (mode.type === 'any' || mode.type === 'all') return { kind: 'bool', depth: 0 };
    const kind = fieldKind(expression.kind, initial, mode.type === 'sum');
    if (mode.type !== 'keep_at_ch' && mode.type !== 'keep_at_idx') return { kind, depth: 0 };
    const field = this.fields.get(mode.field.slice('evt.'.length));
    if (field === undefined)
      throw new EventError(`there is no field ${mode.field}; fields come after those they use`);
    if (field.depth > 1) throw new EventError(`${mode.field} holds lists of lists`);
    return { kind, depth: field.depth };
  }
}

/** What the field is without a counting hit. Sums, any and all begin with 0, false and true when nothing is said. */
function initialOf({ initial }: EventOperation, { type }: Mode, compat: boolean): Initial {
  if (initial === undefined) {
    if (compat && type === 'sum') return Number.NaN;
    const neutral: Partial<Record<Mode['type'], Initial>> = { sum: 0, any: false, all: true };
    return neutral[type] ?? Number.NaN;
  }
  const value = initialValue(initial);
  if (value === undefined)
    throw new EventError(`initial: "${String(initial)}" is no number; NaN is written np.nan`);
  return value;
}
