import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { HTTP_OPTIONS, type HttpOptions } from './http-options.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteCheck } from './route-check.js';

/** What every HTTP answer needs. The guard and the interceptors are bound by the auth module, in their order. */
@Module({})
export class HttpModule {
  static forRoot(options: HttpOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        RouteCheck,
        { provide: HTTP_OPTIONS, useValue: options },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [RouteCheck, HTTP_OPTIONS],
    };
  }
}
