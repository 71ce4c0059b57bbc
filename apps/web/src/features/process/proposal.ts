import type { ConfigurationInfo, JobInfo } from '@countroom/contracts';

/** A stored configuration that fits the runs, and why. */
export interface Proposal {
  readonly versionId: string;
  readonly why: string;
}

/** What is known to choose by. */
export interface Grounds {
  /** Those of the stage. */
  readonly stored: readonly ConfigurationInfo[];
  /** Of the runs. */
  readonly detectors: readonly string[];
  /** Jobs of the detectors, newest first. */
  readonly jobs: readonly JobInfo[];
}

/**
 * The configuration that a stage begins with: what the detector used last, what was stored for it or under its name, the
 * only one there is. Null when that says nothing or not the same for all runs: then a person chooses.
 */
export function proposeFor(stage: string, { stored, detectors, jobs }: Grounds): Proposal | null {
  const proposals = detectors.map((detector) => {
    const used = jobs.find(
      (job) => job.stage === stage && job.detector === detector && job.configuration !== null,
    )?.configuration?.id;
    return (
      found(stored, ({ id }) => id === used, `${detector} used it last`) ??
      found(stored, (each) => each.detector === detector, `stored for ${detector}`) ??
      found(stored, ({ name }) => name === detector, `named like ${detector}`)
    );
  });
  const [first] = proposals;
  if (first !== undefined && proposals.every((one) => one?.versionId === first?.versionId)) {
    if (first !== null) return first;
  }
  return stored.length === 1 ? found(stored, () => true, 'the only one stored') : null;
}

function found(
  stored: readonly ConfigurationInfo[],
  fits: (configuration: ConfigurationInfo) => boolean,
  why: string,
): Proposal | null {
  const configuration = stored.find(fits);
  return configuration === undefined ? null : { versionId: configuration.latestVersionId, why };
}
