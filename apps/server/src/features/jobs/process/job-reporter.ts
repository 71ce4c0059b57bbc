import type { ClaimedJob, ClaimRepository, NewLine } from './claim.repository.js';

const beatMs = 1_000;

/** Carries progress, log lines and signs of life of one try to the database, at most once a second. */
export class JobReporter {
  private lines: NewLine[] = [];
  private sequence: number;
  private progress: { share: number | null; text: string } = { share: null, text: '' };
  private readonly timer: NodeJS.Timeout;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly claims: ClaimRepository,
    private readonly claimed: ClaimedJob,
    private readonly onStop: (why: 'cancel' | 'lost') => void,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    this.sequence = claimed.nextLine;
    this.timer = setInterval(() => this.beat(), beatMs);
  }

  log(level: NewLine['level'], text: string): void {
    this.lines.push({
      sequence: this.sequence++,
      attempt: this.claimed.job.attempt,
      at: new Date(),
      level,
      text,
    });
  }

  setProgress(done: number, total: number | null, unit: string, table: string): void {
    const share = total === null || total === 0 ? null : Math.min(1, done / total);
    const of = unit === 'points' && total !== null ? ` of ${total}` : '';
    const amount = unit === 'bytes' ? `${(done / 1e6).toFixed(1)} MB` : `${done}${of} ${unit}`;
    this.progress = { share, text: table === '' ? amount : `${amount}, ${table}` };
  }

  /** Writes what is left; the database being away does not undo the work. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.flushLines().catch(this.onTrouble);
  }

  private beat(): void {
    this.writing = this.writing.then(async () => {
      try {
        await this.flushLines();
        const { job, token } = this.claimed;
        const answer = await this.claims.heartbeat(job.id, token, this.progress);
        if (answer !== 'go-on') this.onStop(answer);
      } catch (error) {
        this.onTrouble(error);
      }
    });
  }

  private async flushLines(): Promise<void> {
    if (this.lines.length === 0) return;
    const lines = this.lines;
    this.lines = [];
    try {
      await this.claims.addLines(this.claimed.job.id, this.claimed.token, lines);
    } catch (error) {
      this.lines = [...lines, ...this.lines];
      throw error;
    }
  }
}
