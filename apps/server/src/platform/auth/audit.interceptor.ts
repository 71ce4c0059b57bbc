import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { catchError, concatMap, from, map, type Observable } from 'rxjs';
import { requestContext } from '../http/request-context.js';
import { AuditRecorder, isAudited } from './audit-recorder.js';

/** Every call that may change something leaves a line: who, what, to what, before, after, outcome. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly recorder: AuditRecorder) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { endpoint } = requestContext();
    if (!isAudited(endpoint)) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    return next.handle().pipe(
      concatMap((answer: unknown) =>
        from(this.recorder.done(request.path, request.body)).pipe(map(() => answer)),
      ),
      catchError((error: unknown) =>
        from(this.recorder.failed(error, request.path, request.body)).pipe(
          map(() => {
            throw error;
          }),
        ),
      ),
    );
  }
}
