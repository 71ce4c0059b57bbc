import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { findRequestContext } from '../http/request-context.js';
import { MetricsService } from './metrics.service.js';

/** Measures every answer, also refused ones. The label is the declared endpoint, never a path that somebody made up. */
@Injectable()
export class RequestMetricsMiddleware implements NestMiddleware {
  constructor(private readonly metrics: MetricsService) {}

  use(_request: Request, response: Response, next: NextFunction): void {
    const context = findRequestContext();
    const begun = performance.now();
    response.once('finish', () => {
      const seconds = (performance.now() - begun) / 1000;
      this.metrics.countRequest(context?.endpoint?.id ?? 'other', response.statusCode, seconds);
    });
    next();
  }
}
