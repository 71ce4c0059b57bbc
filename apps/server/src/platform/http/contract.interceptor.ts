import { AppError, type Endpoint, type ProblemIssue } from '@countroom/contracts';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  Logger,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, map, type Observable, switchMap } from 'rxjs';
import type { z } from 'zod';
import { holdsBrokenText } from './broken-text.js';
import { HTTP_OPTIONS, type HttpOptions } from './http-options.js';
import { hasBody, readJsonBody } from './json-body.js';
import { requestContext } from './request-context.js';
import { issuesOf } from './zod-issues.js';

const inputs = new WeakMap<object, unknown>();

export function inputOf(request: object): unknown {
  return inputs.get(request);
}

/** Checks what comes in, and what goes out, against the declaration of the endpoint. */
@Injectable()
export class ContractInterceptor implements NestInterceptor {
  private readonly log = new Logger('http');

  constructor(@Inject(HTTP_OPTIONS) private readonly options: HttpOptions) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { endpoint } = requestContext();
    if (endpoint === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return from(readInput(endpoint, request, response)).pipe(
      switchMap((input) => {
        inputs.set(request, input);
        return next.handle();
      }),
      map((answer: unknown) => this.checkAnswer(endpoint, answer)),
    );
  }

  private checkAnswer(endpoint: Endpoint, answer: unknown): unknown {
    if (endpoint.responseKind !== 'json' || answer instanceof StreamableFile) return answer;
    const issues = faultsOf(endpoint.response, answer);
    if (issues.length === 0) return answer;
    const faults = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
    const message = `The answer of ${endpoint.id} is not as declared: ${faults}`;
    if (this.options.answersMustFit) throw new Error(message);
    this.log.error(`${message} (trace ${requestContext().traceId})`);
    return answer;
  }
}

async function readInput(endpoint: Endpoint, request: Request, response: Response): Promise<unknown> {
  const issues: ProblemIssue[] = [];
  const part = (name: string, schema: z.ZodType, value: unknown): unknown => {
    if (holdsBrokenText(value)) {
      issues.push({ path: name, message: 'has text with a zero byte or half a character' });
      return undefined;
    }
    const parsed = safeParse(schema, value);
    if (parsed.success) return parsed.data;
    issues.push(...issuesOf(parsed.error, name));
    return undefined;
  };
  const params = part('params', endpoint.params, request.params);
  const query = part('query', endpoint.query, request.query);
  refuse(endpoint, issues);
  const body = part('body', endpoint.body, await readBody(endpoint, request, response));
  refuse(endpoint, issues);
  return { params, query, body };
}

async function readBody(endpoint: Endpoint, request: Request, response: Response): Promise<unknown> {
  if (endpoint.bodyKind === 'json') return readJsonBody(request, response);
  if (endpoint.bodyKind === 'none' && hasBody(request)) {
    throw new AppError('request.invalid', `${endpoint.method} ${endpoint.path} takes no body; send none.`);
  }
  return {};
}

function refuse(endpoint: Endpoint, issues: readonly ProblemIssue[]): void {
  if (issues.length === 0) return;
  const faults = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  throw new AppError('request.invalid', `${endpoint.id} cannot be done as asked: ${faults}`, { issues });
}

function faultsOf(schema: z.ZodType, value: unknown): ProblemIssue[] {
  const parsed = safeParse(schema, value);
  return parsed.success ? [] : issuesOf(parsed.error, 'answer');
}

function safeParse<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value);
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new AppError('request.invalid', 'The input is nested too deeply.', { cause });
    }
    throw cause;
  }
}
