import { type Command, Option } from 'commander';
import { report } from '../terminal/report.js';

interface ImportOptions {
  readonly from?: 'picodaq' | 'picocosmo';
  readonly set?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

/** Taking over the settings of older programs. */
export function addImportConfig(program: Command): void {
  program
    .command('import-config')
    .summary('take over the oscilloscope settings of picoDAQ, picoCosmo or PhyPiDAQ')
    .description(
      'Reads a settings file of picoDAQ, picoCosmo or PhyPiDAQ (YAML, or JSON with comments; the scope’s own or the top file) and writes the configuration of a picoscope source, with what became of every key.',
    )
    .argument('<file>', 'the settings file')
    .addOption(
      new Option(
        '--from <program>',
        'whose defaults hold for keys that are not there; default: by the file',
      ).choices(['picodaq', 'picocosmo']),
    )
    .option('--set', 'the whole set that a top file names, as the configuration of a detector')
    .option(
      '-o, --output <file>',
      'write the configuration to a file, for a source (with --set: for a detector)',
    )
    .option('--json', 'one line of JSON')
    .action(async (file: string, options: ImportOptions) => {
      const { importConfig } = await import('./import-config.js');
      const { findingText } = await import('@countroom/drivers');
      if (options.set === true) {
        await importWholeSet(file, options);
        return;
      }
      const { config, lines, findings, others, file: read } = await importConfig(file, options.from);
      if (options.output !== undefined) {
        const { writeFile } = await import('node:fs/promises');
        await writeFile(options.output, `${JSON.stringify(config, null, 2)}\n`);
      }
      const told = [
        `scope settings from ${read}:`,
        ...lines
          .filter(({ outcome }) => outcome !== 'missing')
          .map(({ key, outcome, message }) => `  ${key}\t${outcome}\t${message}`),
        ...(findings.length === 0 ? ['nothing has to be mended'] : ['to be mended or looked at:']),
        ...findings.map((finding) => `  ${finding.severity}\t${finding.place}\t${findingText(finding)}`),
        ...Object.entries(others).map(
          ([key, name]) => `${key} ${name} is not about the scope: import it where it belongs`,
        ),
        ...(options.output === undefined
          ? ['', JSON.stringify(config, null, 2)]
          : [`written to ${options.output}`]),
      ];
      report({ ok: true, file: read, config, lines, findings, others }, told.join('\n'), options);
    });
}

async function importWholeSet(file: string, options: ImportOptions): Promise<void> {
  const { importConfigSet } = await import('./import-config.js');
  const { findingText } = await import('@countroom/drivers');
  const { content, parts } = await importConfigSet(file);
  const text = JSON.stringify(content, null, 2);
  if (options.output !== undefined) {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(options.output, `${text}\n`);
  }
  const told = parts.flatMap(({ file: name, role, lines, findings }) => [
    `${name} (${role}):`,
    ...lines
      .filter(({ outcome }) => outcome !== 'missing')
      .map(({ key, outcome, message }) => `  ${key}\t${outcome}\t${message}`),
    ...findings.map((finding) => `  ${finding.severity}\t${finding.place}\t${findingText(finding)}`),
  ]);
  told.push(...(options.output === undefined ? ['', text] : [`written to ${options.output}`]));
  report({ ok: true, content, parts }, told.join('\n'), options);
}
