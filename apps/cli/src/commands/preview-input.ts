import { existsSync } from 'node:fs';
import { report } from '../terminal/report.js';

/** Tells which tables daq_to_raw would make of a recording. */
export async function previewInput(
  input: string,
  options: Readonly<Record<string, unknown>>,
  { json }: { readonly json?: boolean },
): Promise<void> {
  if (!existsSync(input)) throw new Error(`${input}: there is no such file`);
  const { fileInput, previewDaqToRaw } = await import('@countroom/stages');
  const preview = await previewDaqToRaw(options, await fileInput(input));
  const lines = [
    `${input}: ${preview.title}${preview.isWhole ? '' : ' (by its first part)'}`,
    ...preview.objects.map(
      ({ stream, path, decoder }) => `  ${placeOf(stream, path)}  header, from ${decoder}`,
    ),
    ...preview.tables.flatMap(({ stream, path, decoder, keys, rows, columns }) => [
      `  ${placeOf(stream, path)}  ${rows} rows, ${columns.length} columns, from ${decoder}`,
      `    keys ${listed(keys)}`,
      ...columns.map(
        ({ name, dtype, shape, variableLength, units }) =>
          `    ${name}  ${dtype}${variableLength ? '[…]' : shape.map((extent) => `[${extent}]`).join('')}${units === undefined ? '' : ` ${units}`}`,
      ),
    ]),
    ...Object.entries(preview.unclaimed).map(
      ([decoder, keys]) => `  not asked for: ${decoder} with keys ${listed(keys)}`,
    ),
  ];
  report({ ok: true, input, ...preview }, lines.join('\n'), json === undefined ? {} : { json });
}

function placeOf(file: string, path: string): string {
  return file === '' ? path : `${file}:/${path}`;
}

function listed(keys: readonly (string | number)[]): string {
  const shown = keys.slice(0, 12).join(', ');
  return keys.length > 12 ? `${shown} and ${keys.length - 12} more` : shown;
}
