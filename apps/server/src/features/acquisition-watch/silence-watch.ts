import type { AlarmSeverity } from '@countroom/contracts';
import { momentText } from '../../platform/http/moment-text.js';
import type { AlarmKey, NewAlarm } from '../alarms/alarms.repository.js';
import type { WatchedDetector } from '../run-control/status.service.js';

/** Alarms that only who waits for reports can raise: whoever has stopped answering cannot. */
export const silenceCodes = ['acquisition.unreachable', 'source.unheard'] as const;

/** Time on top of the one after which a detector counts as unreachable. */
const patienceMs = 5_000;
/** For an acquisition that this process has not heard of yet: it may be starting as well. */
const startPatienceMs = 30_000;

export interface SilenceChanges {
  readonly raise: readonly NewAlarm[];
  readonly clear: readonly AlarmKey[];
}

/** Decides from what is known of the detectors which alarms begin and which are over. */
export class SilenceWatch {
  private readonly heard = new Set<string>();
  private readonly silentSince = new Map<string, number>();
  private readonly raised = new Map<string, AlarmKey[]>();

  /** Alarms of an earlier process: they go on until their detector is heard of. */
  adopt(open: readonly AlarmKey[]): void {
    for (const key of open) {
      if (key.detectorId !== null)
        this.raised.set(key.detectorId, [...(this.raised.get(key.detectorId) ?? []), key]);
    }
  }

  /** @param nowMs on a monotonic clock */
  look(detectors: readonly WatchedDetector[], nowMs: number): SilenceChanges {
    const raise: NewAlarm[] = [];
    const clear: AlarmKey[] = [];
    for (const detector of detectors) {
      if (detector.expected && !detector.reachable) {
        raise.push(...this.silent(detector, nowMs));
        continue;
      }
      if (detector.reachable) this.heard.add(detector.id);
      this.silentSince.delete(detector.id);
      clear.push(...(this.raised.get(detector.id) ?? []));
      this.raised.delete(detector.id);
    }
    return { raise, clear };
  }

  private silent(detector: WatchedDetector, nowMs: number): NewAlarm[] {
    const since = this.silentSince.get(detector.id) ?? nowMs;
    this.silentSince.set(detector.id, since);
    const patience = this.heard.has(detector.id) ? patienceMs : startPatienceMs;
    if (nowMs - since < patience || this.raised.has(detector.id)) return [];
    const alarms = alarmsOf(detector);
    this.raised.set(detector.id, alarms);
    return alarms;
  }
}

function alarmsOf({ id, name, lastReportAt, run, sources }: WatchedDetector): NewAlarm[] {
  const severity: AlarmSeverity = run === undefined ? 'warning' : 'alarm';
  const since =
    lastReportAt === null ? 'has never answered' : `has not answered since ${momentText(lastReportAt)}`;
  const inRun =
    run === undefined ? '' : ` Run ${run} was going on; nobody knows whether it still takes data.`;
  return [
    {
      detectorId: id,
      subject: 'acquisition',
      code: 'acquisition.unreachable',
      severity,
      message: `The acquisition process of ${name} ${since}.${inRun} Look at its state with "./countroom status" on its machine.`,
    },
    ...sources.map((source) => ({
      detectorId: id,
      subject: source,
      code: 'source.unheard',
      severity,
      message: `Nothing is known of source ${source}: the acquisition process that holds it ${since}.`,
    })),
  ];
}
