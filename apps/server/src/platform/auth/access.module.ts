import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ContractInterceptor } from '../http/contract.interceptor.js';
import { AccessGuard } from './access.guard.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { AuditRepository } from './audit.repository.js';
import { AuditRecorder } from './audit-recorder.js';
import { Authenticator } from './authenticator.js';
import { CredentialsRepository } from './credentials.repository.js';

/** Order matters: first who may, then the audit line around everything, then the input and answer checks. */
@Global()
@Module({
  providers: [
    Authenticator,
    CredentialsRepository,
    AuditRepository,
    AuditRecorder,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ContractInterceptor },
  ],
  exports: [Authenticator, AuditRepository],
})
export class AccessModule {}
