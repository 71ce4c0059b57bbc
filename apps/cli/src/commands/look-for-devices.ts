import { readFileSync } from 'node:fs';
import { familyNames, type ProbeResult, picoLog, picoScope } from '@countroom/drivers';

/** A kind of device that was looked for. */
export interface LookedFor {
  readonly what: string;
  readonly found: boolean;
  /** What is there, or what is missing and how to mend it. */
  readonly message: string;
  readonly facts: ProbeResult['facts'];
}

/** Looks for oscilloscopes and loggers of all families, or of one (`2000a`, `picolog`). Throws a RangeError for an unknown one. */
export async function lookForDevices(only?: string): Promise<LookedFor[]> {
  const kinds = new Map<string, () => Promise<ProbeResult>>([
    ...familyNames.map(
      (family) =>
        [family, () => picoScope.probe(picoScope.configSchema.parse({ family, preTrigger: 0 }))] as const,
    ),
    ['picolog', () => picoLog.probe(picoLog.configSchema.parse({ channels: [{ input: 1 }] }))],
  ]);
  const wanted = only === undefined ? [...kinds.keys()] : [only];
  const looked: LookedFor[] = [];
  for (const name of wanted) {
    const probe = kinds.get(name);
    if (probe === undefined)
      throw new RangeError(`there is no family ${name}: take one of ${[...kinds.keys()].join(', ')}`);
    looked.push({ what: name === 'picolog' ? 'PicoLog 1000' : `PicoScope ${name}`, ...(await probe()) });
  }
  return looked;
}

/** Whether this user may use the units: on Linux they belong to the group `pico`. For a person. */
export function groupText(
  platform: NodeJS.Platform = process.platform,
  groups: readonly number[] = process.getgroups?.() ?? [],
  read: () => string = () => readFileSync('/etc/group', 'utf8'),
): string {
  if (platform !== 'linux') return 'no group is needed';
  if (groups.includes(0)) return 'root: no group is needed';
  let line: string | undefined;
  try {
    line = read()
      .split('\n')
      .find((each) => each.startsWith('pico:'));
  } catch {
    return 'the groups of this system cannot be read';
  }
  if (line === undefined) return 'there is no group pico: the packages of the libraries make it';
  return groups.includes(Number(line.split(':')[2]))
    ? 'this user is in the group pico'
    : 'this user is not in the group pico: sudo usermod -aG pico <user>, then log in again';
}
