import { hostname } from 'node:os';
import type { Log } from '../../platform/logging/create-log.js';
import type { SupervisorRepository } from './supervisor.repository.js';

export const hungCode = 'process.hung';

/** Keeps one alarm per child that does not answer. What cannot be told now, is told when the database is back. */
export class HungAlarms {
  /** Subjects of the alarms that are open; undefined until they were read. */
  private open: Set<string> | undefined;
  private telling = false;

  constructor(
    private readonly repository: Pick<SupervisorRepository, 'openAlarms' | 'raiseAlarm' | 'clearAlarm'>,
    private readonly log: Log,
    private readonly host = hostname(),
  ) {}

  /** @param silent names of the children that do not answer now */
  async tell(silent: readonly string[]): Promise<void> {
    if (this.telling || (this.open?.size === 0 && silent.length === 0)) return;
    this.telling = true;
    try {
      // Names of children repeat on other machines.
      const prefix = `${this.host}/`;
      this.open ??= new Set(await this.repository.openAlarms(hungCode, prefix));
      const wanted = new Map(silent.map((name) => [`${prefix}${name}`, name]));
      for (const [subject, name] of wanted) {
        if (this.open.has(subject)) continue;
        const message = `The process ${name} on ${this.host} does not answer; see "./countroom status" and its log.`;
        await this.repository.raiseAlarm({ subject, code: hungCode, message });
        this.open.add(subject);
      }
      for (const subject of [...this.open]) {
        if (wanted.has(subject)) continue;
        await this.repository.clearAlarm(hungCode, subject);
        this.open.delete(subject);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'an alarm about a child could not be stored; tried again');
    } finally {
      this.telling = false;
    }
  }
}
