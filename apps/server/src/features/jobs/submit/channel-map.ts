import { mergeTrees, parseTimestamp } from '@countroom/parameters';
import { StageError } from '@countroom/pipeline';
import { channelMapFor, channelMapNeeds, type HitToEvtOptions } from '@countroom/stages';
import type { RequestedStage } from './plan-run.js';
import type { HeldValues } from './resolve-parameters.js';

/** Parameter sets with the facts of each detector, and with its statuses. */
const [channelmap, status] = ['channelmap', 'status'] as const;

/**
 * A request that names channels by the channel map, with those facts that it looks at among its options, and so in its
 * lineage; any other as it is. Facts of the request itself lie over them. Throws a StageError when no map holds.
 */
export async function withChannelMap(request: RequestedStage, held: HeldValues): Promise<RequestedStage> {
  if (request.stage.name !== 'hit_to_evt') return request;
  const options = request.config as HitToEvtOptions & { readonly [name: string]: never };
  const needs = channelMapNeeds(options);
  if (needs === undefined) return request;
  const at = needs.at === undefined ? undefined : momentOf(needs.at);
  const [known, states] = await Promise.all([held(channelmap, at), held(status, at)]);
  const metadata = mergeTrees(channelMapFor(needs, known, states), options.metadata ?? {});
  if (Object.keys(metadata).length === 0)
    throw new StageError(
      request.stage.name,
      `config.channels: no channel map holds ${needs.at === undefined ? 'for the run' : `at ${needs.at}`}: approve one in the parameter set ${channelmap}`,
    );
  return { ...request, config: { ...options, metadata } };
}

function momentOf(text: string): number {
  const moment = parseTimestamp(text);
  if (moment !== undefined) return moment;
  throw new StageError(
    'hit_to_evt',
    `config.channels: time_key is "${text}"; write it like 20230318T012144Z, or leave it out for the beginning of the run`,
  );
}
