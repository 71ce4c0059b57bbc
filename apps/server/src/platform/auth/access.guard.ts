import { AppError, type Endpoint, type Role } from '@countroom/contracts';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppConfig } from '../config/app-config.js';
import { requestContext } from '../http/request-context.js';
import { endpointKey, undeclaredKey } from '../http/route.decorator.js';
import { checkOrigin } from '../http/security/origin-check.js';
import { AuditRecorder } from './audit-recorder.js';
import { Authenticator } from './authenticator.js';
import { forbidden } from './demand-role.js';
import { isAllowed, isAllowedSomewhere, type Principal } from './principal.js';

/** Lets through what the declaration of an endpoint allows, and nothing else. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly config: AppConfig,
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly audit: AuditRecorder,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets are authenticated when they connect.
    if (context.getType() !== 'http') return true;
    const handler = context.getHandler();
    if (this.reflector.get<string | undefined>(undeclaredKey, handler) !== undefined) return true;
    const endpoint = this.reflector.get<Endpoint | undefined>(endpointKey, handler);
    if (endpoint === undefined) throw new AppError('auth.forbidden', 'This route is not declared.');
    const request = context.switchToHttp().getRequest<Request>();
    requestContext().endpoint = endpoint;
    if (endpoint.method !== 'GET') checkOrigin(this.config, request.headers);
    if (endpoint.role !== 'public') await this.admit(endpoint, endpoint.role, request);
    return true;
  }

  private async admit(endpoint: Endpoint, role: Role | 'signed-in', request: Request): Promise<void> {
    const principal = await this.authenticator.authenticate(request.headers);
    if (principal === null) throw new AppError('auth.required', 'Log in first.');
    requestContext().principal = principal;
    try {
      if (endpoint.method !== 'GET') this.authenticator.checkCsrf(principal, request.headers);
      if (role !== 'signed-in') demand(principal, endpoint, role, request);
    } catch (error) {
      await this.audit.failed(error, request.path);
      throw error;
    }
  }
}

function demand(principal: Principal, endpoint: Endpoint, role: Role, request: Request): void {
  const named = endpoint.detectorParam === undefined ? null : request.params[endpoint.detectorParam];
  const detector = typeof named === 'string' ? named : null;
  if (isAllowed(principal, role, detector)) return;
  // The rest is for the handler, which sees what the request is about.
  if (endpoint.anyDetector === true && isAllowedSomewhere(principal, role)) return;
  throw forbidden(principal, endpoint, [detector]);
}
