import type { RunSummary } from '@countroom/contracts';
import { parseNumbers } from '../../lib/format/number-list';

/** A run by its name. */
export type RunName = Pick<RunSummary, 'detector' | 'number'>;

/** Runs as they stand in the address: `demo/3,demo/4`. */
export function runsText(runs: readonly RunName[]): string {
  return runs.map((run) => `${run.detector}/${run.number}`).join(',');
}

/** Runs from the address, each once; what names no run is left out. */
export function readRuns(text: string | null): RunName[] {
  const names = new Set((text ?? '').split(','));
  return [...names].flatMap((name) => {
    const parts = /^([a-z][a-z0-9_-]{0,62})\/(\d{1,9})$/.exec(name);
    return parts === null ? [] : [{ detector: parts[1]!, number: Number(parts[2]) }];
  });
}

/** Address of the form that processes the runs. */
export function processPath(runs: readonly RunName[]): string {
  return `/process?${new URLSearchParams({ runs: runsText(runs) }).toString()}`;
}

/** Most runs that one list of numbers may name. */
const mostAtOnce = 1000;

/** Runs of a detector by a list of numbers, `5, 7, 12-20`; a text says what is wrong with it. */
export function runsOfText(detector: string, text: string): readonly RunName[] | string {
  const numbers = parseNumbers(text, mostAtOnce, 'run');
  return typeof numbers === 'string' ? numbers : numbers.map((number) => ({ detector, number }));
}
