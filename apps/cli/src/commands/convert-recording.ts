import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DaqToRawArguments } from './daq-to-raw-options.js';
import { type FileStageExtras, runFileStage } from './run-file-stage.js';

/** Decodes a recording into the file that is asked for, and those that the output specification names. */
export async function convert(
  input: string,
  options: Readonly<Record<string, unknown>>,
  given: DaqToRawArguments & { readonly out: string },
): Promise<void> {
  const { follow, integrity, json, overwrite } = given;
  const { refuseInput } = await import('@countroom/stages');
  if (integrity !== undefined) refuseInput('daq_to_raw', integrity, [input]);
  const extras: FileStageExtras = {
    naming: (name) => resolve(name),
    streams: true,
    keep: { resume: given.resume ?? false },
    ...(follow === undefined ? {} : { follow: follow === true ? {} : { idleMs: 1000 * follow } }),
    ...(integrity === undefined
      ? {}
      : {
          conclude: async ({ report }) => {
            await writeFile(integrity, `${JSON.stringify(report, undefined, 2)}\n`);
            return { json: { integrity }, text: `\n${integrity}: report on the recording` };
          },
        }),
  };
  await runFileStage(
    'daq_to_raw',
    input,
    options,
    {
      out: given.out.replaceAll('{sysn}', 'others'),
      ...(overwrite === undefined ? {} : { overwrite }),
      ...(json === undefined ? {} : { json }),
    },
    extras,
  );
}
