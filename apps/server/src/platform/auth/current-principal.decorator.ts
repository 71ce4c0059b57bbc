import { AppError } from '@countroom/contracts';
import { createParamDecorator } from '@nestjs/common';
import { requestContext } from '../http/request-context.js';
import type { Principal } from './principal.js';

/** Hands a handler who is asking. For endpoints that need a session; public ones use `findPrincipal`. */
export const CurrentPrincipal = createParamDecorator((): Principal => currentPrincipal());

export function currentPrincipal(): Principal {
  const { principal } = requestContext();
  if (principal === null) throw new AppError('auth.required', 'Log in first.');
  return principal;
}
