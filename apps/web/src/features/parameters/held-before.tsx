import type { ParameterVersion } from '@countroom/contracts';
import { type ParameterEntry, resolveParameters } from '@countroom/parameters/values';
import type { ReactNode } from 'react';

type Tree = ParameterVersion['content'];

/** What holds at the moment from which a version does, without it and with it, by the approved versions of its set. */
export function HeldBefore({
  versions,
  version,
  children,
}: {
  readonly versions: readonly ParameterVersion[];
  readonly version: ParameterVersion;
  readonly children: (before: Tree, after: Tree) => ReactNode;
}): ReactNode {
  const { category, firstRun, lastRun } = version;
  const run = firstRun ?? lastRun;
  const question = { at: Date.parse(version.validFrom), category, ...(run === null ? {} : { run }) };
  const others = versions.filter((other) => other.status === 'approved' && other.version !== version.version);
  const held = (list: readonly ParameterVersion[]): Tree =>
    resolveParameters(list.map(toEntry), question) as Tree;
  return children(held(others), held([...others, version]));
}

function toEntry(version: ParameterVersion): ParameterEntry {
  const { validFrom, validTo, content } = version;
  return {
    ...version,
    content: content,
    validFrom: Date.parse(validFrom),
    validTo: validTo === null ? null : Date.parse(validTo),
  };
}
