import { formatTimestamp, parseTimestamp } from '@countroom/parameters';
import { report } from '../terminal/report.js';
import { UsageError } from '../terminal/usage-error.js';
import type { CrossTalkOptions } from './parameters.command.js';
import { writeValidityDocuments } from './validity-folder.js';

const document = 'crosstalk.json';

/** Writes matrices so that they can be imported as parameters: they hold for every channel. */
export async function writeCrossTalk(file: string, options: CrossTalkOptions): Promise<void> {
  const from = parseTimestamp(options.from);
  if (from === undefined)
    throw new UsageError(`--from ${options.from} is no moment such as 20230318T012144Z`);
  const { readCrossTalk } = await import('@countroom/stages');
  const crosstalk = await readCrossTalk(file);
  const validity = JSON.stringify([{ valid_from: formatTimestamp(from), apply: [document] }]);
  const documents = { [document]: { '*': { crosstalk } } };
  const files = await writeValidityDocuments(
    { validity: `${validity}\n`, documents, format: 'json' },
    options,
  );
  const text = `${options.out}: matrices of ${crosstalk.channels.length} channels; take them over with: countroom parameters import ${files[0]} --set evt`;
  report({ ok: true, channels: crosstalk.channels.length, files }, text, options);
}
