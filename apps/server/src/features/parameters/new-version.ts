import { createHash } from 'node:crypto';
import { AppError, canonicalJson, type ProblemIssue } from '@countroom/contracts';
import {
  channelFault,
  formatTimestamp,
  type ImportedEntry,
  isTree,
  type ParameterTree,
} from '@countroom/parameters';
import type { NewVersion } from './parameters.repository.js';

export interface VersionFacts {
  readonly set: string;
  readonly note: string;
  readonly author: string;
  readonly jobId?: string | null;
  readonly datasetIds?: readonly string[];
}

/** Values without a document's name get one from what they are. */
export type DraftEntry = Omit<ImportedEntry, 'document'> & { readonly document?: string | undefined };

/** A version as it is to be stored. Throws `input.invalid` with every fault and where it is. */
export function newVersion(
  draft: DraftEntry,
  { set, note, author, jobId, datasetIds }: VersionFacts,
): NewVersion {
  const issues = faultsOf(draft);
  if (issues.length > 0) {
    const faults = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new AppError('input.invalid', `These parameters cannot be kept: ${faults}`, { issues });
  }
  const { document, ...entry } = draft;
  const digest = sha256({ ...entry, targets: [...entry.targets] });
  const name = document ?? `${set}-${formatTimestamp(entry.validFrom)}-${digest.slice(0, 8)}`;
  return {
    ...entry,
    document: name,
    hash: sha256({ ...entry, targets: [...entry.targets], document: name }),
    validFrom: new Date(entry.validFrom),
    validTo: entry.validTo === null ? null : new Date(entry.validTo),
    note,
    author,
    jobId: jobId ?? null,
    datasetIds: datasetIds ?? [],
  };
}

function faultsOf({
  content,
  mode,
  targets,
  validFrom,
  validTo,
  firstRun,
  lastRun,
}: DraftEntry): ProblemIssue[] {
  const issues: ProblemIssue[] = [];
  const refuse = (path: string, message: string): number => issues.push({ path, message });
  const removes = mode === 'replace' || mode === 'remove';
  if (removes && targets.length === 0) refuse('targets', `name the documents that ${mode} takes away`);
  if (!removes && targets.length > 0)
    refuse('targets', `${mode} takes no documents away; leave the list empty`);
  if (mode === 'remove' && Object.keys(content).length > 0)
    refuse('content', 'remove has no values of its own');
  if (mode !== 'remove' && Object.keys(content).length === 0) refuse('content', 'there are no values');
  for (const [channel, values] of Object.entries(content)) {
    const fault =
      channelFault(channel) ?? (isTree(values) ? undefined : 'must be an object of values by name');
    if (fault !== undefined) refuse(`content.${channel}`, fault);
  }
  if (validTo !== null && validTo <= validFrom) refuse('validTo', 'must be after validFrom');
  if (firstRun !== null && lastRun !== null && lastRun < firstRun)
    refuse('lastRun', 'must not be below firstRun');
  return issues;
}

/**
 * Throws `input.invalid` for the first of the versions that replaces or removes what neither an earlier one nor the set
 * has: it would take nothing away, and nobody would see that.
 * @param known documents of the set
 */
export function refuseUnknownTargets(versions: readonly NewVersion[], known: readonly string[]): void {
  const there = new Set(known);
  for (const { targets, document, mode } of versions) {
    const missing = targets.find((target) => !there.has(target));
    if (missing !== undefined) {
      const message = `there is no document ${missing} to ${mode}; there are ${[...there].join(', ') || 'none'}`;
      throw new AppError('input.invalid', `These parameters cannot be kept: ${message}`, {
        issues: [{ path: 'targets', message }],
      });
    }
    there.add(document);
  }
}

/** SHA-256 of the RFC 8785 text: the same for equal values, however they were written. */
export function sha256(content: ParameterTree): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
