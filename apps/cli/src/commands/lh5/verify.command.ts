import type { Command } from 'commander';
import { report } from '../../terminal/report.js';

/** Checks a file. */
export function addVerify(lh5: Command): void {
  lh5
    .command('verify')
    .summary('read everything in files and check it')
    .description(
      'Reads everything in files: datatypes, lengths of columns, offsets of vectors, and the checksums of chunks and datasets. ' +
        'The exit code is 1 when there is a fault.',
    )
    .argument('<files...>', 'the LH5 files, or patterns in quotes')
    .option('--json', 'one line of JSON')
    .action(async (patterns: string[], options: { json?: boolean }) => {
      const { expandFiles, verifyFile } = await import('@countroom/lh5');
      const files = [];
      for (const file of await expandFiles(patterns)) files.push(await verifyFile(file));
      const ok = files.every((file) => file.ok);
      const lines = files.flatMap(({ file, problems, datasets, fletcher32, sha256, ok: good }) => [
        `${file}: ${good ? 'good' : 'FAULTY'}, ${datasets} datasets, ${fletcher32} with Fletcher32, ${sha256} with SHA-256`,
        ...problems.map(({ path, severity, reason }) => `  ${severity}  /${path}  ${reason}`),
      ]);
      report({ ok, files }, lines.join('\n'), options);
      if (!ok) process.exitCode = 1;
    });
}
