import { type endpoints, type InputOf, int64Text } from '@countroom/contracts';
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.js';

export type RunsQuery = InputOf<typeof endpoints.runs.list>['query'];
export type RunSort = RunsQuery['sort'];

/** Text of the sort value of each order, exact to the last bit, as the database writes it. */
const sortValue = {
  started: z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/),
  number: z.string().regex(/^\d{1,9}$/),
  recorded: int64Text,
  duration: z.string().regex(/^-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?$/),
} as const satisfies Record<RunSort, z.ZodType<string>>;

/** Where a page begins: behind the row with this sort value and id. */
export interface RunPlace {
  readonly value: string;
  readonly id: string;
}

const place = z.strictObject({
  sort: z.string(),
  order: z.string(),
  value: z.string(),
  id: z.uuid(),
});

/** A cursor of another order is refused: it would show rows twice, or never. */
export function readPlace({ cursor, sort, order }: RunsQuery): RunPlace | undefined {
  if (cursor === undefined) return undefined;
  const schema = place.extend({
    sort: z.literal(sort),
    order: z.literal(order),
    value: sortValue[sort],
  });
  const { value, id } = decodeCursor(schema, cursor);
  return { value, id };
}
