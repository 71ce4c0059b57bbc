import type { RewriteReport } from '@countroom/lh5';
import { report } from '../../terminal/report.js';

/** Reports on a file that has been made out of others. */
export function reportRewritten(result: RewriteReport, options: { readonly json?: boolean }): void {
  const { file, objects, rows, remarks } = result;
  const text = [`${file}: ${rows} rows of ${objects} tables and arrays`, ...remarks].join('\n');
  report({ ok: true, ...result }, text, options);
}
