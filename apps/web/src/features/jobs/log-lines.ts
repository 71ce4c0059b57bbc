import type { JobLogLine } from '@countroom/contracts';

/**
 * Lines in order, each once: what was read and what came live overlap. `sequence` grows by one with each line of a job.
 */
export function mergeLines(known: readonly JobLogLine[], more: readonly JobLogLine[]): readonly JobLogLine[] {
  const last = known.at(-1)?.sequence ?? -Infinity;
  if (more.every((line, index) => line.sequence > (more[index - 1]?.sequence ?? last))) {
    return more.length === 0 ? known : [...known, ...more];
  }
  const bySequence = new Map([...known, ...more].map((line) => [line.sequence, line]));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}

/**
 * The sequence up to which nothing is missing: reading goes on behind it. Up to `read` the server has given all that
 * there is, even where it has gaps.
 */
export function completeUntil(lines: readonly JobLogLine[], read: number): number {
  let until = read;
  for (const { sequence } of lines) {
    if (sequence > until + 1) break;
    until = Math.max(until, sequence);
  }
  return until;
}

/** Lines of each attempt, in order. */
export function byAttempt(
  lines: readonly JobLogLine[],
): readonly { readonly attempt: number; readonly lines: readonly JobLogLine[] }[] {
  const groups: { attempt: number; lines: JobLogLine[] }[] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group?.attempt === line.attempt) group.lines.push(line);
    else groups.push({ attempt: line.attempt, lines: [line] });
  }
  return groups;
}
