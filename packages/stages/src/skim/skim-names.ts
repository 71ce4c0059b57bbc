import { hitColumnType } from '@countroom/events';
import { type ColumnType, columnAt, insteadOf, typeOf } from '@countroom/expressions';
import { StageError } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';
import type { SkimOptions } from './skim-options.js';
import type { SkimSource } from './skim-source.js';
import { stage, tierOf } from './skim-texts.js';
import type { TimeJoin } from './time-join.js';

/** What a name stands for. */
export interface SkimName {
  readonly name: string;
  readonly tier: string;
  readonly column: string;
  /** Whether there is one value per hit, per event, or one for the whole run. */
  readonly of: 'hit' | 'event' | 'run';
  /** Type per row of the result; undefined for texts, waveforms and other things that expressions cannot use. */
  readonly type: ColumnType | undefined;
}

const mapColumns = ['table_key', 'row_in_table', 'index'];

/** Finds what names stand for. Every fault says what there is instead. */
export class SkimNames {
  constructor(
    private readonly options: SkimOptions,
    private readonly source: SkimSource,
    private readonly joins: ReadonlyMap<string, TimeJoin>,
  ) {}

  /** Throws a StageError for unknown tiers and columns. */
  resolve(name: string): SkimName {
    const tier = tierOf(name);
    const column = name.slice(tier.length + 1);
    const perHit = this.options.rows === 'events' ? 1 : 0;
    if (tier === 'run') return { name, tier, column, of: 'run', type: this.factType(name, column) };
    if (tier === 'evt') return { name, tier, column, of: 'event', type: this.eventType(name, column) };
    if (tier === 'tcm') {
      if (!mapColumns.includes(column))
        throw new StageError(
          stage,
          `${name}: the map has ${mapColumns.map((one) => `tcm.${one}`).join(', ')}`,
        );
      return { name, tier, column, of: 'hit', type: { kind: 'int32', depth: perHit } };
    }
    const join = this.joins.get(tier);
    if (join !== undefined)
      return {
        name,
        tier,
        column,
        of: this.options.rows === 'hits' ? 'hit' : 'event',
        type: join.typeOf(column),
      };
    return { name, tier, column, of: 'hit', type: this.hitType(name, tier, column, perHit) };
  }

  /** The columns that `tier.*` stands for. */
  all(tier: string): string[] {
    const join = this.joins.get(tier);
    if (join !== undefined) return join.columns.map((column) => `${tier}.${column}`);
    const facts = tier === 'run' ? Object.keys(this.options.facts) : undefined;
    const whole = tier === 'evt' ? this.source.events?.table.sample : this.firstOf(tier);
    if (facts === undefined && whole === undefined) throw this.unknownTier(`${tier}.*`);
    return (facts ?? [...whole!.columns.keys()]).map((column) => `${tier}.${column}`);
  }

  private firstOf(tier: string): Table | undefined {
    const tables = this.source.tiers.get(tier)?.tables;
    return tables?.get(this.source.keys[0] ?? Number.NaN)?.sample;
  }

  private unknownTier(name: string): StageError {
    const tiers = [...this.source.tiers.keys(), ...this.joins.keys(), 'evt', 'tcm', 'run'];
    const such = tierOf(name) === '' ? `, such as hit.${name}` : '';
    return new StageError(
      stage,
      `${name}: names begin with a tier${such}; there are ${tiers.map((one) => `${one}.`).join(', ')}`,
    );
  }

  private factType(name: string, column: string): ColumnType | undefined {
    const { facts } = this.options;
    const value = Object.hasOwn(facts, column) ? facts[column] : undefined;
    if (value === undefined) {
      const known = Object.keys(facts).map((one) => `run.${one}`);
      throw new StageError(
        stage,
        `${name} is not known of this run; ${insteadOf(name, known) || 'there are none'}`,
      );
    }
    if (typeof value === 'string') return undefined;
    if (typeof value === 'boolean') return { kind: 'bool', depth: 0 };
    return { kind: Number.isInteger(value) ? 'int64' : 'float64', depth: 0 };
  }

  private eventType(name: string, column: string): ColumnType | undefined {
    const { table } = this.source.events!;
    const found = columnAt(table.sample, column);
    if (found !== undefined) return realType(found);
    const instead = insteadOf(column, table.sample.columns.keys());
    throw new StageError(stage, `${name}: ${table.path} has no column ${column}; ${instead}`);
  }

  private hitType(name: string, tier: string, column: string, perHit: number): ColumnType | undefined {
    const tables = this.source.tiers.get(tier)?.tables;
    if (tables === undefined) throw this.unknownTier(name);
    const chosen = this.source.keys.map((key) => tables.get(key)!);
    const [first] = chosen;
    const found = first === undefined ? undefined : columnAt(first.sample, column);
    if (found !== undefined && realType(found) === undefined) return undefined;
    const { kind, depth } = hitColumnType(tier, column, chosen);
    return { kind, depth: depth + perHit };
  }
}

/** Complex numbers are columns to take along, but nothing that is cut on. */
function realType(column: DataObject): ColumnType | undefined {
  const type = typeOf(column);
  return type?.kind === 'complex128' ? undefined : type;
}
