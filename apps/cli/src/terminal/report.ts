/** How a command shows its result: one line of JSON for programs, or text for people. */
export interface ReportOptions {
  readonly json?: boolean;
}

/** 64-bit integers, of attributes for example, do not fit into JSON's numbers. */
function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** Writes the result of a command to standard output. */
export function report(result: object, text: string, { json }: ReportOptions): void {
  process.stdout.write(`${json === true ? JSON.stringify(result, bigintAsText) : text}\n`);
}

/** Writes what went wrong: to people on standard error, with `--json` also as the one line of result. */
export function reportFailure(error: unknown, { json }: ReportOptions): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`countroom: ${message}\n`);
  if (json === true) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: message, ...(code === undefined ? {} : { code }) })}\n`,
    );
  }
}
