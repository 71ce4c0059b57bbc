import type { Attributes } from '@countroom/records';

/** One field of the event table: from other fields, or out of the hits of each event. */
export interface EventOperation {
  /** Over `evt.` fields made before; with an aggregation mode also over `hit.`, `dsp.`, `tcm.` … columns of hits. */
  readonly expression?: string | undefined;
  /**
   * `sum`, `any`, `all`, `gather`, `first_at:tier.field`, `last_at:tier.field`, `keep_at_ch:evt.field`,
   * `keep_at_idx:evt.field` or `function`. Absent: the expression is worked out on the event table.
   */
  readonly aggregationMode?: string | undefined;
  /** Names of channel lists; absent: every channel of the map. */
  readonly channels?: readonly string[] | undefined;
  readonly excludeChannels?: readonly string[] | undefined;
  /** Which hits count: a truth value per hit, or per event when only `evt.` fields are used. */
  readonly query?: string | undefined;
  readonly parameters?: Readonly<Record<string, number | boolean>> | undefined;
  /** What the field is when no hit counts, and what sums start from; NaN when absent. */
  readonly initial?: number | boolean | string | undefined;
  /** `ascend_by:tier.field` or `descend_by:tier.field`, for `gather`. */
  readonly sort?: string | undefined;
  /** Number type of the field, for example `int32`. */
  readonly dtype?: string | undefined;
  readonly attrs?: Attributes | undefined;
}

/** How events are made out of hits. */
export interface EventConfig {
  /** Channel lists: positions of tables in the coincidence map, in the order in which they count. */
  readonly channels: Readonly<Record<string, readonly number[]>>;
  /** Fields; each is made after those that it uses. */
  readonly operations: Readonly<Record<string, EventOperation>>;
  /** Fields that are written; absent: all. */
  readonly outputs?: readonly string[] | undefined;
  /** `pygama`: repeat the results of the reference, with its defects E1 to E4. */
  readonly compat?: 'pygama' | undefined;
}

/** The value behind `initial`. NaN and infinities are also understood as texts (`np.nan`, `-np.inf`). */
export function initialValue(initial: EventOperation['initial']): number | boolean | undefined {
  if (initial === undefined) return Number.NaN;
  if (typeof initial !== 'string') return initial;
  const found = /^\s*([+-]?)\s*(?:np\.|numpy\.)?(nan|inf|[\d.]+(?:[eE][+-]?\d+)?)\s*$/.exec(initial);
  if (found === null) return undefined;
  const [, sign, text] = found;
  const size = text === 'nan' ? Number.NaN : text === 'inf' ? Infinity : Number(text);
  return sign === '-' ? -size : size;
}
