import type { Quality, RunCounters, RunSummary } from '@countroom/contracts';
import { nsToSeconds } from '../../lib/format/time';
import type { StateWord } from '../../lib/run/state-words';

/** How a run ended, or that it goes on. */
export function outcomeWord(run: Pick<RunSummary, 'outcome' | 'startedAt' | 'endedAt'>): StateWord {
  switch (run.outcome) {
    case 'completed':
      return { mark: 'ok', word: 'Completed' };
    case 'aborted':
      return { mark: 'stopped', word: 'Aborted' };
    case 'interrupted':
      return { mark: 'warning', word: 'Interrupted' };
    case 'failed':
      return { mark: 'alarm', word: 'Failed' };
    case null:
      if (run.endedAt !== null) return { mark: 'neutral', word: 'Ended' };
      return run.startedAt === null
        ? { mark: 'neutral', word: 'Not begun' }
        : { mark: 'running', word: 'Running' };
  }
}

/** What an analyst says of the data. */
export function qualityWord(quality: Quality): StateWord {
  switch (quality) {
    case 'good':
      return { mark: 'ok', word: 'Good' };
    case 'bad':
      return { mark: 'alarm', word: 'Bad' };
    case 'check':
      return { mark: 'warning', word: 'To check' };
    case 'unset':
      return { mark: 'neutral', word: 'Not judged' };
  }
}

/** Where the processing of a run's data is. */
export function processingWord(processing: RunSummary['processing']): StateWord {
  switch (processing) {
    case 'none':
      return { mark: 'neutral', word: 'None' };
    case 'waiting':
      return { mark: 'ready', word: 'Waiting' };
    case 'running':
      return { mark: 'running', word: 'Running' };
    case 'done':
      return { mark: 'ok', word: 'Done' };
    case 'failed':
      return { mark: 'alarm', word: 'Failed' };
  }
}

/** Choices of quality, for fields. */
export const qualityChoices: readonly { readonly value: Quality; readonly label: string }[] = (
  ['unset', 'good', 'check', 'bad'] as const
).map((value) => ({ value, label: qualityWord(value).word }));

/** False for an imported recording: it has no counters of a detector, which is not the same as zero. */
export function countersKnown(run: Pick<RunSummary, 'origin'>): boolean {
  return run.origin === 'live';
}

/** When the times of a run that was cut off were kept last; null where everything is counted to the end. */
export function countedUntil({ countedUntilNs }: Pick<RunCounters, 'countedUntilNs'>): string | null {
  return countedUntilNs === undefined ? null : new Date(nsToSeconds(countedUntilNs) * 1000).toISOString();
}

/** Events recorded so far; of an imported recording what decoding counted, null before. */
export function recordedEvents(run: Pick<RunSummary, 'origin' | 'counters' | 'recorded'>): string | null {
  return run.origin === 'live' ? run.counters.recorded : run.recorded;
}
