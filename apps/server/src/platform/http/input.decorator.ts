import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { inputOf } from './contract.interceptor.js';

/** The checked input of the endpoint: `InputOf<typeof endpoint>`. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext): unknown =>
  inputOf(context.switchToHttp().getRequest<Request>()),
);

/** The bytes of a body of kind `stream`, unread. */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<IncomingMessage>(),
);
