import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { wordsQuery } from '../log/words-query.js';
import type { RunPlace, RunSort, RunsQuery } from './run-order.js';

export interface FoundRun {
  readonly id: string;
  /** Text of the sort value, for the cursor. */
  readonly value: string;
}

export type RunsFilter = Omit<RunsQuery, 'cursor' | 'limit' | 'detector'> & {
  readonly detectorIds: readonly string[] | undefined;
};

/** Order by expressions that have an index, written exactly as in the migration, and how they become text and back. */
const orders: Record<RunSort, { by: Prisma.Sql; text: Prisma.Sql; type: Prisma.Sql }> = {
  started: {
    by: Prisma.sql`coalesce(started_at, created_at)`,
    text: Prisma.sql`(coalesce(started_at, created_at) AT TIME ZONE 'UTC')::text`,
    type: Prisma.sql`timestamp AT TIME ZONE 'UTC'`,
  },
  number: { by: Prisma.sql`number`, text: Prisma.sql`number::text`, type: Prisma.sql`integer` },
  recorded: {
    // What nobody has counted comes below nothing.
    by: Prisma.sql`coalesce(recorded, -1)`,
    text: Prisma.sql`coalesce(recorded, -1)::text`,
    type: Prisma.sql`bigint`,
  },
  duration: {
    by: Prisma.sql`coalesce(run_seconds(started_at, ended_at), 0)`,
    text: Prisma.sql`coalesce(run_seconds(started_at, ended_at), 0)::text`,
    type: Prisma.sql`double precision`,
  },
};

/** Counting stops here: a list of more rows than this is told without a total. */
const countedAtMost = 10_000;

@Injectable()
export class RunsListRepository {
  constructor(private readonly prisma: PrismaService) {}

  async find(filter: RunsFilter, place: RunPlace | undefined, take: number): Promise<FoundRun[]> {
    return this.prisma.$queryRaw<FoundRun[]>(await this.statement(filter, place, take));
  }

  /** Null when there are more than can be counted quickly. */
  async count(filter: RunsFilter): Promise<number | null> {
    const where = Prisma.join(conditions(filter), ' AND ');
    const [row] = await this.prisma.$queryRaw<{ runs: number }[]>`
      SELECT count(*)::int AS runs FROM (SELECT 1 FROM run WHERE ${where} LIMIT ${countedAtMost + 1}) AS counted`;
    return row === undefined || row.runs > countedAtMost ? null : row.runs;
  }

  /** The plan of a page, for the test that no filter reads the whole table. */
  async explain(filter: RunsFilter, place: RunPlace | undefined, take: number): Promise<string> {
    const statement = Prisma.sql`EXPLAIN ${await this.statement(filter, place, take)}`;
    const lines = await this.prisma.$queryRaw<Record<string, string>[]>(statement);
    return lines.map((line) => Object.values(line).join()).join('\n');
  }

  /**
   * The database cannot tell how rare a word is by its beginning, and would look through all runs in their order for
   * rare ones. So rare ones are found by their index first, and only common ones are looked for in order.
   */
  private async statement(
    filter: RunsFilter,
    place: RunPlace | undefined,
    take: number,
  ): Promise<Prisma.Sql> {
    const { text, ...rest } = filter;
    const words = text === undefined ? undefined : hasWords(text);
    if (words === undefined || (await this.count({ ...nothing, text })) === null)
      return findStatement(filter, place, take);
    // OFFSET 0 keeps the inner query apart.
    return findStatement(rest, place, take, Prisma.sql`(SELECT * FROM run WHERE ${words} OFFSET 0) AS run`);
  }
}

const nothing: RunsFilter = {
  detectorIds: undefined,
  outcome: undefined,
  quality: undefined,
  tag: undefined,
  sort: 'started',
  order: 'desc',
};

function findStatement(
  filter: RunsFilter,
  place: RunPlace | undefined,
  take: number,
  from: Prisma.Sql = Prisma.sql`run`,
): Prisma.Sql {
  const { by, text, type } = orders[filter.sort];
  const descending = filter.order === 'desc';
  const where = conditions(filter);
  if (place !== undefined) {
    const behind = descending ? Prisma.sql`<` : Prisma.sql`>`;
    where.push(Prisma.sql`(${by}, id) ${behind} ((${place.value}::${type}), ${place.id}::uuid)`);
  }
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`
    SELECT run.id::text AS id, ${text} AS value FROM ${from} WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY ${by} ${direction}, run.id ${direction} LIMIT ${take}`;
}

function conditions(filter: RunsFilter): Prisma.Sql[] {
  const { startedAfter, startedBefore, running, text } = filter;
  const words = text === undefined ? undefined : hasWords(text);
  const started = orders.started.by;
  return [
    Prisma.sql`true`,
    ...oneOf(Prisma.sql`detector_id`, filter.detectorIds, Prisma.sql`uuid`),
    ...oneOf(Prisma.sql`outcome`, filter.outcome, Prisma.sql`text`),
    ...oneOf(Prisma.sql`quality`, filter.quality, Prisma.sql`text`),
    ...oneOf(Prisma.sql`mode`, wrap(filter.mode), Prisma.sql`text`),
    ...oneOf(Prisma.sql`by`, wrap(filter.by), Prisma.sql`text`),
    ...(filter.number === undefined ? [] : [Prisma.sql`number = ${filter.number}::integer`]),
    ...(filter.tag === undefined ? [] : [Prisma.sql`tags @> ${filter.tag}::text[]`]),
    ...(startedAfter === undefined ? [] : [Prisma.sql`${started} >= ${startedAfter}::timestamptz`]),
    ...(startedBefore === undefined ? [] : [Prisma.sql`${started} < ${startedBefore}::timestamptz`]),
    ...(running === undefined ? [] : [running ? goingOn : Prisma.sql`NOT (${goingOn})`]),
    ...(words === undefined ? [] : [words]),
  ];
}

const goingOn = Prisma.sql`started_at IS NOT NULL AND ended_at IS NULL`;

/** Undefined when there is no word in the text. */
function hasWords(text: string): Prisma.Sql | undefined {
  const words = wordsQuery(text);
  if (words === undefined) return undefined;
  return Prisma.sql`words_of(run_text(comment, reason, tags)) @@ to_tsquery('simple', ${words})`;
}

function wrap(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

/** One value is compared for equality: only then the index gives the order as well. */
function oneOf(column: Prisma.Sql, values: readonly string[] | undefined, type: Prisma.Sql): Prisma.Sql[] {
  if (values === undefined) return [];
  if (values.length === 1) return [Prisma.sql`${column} = ${values[0]}::${type}`];
  return [Prisma.sql`${column} = ANY(${values}::${type}[])`];
}
