import { endpoints, type InputOf, type ResponseOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { AuthService } from './auth.service.js';
import { SetupService } from './setup.service.js';

const { auth } = endpoints;
type Session = ResponseOf<typeof auth.session>;

@Controller()
export class AuthController {
  constructor(
    private readonly service: AuthService,
    private readonly setupService: SetupService,
  ) {}

  @Route(auth.session)
  session(): Promise<Session> {
    return this.service.session();
  }

  @Route(auth.login)
  login(@Input() { body }: InputOf<typeof auth.login>): Promise<Session> {
    return this.service.login(body);
  }

  @Route(auth.logout)
  logout(@CurrentPrincipal() principal: Principal): Promise<undefined> {
    return this.service.logout(principal);
  }

  @Route(auth.setup)
  setup(@Input() { body }: InputOf<typeof auth.setup>): Promise<Session> {
    return this.setupService.createAdministrator(body);
  }

  @Route(auth.changePassword)
  changePassword(
    @Input() { body }: InputOf<typeof auth.changePassword>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<undefined> {
    return this.service.changePassword(principal, body);
  }
}
