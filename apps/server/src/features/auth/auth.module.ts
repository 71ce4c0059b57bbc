import { Module } from '@nestjs/common';
import { AuthController } from './auth.controller.js';
import { AuthRepository } from './auth.repository.js';
import { AuthService } from './auth.service.js';
import { LoginLimiter } from './login-limiter.js';
import { SessionIssuer } from './session-issuer.js';
import { SetupService } from './setup.service.js';
import { SetupLink } from './setup-link.js';

@Module({
  controllers: [AuthController],
  providers: [AuthService, AuthRepository, LoginLimiter, SessionIssuer, SetupService, SetupLink],
  exports: [SetupLink, SetupService],
})
export class AuthModule {}
