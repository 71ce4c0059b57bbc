import { EmbeddedPostgres } from '../../platform/database/embedded/embedded-postgres.js';
import type { Log } from '../../platform/logging/create-log.js';
import { BackOff } from './back-off.js';

/** The embedded server for the life of the supervisor: started again, on the same port, when it ends. */
export class DatabaseHost {
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly backOff = new BackOff();

  private constructor(
    private readonly postgres: EmbeddedPostgres,
    private readonly log: Log,
  ) {}

  static async start(dataFolder: string, log: Log): Promise<DatabaseHost> {
    const host = new DatabaseHost(EmbeddedPostgres.open({ dataFolder }), log);
    await host.postgres.start();
    host.watch();
    return host;
  }

  get url(): string {
    return this.postgres.url;
  }

  get pid(): number | undefined {
    return this.postgres.pid;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.postgres.stop();
  }

  private watch(): void {
    const begun = Date.now();
    this.postgres.onExit((reason) => {
      if (this.stopping) return;
      const delay = this.backOff.delayAfter(Date.now() - begun);
      this.log.error({ name: 'postgres', reason, delay }, 'ended unexpectedly; starting it again');
      this.timer = setTimeout(() => void this.again(), delay);
    });
  }

  private async again(): Promise<void> {
    try {
      await this.postgres.start();
      this.watch();
    } catch (error) {
      if (this.stopping) return;
      const delay = this.backOff.delayAfter(0);
      this.log.error({ err: error, delay }, 'the database did not start; trying again');
      this.timer = setTimeout(() => void this.again(), delay);
    }
  }
}
