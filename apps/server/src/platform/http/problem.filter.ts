import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { toProblem } from './problem.mapper.js';
import { findRequestContext } from './request-context.js';

/** Answers every error with the one form that clients know. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const traceId = findRequestContext()?.traceId ?? '';
    const { status, body, unexpected } = toProblem(error, traceId);
    if (unexpected) {
      const stack = error instanceof Error ? error.stack : String(error);
      this.log.error(`${request.method} ${request.path} failed (trace ${traceId})`, stack);
    }
    // A file that broke off in the middle cannot be taken back; ending the connection tells the reader.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(status).json(body);
  }
}
