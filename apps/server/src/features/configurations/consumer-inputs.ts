import type { DetectorConfiguration, ProblemIssue } from '@countroom/contracts';

type Consumers = NonNullable<DetectorConfiguration['consumers']>;

/** What is wrong with the names of consumers and with what they read. */
export function inputFaults({ sources, consumers = [] }: DetectorConfiguration): ProblemIssue[] {
  const sourceNames = sources.map(({ name }) => name);
  return consumers.flatMap(({ name, input }, index) => {
    const path = `content.consumers.${index}`;
    const issues: ProblemIssue[] = [];
    if (sourceNames.includes(name)) issues.push({ path: `${path}.name`, message: 'is the name of a source' });
    if (consumers.findIndex((other) => other.name === name) !== index)
      issues.push({ path: `${path}.name`, message: `there are two consumers named ${name}` });
    const message = inputFault(name, input, sourceNames, consumers);
    return message === undefined ? issues : [...issues, { path: `${path}.input`, message }];
  });
}

function inputFault(
  name: string,
  input: string,
  sources: readonly string[],
  consumers: Consumers,
): string | undefined {
  const seen = new Set([name]);
  for (let from = input; !sources.includes(from); ) {
    const next = consumers.find((other) => other.name === from);
    if (next === undefined) {
      const known = [...sources, ...consumers.filter(({ keep }) => keep).map((other) => other.name)];
      return `${from} is neither a source nor a consumer; there are ${known.filter((one) => one !== name).join(', ')}`;
    }
    if (seen.has(from)) return `leads back to itself by ${[...seen].join(', ')}`;
    if (!next.keep) return `consumer ${from} keeps nothing: set Keep there`;
    seen.add(from);
    from = next.input;
  }
  return undefined;
}
