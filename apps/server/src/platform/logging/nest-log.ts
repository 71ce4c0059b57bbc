import type { LoggerService } from '@nestjs/common';
import type { Log } from './create-log.js';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Nest's logger on top of the structured one. `new Logger('Runs').log('run begun', { run })` becomes one
 * line with context, message and fields; an Error among the arguments is logged with its stack.
 */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    // Nest appends the context's name, and for errors the stack as text before it.
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const fields: Record<string, unknown> = context === undefined ? {} : { context };
    for (const item of context === undefined ? rest : rest.slice(0, -1)) {
      if (item instanceof Error) fields['err'] = item;
      else if (typeof item === 'object' && item !== null) Object.assign(fields, item);
      else if (typeof item === 'string' && item !== '') fields['stack'] = item;
    }
    if (message instanceof Error) this.target[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.target[level]({ ...fields, ...message });
    else this.target[level](fields, String(message));
  }
}
