/** One line on a terminal that shows how far something is; nothing at all where there is no terminal. */
export class ProgressBar {
  private shown = 0;
  private active = false;

  constructor(
    private readonly label: string,
    private readonly out: NodeJS.WriteStream = process.stderr,
  ) {}

  update(done: number, total: number | null, unit: string): void {
    const now = Date.now();
    const complete = total !== null && done >= total;
    if (!this.out.isTTY || (now - this.shown < 100 && !complete)) return;
    this.shown = now;
    this.active = true;
    this.out.write(`\r\u001b[K${this.label} ${progressText(done, total, unit)}`);
  }

  end(): void {
    if (this.active) this.out.write('\r\u001b[K');
    this.active = false;
  }
}

/** `[#####     ] 52 %  12 345 of 23 800 rows` */
export function progressText(done: number, total: number | null, unit: string): string {
  const amount = unit === 'bytes' ? megabytes : grouped;
  if (total === null || total === 0) return `${amount(done)} ${unit === 'bytes' ? 'MB' : unit}`;
  const share = Math.min(1, done / total);
  const bar = '#'.repeat(Math.round(20 * share)).padEnd(20);
  return `[${bar}] ${Math.floor(100 * share)} %  ${amount(done)} of ${amount(total)} ${unit === 'bytes' ? 'MB' : unit}`;
}

function grouped(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

function megabytes(value: number): string {
  return (value / 1e6).toFixed(1);
}
