import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Log } from './create-log.js';

/** Token of the structured log itself; most code uses Nest's Logger, which ends up there too. */
export const LOG = Symbol('LOG');

@Global()
@Module({})
export class LoggingModule {
  static forRoot(log: Log): DynamicModule {
    return { module: LoggingModule, providers: [{ provide: LOG, useValue: log }], exports: [LOG] };
  }
}
