import type { JobInfo } from '@countroom/contracts';

/** Jobs that hang together with one job. */
export interface Chain {
  /** Each behind all that it waits for. */
  readonly jobs: readonly JobInfo[];
  /** What jobs of the chain wait for and the list does not have. */
  readonly elsewhere: readonly string[];
}

/** The part of a list that is tied to a job by dependencies, in either direction. */
export function chainOf(job: JobInfo, list: readonly JobInfo[]): Chain {
  const byId = new Map([...list, job].map((each) => [each.id, each]));
  const tied = new Set([job.id]);
  for (let grown = true; grown; ) {
    const before = tied.size;
    for (const each of byId.values()) {
      if (tied.has(each.id)) for (const id of each.dependsOn) tied.add(id);
      else if (each.dependsOn.some((id) => tied.has(id))) tied.add(each.id);
    }
    grown = tied.size > before;
  }
  const ordered: JobInfo[] = [];
  const seen = new Set<string>();
  const visit = (each: JobInfo): void => {
    if (seen.has(each.id)) return;
    seen.add(each.id);
    for (const id of each.dependsOn) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
    ordered.push(each);
  };
  for (const each of byId.values()) if (tied.has(each.id)) visit(each);
  return { jobs: ordered, elsewhere: [...tied].filter((id) => !byId.has(id)) };
}
