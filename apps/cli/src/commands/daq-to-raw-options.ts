import { fromChannelGroups, type OutSpec } from '@countroom/decoders';
import { readJsonFile } from '../terminal/json-file.js';
import { readStructuredFile, readTextFile } from '../terminal/structured-file.js';
import { UsageError } from '../terminal/usage-error.js';

/** What the command is given. */
export interface DaqToRawArguments {
  readonly out?: string;
  readonly preview?: boolean;
  readonly outSpec?: string;
  readonly chGroups?: string;
  readonly variable?: Readonly<Record<string, string>>;
  readonly db?: string;
  readonly format?: string;
  readonly settings?: string;
  readonly nMax?: number;
  readonly nMaxPackets?: number;
  readonly nMaxPerKey?: number;
  readonly from?: number;
  readonly to?: number;
  readonly exactTimes?: boolean;
  readonly garbage: boolean;
  readonly compatibility?: string;
  readonly integrity?: string;
  readonly buffer?: number;
  readonly options?: string;
  readonly follow?: number | true;
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Options of the stage: those of the file of options, then those of the command line. */
export async function stageOptions(given: DaqToRawArguments): Promise<Record<string, unknown>> {
  const further = given.options === undefined ? {} : await readJsonFile(given.options);
  if (typeof further !== 'object' || further === null || Array.isArray(further))
    throw new UsageError(`${String(given.options)} does not hold an object of options`);
  const named: Record<string, unknown> = {
    outSpec: await outputSpecification(given),
    variables: given.variable,
    database: given.db === undefined ? undefined : await readJsonFile(given.db),
    format: given.format,
    settings: given.settings === undefined ? undefined : await readTextFile(given.settings),
    nMax: given.nMax,
    nMaxPackets: given.nMaxPackets,
    nMaxPerKey: given.nMaxPerKey,
    timeFrom: given.from,
    timeTo: given.to,
    exactTimes: given.exactTimes,
    keepGarbage: given.garbage ? undefined : false,
    compatibility: given.compatibility,
    bufferRows: given.buffer,
    checksums: given.integrity === undefined ? undefined : true,
  };
  const set = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...further, ...Object.fromEntries(set) };
}

/** The output specification that is given, if one is. */
export async function outputSpecification(
  given: Pick<DaqToRawArguments, 'outSpec' | 'chGroups' | 'out'>,
): Promise<unknown> {
  const { outSpec, chGroups, out } = given;
  if (outSpec !== undefined && chGroups !== undefined)
    throw new UsageError('give either --out-spec or --ch-groups');
  if (outSpec !== undefined) return withEnvironment(await readStructuredFile(outSpec));
  if (chGroups === undefined) return undefined;
  return perSystem(fromChannelGroups(groupsOf(await readStructuredFile(chGroups))), out);
}

/** The channel groups of a file that may hold the whole older configuration around them. */
function groupsOf(value: unknown): unknown {
  const within = (object: unknown, name: string): unknown =>
    typeof object === 'object' && object !== null && name in object
      ? (object as Readonly<Record<string, unknown>>)[name]
      : undefined;
  return within(within(value, 'daq_to_raw'), 'ch_groups') ?? within(value, 'ch_groups') ?? value;
}

/** A file per system when the name of the output has a place for it, otherwise everything in one. */
function perSystem(spec: OutSpec, out: string | undefined): OutSpec {
  const pattern = out?.includes('{sysn}') === true ? out : undefined;
  return Object.fromEntries(
    Object.entries(spec).map(([decoder, groups]) => [
      decoder,
      Object.fromEntries(
        Object.entries(groups).map(([name, { out_stream: system, ...group }]) => {
          const file = system === undefined ? undefined : pattern?.replaceAll('{sysn}', system);
          return [name, file === undefined ? group : { ...group, out_stream: file }];
        }),
      ),
    ]),
  );
}

/** `$NAME` and `${NAME}` in names and places of groups; unknown ones stay. */
function withEnvironment(spec: unknown): unknown {
  if (typeof spec === 'string')
    return spec.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      return process.env[braced ?? bare ?? ''] ?? whole;
    });
  if (Array.isArray(spec) || typeof spec !== 'object' || spec === null) return spec;
  return Object.fromEntries(
    Object.entries(spec).map(([name, value]: [string, unknown]) =>
      ['key_list', 'proc_spec'].includes(name)
        ? [name, value]
        : [withEnvironment(name), withEnvironment(value)],
    ),
  );
}
