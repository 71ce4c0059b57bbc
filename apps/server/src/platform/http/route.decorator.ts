import type { IncomingMessage } from 'node:http';
import { apiPrefix, type Endpoint, type InputOf, type ResponseOf } from '@countroom/contracts';
import {
  applyDecorators,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type StreamableFile,
} from '@nestjs/common';
import type { Principal } from '../auth/principal.js';

export const endpointKey = 'countroom:endpoint';
export const undeclaredKey = 'countroom:undeclared';

/** Every parameter of a handler is one of: the input, who is asking, the raw body. */
type Argument<E extends Endpoint> = InputOf<E> & Principal & IncomingMessage;
type Answer<E extends Endpoint> = ResponseOf<E> | StreamableFile;
type Handler<E extends Endpoint> = (...args: Argument<E>[]) => Answer<E> | Promise<Answer<E>>;

/**
 * Makes a controller's method the handler of a declared endpoint: path, method, role and schemas come from the
 * declaration, and the compiler compares the method's parameters and answer with it.
 */
export function Route<E extends Endpoint>(
  endpoint: E,
): <H extends Handler<E>>(target: object, key: string, descriptor: TypedPropertyDescriptor<H>) => void {
  return applyDecorators(
    SetMetadata(endpointKey, endpoint),
    RequestMapping({ path: `${apiPrefix}${endpoint.path}`, method: RequestMethod[endpoint.method] }),
    HttpCode(endpoint.responseKind === 'none' ? 204 : 200),
  );
}

/** Lets a route without a declaration be, for a stated reason; it is open to everybody who reaches the port. */
export function UndeclaredRoute(reason: string): MethodDecorator {
  return SetMetadata(undeclaredKey, reason);
}
