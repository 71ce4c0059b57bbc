import { type Experiment, endpoints, type RunDetail } from '@countroom/contracts';
import { useApi } from '../../lib/api/use-api';
import type { DetectorLive } from '../../lib/live/status-provider';
import { useLive, useTopicAge } from '../../lib/live/use-live';
import type { ExperimentFacts } from './check-state';
import { presetName } from './preset-names';

const everyMs = 3000;

/** What the program sees of an experiment, and the run that counts for it. */
export function useExperimentFacts(
  experiment: Experiment,
  live: DetectorLive,
  /** Runs from before this moment do not count; undefined: all do. */
  begunAt: string | undefined,
): { readonly facts: ExperimentFacts; readonly run: RunDetail | null } {
  const detector = live.detector.name;
  const presets = experiment.presets.map((preset) => presetName(experiment, preset));
  const statusAge = useTopicAge('detector.status', live.statusAtMs);
  const ratesAge = useTopicAge('detector.rates', live.ratesAtMs);
  const meters = useLive('detector.meters', hasMeter(experiment) ? { detector } : null);
  const metersAge = useTopicAge('detector.meters', meters.dataAtMs);
  const list = useApi(endpoints.runs.list, { query: { detector, limit: 50 } }, { everyMs });
  const ended = (list.data?.items ?? []).filter(
    ({ mode, startedAt, endedAt, recorded }) =>
      presets.includes(mode) && endedAt !== null && recorded !== null && isSince(startedAt, begunAt),
  );
  const enough = BigInt(wantedEvents(experiment));
  const chosen = ended.find(({ recorded }) => BigInt(recorded ?? 0) >= enough) ?? ended[0];
  const detail = useApi(
    endpoints.runs.get,
    { params: { detector, number: chosen?.number ?? 0 } },
    { enabled: chosen !== undefined, everyMs },
  );
  const run = chosen === undefined ? null : (detail.data ?? null);
  return {
    run,
    facts: {
      settings: live.detector.configuration?.name ?? null,
      presets,
      status: statusAge.stale ? null : live.status,
      rateHz: ratesAge.stale ? null : (live.rates?.totalHz ?? null),
      meters: metersAge.stale ? null : (meters.header?.channels ?? null),
      run: chosen === undefined ? null : { number: chosen.number, recorded: BigInt(chosen.recorded ?? 0) },
      dataKinds: run?.datasets.map(({ dataKind }) => dataKind) ?? [],
    },
  };
}

/** Whether a run began after a moment. */
export function isSince(startedAt: string | null, begunAt: string | undefined): boolean {
  return begunAt === undefined || (startedAt !== null && Date.parse(startedAt) >= Date.parse(begunAt));
}

function hasMeter({ steps }: Experiment): boolean {
  return steps.some(({ check }) => check.kind === 'meter');
}

function wantedEvents({ steps }: Experiment): number {
  return Math.max(1, ...steps.map(({ check }) => (check.kind === 'run' ? check.events : 1)));
}
