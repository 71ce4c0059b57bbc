import { type ResponseOf, systemEndpoints } from '@countroom/contracts';
import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { Route } from '../http/route.decorator.js';
import { HealthService } from './health.service.js';

type Readiness = ResponseOf<typeof systemEndpoints.ready>;

/** Load balancers look at the status code, people at the body. */
class UnavailableStatus implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<Readiness>): Observable<Readiness> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(tap(({ status }) => response.status(status === 'ok' ? 200 : 503)));
  }
}

@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Route(systemEndpoints.live)
  live(): ResponseOf<typeof systemEndpoints.live> {
    return { status: 'ok' };
  }

  @Route(systemEndpoints.ready)
  @UseInterceptors(UnavailableStatus)
  ready(): Promise<Readiness> {
    return this.health.readiness();
  }
}
